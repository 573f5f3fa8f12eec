import type { ReactNode } from "react";
import styles from "./stat.module.css";

/** Holds Stats side by side. */
export function StatGroup({ children }: { children: ReactNode }) {
  return <dl className={styles.group}>{children}</dl>;
}

/** One figure with its name. */
export function Stat({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className={styles.stat}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      {note ? <dd className={styles.note}>{note}</dd> : null}
    </div>
  );
}
