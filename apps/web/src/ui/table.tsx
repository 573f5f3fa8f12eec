import type { ReactNode } from "react";
import styles from "./table.module.css";
import { VisuallyHidden } from "./visually-hidden.tsx";

interface TableProps {
  /** What the table holds; shown only to screen readers unless showCaption. */
  readonly caption: string;
  readonly showCaption?: boolean;
  /** Room at both edges, for a table inside a flush card. */
  readonly inset?: boolean;
  /** thead and tbody. Numeric cells carry data-align="right". */
  readonly children: ReactNode;
}

/** A table that scrolls sideways on its own, by touch and by keyboard, and never widens the page. */
export function Table({ caption, showCaption = false, inset = false, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, and a section would be one landmark more for every table
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div role="group" className={styles.scroll} aria-label={caption} tabIndex={0}>
      <table className={inset ? `${styles.table} ${styles.inset}` : styles.table}>
        <caption className={showCaption ? styles.caption : undefined}>
          {showCaption ? caption : <VisuallyHidden>{caption}</VisuallyHidden>}
        </caption>
        {children}
      </table>
    </div>
  );
}
