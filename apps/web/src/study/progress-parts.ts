import type { ProgressFiguresFragment } from "@widefield/graphql/documents";
import { formatCount } from "../format/number.ts";
import type { ProgressPart } from "../ui/progress-bar.tsx";

export type ProgressFigures = ProgressFiguresFragment;

/** The bar of a study: agreed, agreed to have diverged, and given up, as shares of all trials. */
export function progressParts(progress: ProgressFigures): ProgressPart[] {
  if (progress.trials === 0) return [];
  const share = (count: number) => count / progress.trials;
  const lost = progress.nondeterministic + progress.failed;
  return [
    {
      fraction: share(progress.valid - progress.diverged),
      tone: "accent" as const,
      label: `${formatCount(progress.valid - progress.diverged)} agreed`,
    },
    { fraction: share(progress.diverged), tone: "warn" as const, label: `${formatCount(progress.diverged)} diverged` },
    { fraction: share(lost), tone: "bad" as const, label: `${formatCount(lost)} without an answer` },
  ].filter(({ fraction }) => fraction > 0);
}
