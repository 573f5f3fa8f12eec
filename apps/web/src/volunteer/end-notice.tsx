import { formatCounted } from "../format/number.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { startLabel } from "./start-label.ts";
import type { VolunteerEnd, VolunteerView } from "./volunteer-view.ts";

const LOOKS: Record<
  VolunteerEnd["kind"],
  { readonly tone: "good" | "accent" | "warn" | "bad"; readonly title: string }
> = {
  asked: { tone: "good", title: "Stopped" },
  done: { tone: "good", title: "Done" },
  outdated: { tone: "warn", title: "This page is out of date" },
  noDevice: { tone: "bad", title: "There is no device to compute with" },
  refused: { tone: "bad", title: "The server turned this volunteer away" },
  otherTab: { tone: "warn", title: "Another tab is computing" },
  brokeDown: { tone: "bad", title: "The volunteer broke down" },
};

/** Why nothing is computed any more, and what to do. */
export function EndNotice({ view }: { view: VolunteerView }) {
  const { end, status } = view;
  if (end === null) return null;
  const { tone, title } = LOOKS[end.kind];
  const reload = end.kind === "outdated" || end.kind === "brokeDown";
  return (
    <div aria-live="polite">
      <Notice
        tone={tone}
        title={title}
        actions={
          reload ? (
            <Button size="small" onClick={() => location.reload()}>
              Reload the page
            </Button>
          ) : null
        }
      >
        {wordsOf(end, status?.tally.units ?? 0, status?.waitingUnits ?? 0)}
      </Notice>
    </div>
  );
}

function wordsOf({ kind, message }: VolunteerEnd, units: number, waiting: number): string {
  if (kind === "otherTab") {
    return `${message} One tab is enough: it uses the whole device. Go there, or close it and press “${startLabel({ kind })}” here.`;
  }
  const thanks = units > 0 ? `Thank you for ${formatCounted(units, "unit")}.` : "";
  const kept =
    waiting > 0
      ? `${formatCounted(waiting, "finished unit is", "finished units are")} kept in this browser and will be sent at the next start.`
      : "";
  const reason = kind === "asked" ? "What was not finished went back to others." : message;
  return [reason, thanks, kept].filter(Boolean).join(" ");
}
