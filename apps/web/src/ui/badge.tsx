import type { ReactNode } from "react";
import styles from "./badge.module.css";

export type Tone = "plain" | "accent" | "good" | "warn" | "bad";

/** A word about a thing's state. The word says it; the colour only helps. */
export function Badge({ tone = "plain", dot = false, children }: { tone?: Tone; dot?: boolean; children: ReactNode }) {
  const names = [styles.badge, tone === "plain" ? "" : styles[tone], dot && styles.dot].filter(Boolean).join(" ");
  return <span className={names}>{children}</span>;
}
