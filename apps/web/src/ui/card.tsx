import type { ComponentProps } from "react";
import styles from "./card.module.css";

interface Look {
  /** Lifts the card off the page; for the one thing that matters most. */
  readonly raised?: boolean;
  /** Without padding, for a table that reaches the edges. */
  readonly flush?: boolean;
}

/** A bordered box around things that belong together. */
export function Card({ raised = false, flush = false, className, ...rest }: ComponentProps<"section"> & Look) {
  const names = [styles.card, raised && styles.raised, flush && styles.flush, className].filter(Boolean).join(" ");
  return <section className={names} {...rest} />;
}
