import styles from "./wordmark.module.css";

/** The name, with a mark of layers that widen. */
export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <g fill="var(--accent)">
          <rect x="2" y="10" width="3.2" height="4" rx="1.2" />
          <rect x="7.6" y="7.5" width="3.2" height="9" rx="1.2" opacity=".85" />
          <rect x="13.2" y="4.5" width="3.2" height="15" rx="1.2" opacity=".7" />
          <rect x="18.8" y="1" width="3.2" height="22" rx="1.2" opacity=".55" />
        </g>
      </svg>
      Widefield
    </span>
  );
}
