import type { VolunteerStatus } from "@widefield/volunteer/browser";
import { Notice } from "../ui/notice.tsx";

type StatusNotice = NonNullable<VolunteerStatus["notice"]>;

const LOOKS: Record<StatusNotice["kind"], { readonly tone: "accent" | "warn" | "bad"; readonly title: string }> = {
  offline: { tone: "warn", title: "You are offline" },
  unreachable: { tone: "warn", title: "The server does not answer" },
  nothingToDo: { tone: "accent", title: "Nothing to compute just now" },
  deviceLost: { tone: "warn", title: "The graphics device was lost" },
  diskFull: { tone: "bad", title: "This browser’s storage is full" },
  dataUnreachable: { tone: "warn", title: "The study’s data does not arrive" },
  resultRefused: { tone: "bad", title: "A result was refused" },
};

/** Something that the volunteer's owner should know; the work goes on, or goes on later. */
export function StatusNotice({ notice }: { notice: StatusNotice }) {
  const { tone, title } = LOOKS[notice.kind];
  const more = notice.kind === "unreachable" ? " Finished work is kept here and sent when it is back." : "";
  return (
    <div aria-live="polite">
      <Notice tone={tone} title={title}>
        {notice.message}
        {more}
      </Notice>
    </div>
  );
}
