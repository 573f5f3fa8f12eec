"use client";

import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import styles from "./select-button.module.css";
import { type Selection, select } from "./selection.ts";

/** Shows the learning curves of a row's trials, and goes there. */
export function SelectButton({ selection, of }: { selection: Selection; of: string }) {
  return (
    <button
      type="button"
      className={styles.select}
      onClick={() => {
        select(selection);
        document.getElementById("curves")?.scrollIntoView({ block: "start" });
      }}
    >
      Curves
      <VisuallyHidden> of {of}</VisuallyHidden>
    </button>
  );
}
