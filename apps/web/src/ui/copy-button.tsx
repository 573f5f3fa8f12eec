"use client";

import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";

/** Puts text on the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <Button
      size="small"
      onClick={() => {
        // Absent where the page is not served securely.
        if (!navigator.clipboard) setState("failed");
        else
          navigator.clipboard.writeText(text).then(
            () => setState("copied"),
            () => setState("failed"),
          );
      }}
    >
      <span aria-live="polite">
        {state === "copied" ? "Copied" : state === "failed" ? "Select and copy by hand" : "Copy"}
      </span>
      <VisuallyHidden>{` ${label}`}</VisuallyHidden>
    </Button>
  );
}
