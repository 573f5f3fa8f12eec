"use client";

import { Button } from "../ui/button.tsx";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import { type Selection, select } from "./selection.ts";

/** Shows the learning curves of a row's trials, and goes there. */
export function SelectButton({ selection, of }: { selection: Selection; of: string }) {
  return (
    <Button
      size="small"
      variant="quiet"
      onClick={() => {
        select(selection);
        document.getElementById("curves")?.scrollIntoView({ block: "start" });
      }}
    >
      Curves
      <VisuallyHidden> of {of}</VisuallyHidden>
    </Button>
  );
}
