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
        // The keyboard goes along, so that the next Tab is within the curves.
        document.getElementById("curves-title")?.focus({ preventScroll: true });
      }}
    >
      Curves
      <VisuallyHidden> of {of}</VisuallyHidden>
    </button>
  );
}
