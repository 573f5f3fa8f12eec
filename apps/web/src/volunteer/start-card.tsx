import { type RefObject, useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { type FoundGpu, findGpu } from "./find-gpu.ts";
import styles from "./start-card.module.css";

interface StartCardProps {
  /** It ran before. */
  readonly again: boolean;
  readonly startButton: RefObject<HTMLButtonElement | null>;
  onStart(): void;
}

/** The one button. */
export function StartCard({ again, startButton, onStart }: StartCardProps) {
  const [gpu, setGpu] = useState<FoundGpu | null>(null);
  useEffect(() => {
    let here = true;
    void findGpu().then((found) => {
      if (here) setGpu(found);
    });
    return () => {
      here = false;
    };
  }, []);
  return (
    <Card raised className={styles.card ?? ""} aria-label="Start">
      <Button ref={startButton} variant="primary" size="large" className={styles.start ?? ""} onClick={onStart}>
        {again ? "Compute again" : "Start computing"}
      </Button>
      <p className={styles.promise}>
        No account, nothing to install. Stop whenever you like; finished work is never lost.
      </p>
      <p className={styles.device} data-found={gpu?.webgpu ?? "unknown"}>
        {gpu?.message ?? "Looking for a graphics adapter …"}
      </p>
    </Card>
  );
}
