import { formatCounted } from "../format/number.ts";
import styles from "./quote-bar.module.css";
import { hours } from "./quote-panel.tsx";
import type { QuoteState } from "./use-quote.ts";

interface QuoteBarProps {
  readonly state: QuoteState;
  /** The form itself has errors, so that nothing can be asked. */
  readonly blocked: boolean;
}

/** The quote in one line at the foot of a narrow window, while the form is filled in; it leads to the whole quote. */
export function QuoteBar({ state, blocked }: QuoteBarProps) {
  const known = state.kind === "quoted" ? state.quote : state.kind === "waiting" ? state.last : null;
  return (
    <a href="#quote-title" className={styles.bar} data-stale={state.kind === "waiting" || undefined}>
      <span>Quote</span>
      <span className={styles.figures}>
        {known && !blocked
          ? `${formatCounted(known.trials, "trial")}, ${hours(known.volunteerHours)}`
          : state.kind === "waiting" && !blocked
            ? "Counting …"
            : "none yet"}
      </span>
    </a>
  );
}
