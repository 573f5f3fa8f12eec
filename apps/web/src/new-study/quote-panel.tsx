import { formatBytes, formatCount, formatFlops, formatValue } from "../format/number.ts";
import { Notice } from "../ui/notice.tsx";
import styles from "./quote-panel.module.css";
import type { Quote, QuoteState } from "./use-quote.ts";

export interface QuotePanelProps {
  readonly state: QuoteState;
  readonly quorum: string;
  /** The form itself has errors, so that nothing can be asked. */
  readonly blocked: boolean;
}

/** What the study would cost, kept up to date while the form changes. */
export function QuotePanel({ state, quorum, blocked }: QuotePanelProps) {
  const known = state.kind === "quoted" ? state.quote : state.kind === "waiting" ? state.last : null;
  const quote = blocked ? null : known;
  const stale = state.kind === "waiting";
  return (
    <section className={styles.panel} aria-labelledby="quote-title">
      <h2 id="quote-title" className={styles.title}>
        Quote
      </h2>
      <div aria-live="polite" aria-busy={state.kind === "waiting" && !blocked} data-stale={stale || undefined}>
        {quote ? <Figures quote={quote} quorum={quorum} /> : <p className={styles.note}>{silence(state, blocked)}</p>}
      </div>
    </section>
  );
}

function silence(state: QuoteState, blocked: boolean): string {
  if (blocked) return "No quote until the marked fields are right.";
  switch (state.kind) {
    case "refused":
      return state.issues.map(({ message }) => message).join(" ");
    case "unreachable":
      return `No quote: ${state.message} Press the button below to try again.`;
    default:
      return "Counting …";
  }
}

function Figures({ quote, quorum }: { readonly quote: Quote; readonly quorum: string }) {
  const rows: [string, string, string][] = [
    ["Trials", formatCount(quote.trials), quote.adoptable > 0 ? `${formatCount(quote.adoptable)} known already` : ""],
    ["Work units", formatCount(quote.workUnits), ""],
    ["Computation", formatFlops(quote.flops), `once; × quorum ${quorum}`],
    ["Largest buffer", formatBytes(quote.largestBufferBytes), `of ${formatBytes(quote.peakBytes)} on the device`],
    ["Data per host", quote.downloadBytes > 0 ? formatBytes(quote.downloadBytes) : "none", ""],
  ];
  return (
    <>
      <p className={styles.hours}>
        <strong>{hours(quote.volunteerHours)}</strong> of volunteers’ time
      </p>
      <p className={styles.note}>At {formatFlops(quote.assumedFlopsPerSecond)}/s, the mean speed assumed of a host.</p>
      <dl className={styles.rows}>
        {rows.map(([label, value, note]) => (
          <div key={label} className={styles.row}>
            <dt>{label}</dt>
            <dd>
              {value}
              {note ? <span className={styles.aside}>{note}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      {quote.warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
    </>
  );
}

/** The volunteers' time in words: 9.9 seconds, 4 minutes, 1.7 hours. */
export function hours(count: number): string {
  if (count * 3600 < 90) return `${formatValue(Math.max(count * 3600, 0.1), 2)} seconds`;
  if (count < 1.5) return `${Math.round(count * 60)} minutes`;
  return `${count < 100 ? formatValue(count, 2) : formatCount(Math.round(count))} hours`;
}
