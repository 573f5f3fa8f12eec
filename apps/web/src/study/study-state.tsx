import type { StudyState } from "@widefield/graphql/documents";
import { Badge, type Tone } from "../ui/badge.tsx";

const looks: Readonly<Record<StudyState, { word: string; tone: Tone }>> = {
  DRAFT: { word: "Draft", tone: "warn" },
  ACTIVE: { word: "Active", tone: "accent" },
  PAUSED: { word: "Paused", tone: "plain" },
  FINISHED: { word: "Finished", tone: "good" },
};

/** Whether a study takes work. */
export function StudyStateBadge({ state }: { state: StudyState }) {
  const { word, tone } = looks[state];
  return (
    <Badge tone={tone} dot>
      {word}
    </Badge>
  );
}
