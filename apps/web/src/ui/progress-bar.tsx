import type { Tone } from "./badge.tsx";
import styles from "./progress-bar.module.css";

export interface ProgressPart {
  /** 0 to 1, of the whole. */
  readonly fraction: number;
  readonly tone?: Tone;
  readonly label?: string;
}

interface ProgressBarProps {
  /** What is in progress, for screen readers. */
  readonly label: string;
  /** Parts from left to right; what is missing to 1 stays empty. */
  readonly parts: readonly ProgressPart[];
  readonly thin?: boolean;
}

/** How much is done, in one or several colours. */
export function ProgressBar({ label, parts, thin = false }: ProgressBarProps) {
  const total = Math.min(
    1,
    parts.reduce((sum, part) => sum + part.fraction, 0),
  );
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(total * 1000) / 10}
      className={thin ? `${styles.track} ${styles.thin}` : styles.track}
    >
      {parts.map((part, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are positions
          key={at}
          className={`${styles.part} ${styles[part.tone ?? "accent"]}`}
          style={{ width: `${Math.min(1, part.fraction) * 100}%` }}
          title={part.label}
        />
      ))}
    </div>
  );
}
