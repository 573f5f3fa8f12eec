import type { VolunteerPageQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { type FoundGpu, findGpu } from "./find-gpu.ts";
import styles from "./start-card.module.css";
import { startLabel } from "./start-label.ts";
import type { VolunteerEnd } from "./volunteer-view.ts";

interface StartCardProps {
  /** How the last try ended; null before the first. */
  readonly end: VolunteerEnd | null;
  /** What the work is for, when a study is chosen. */
  readonly study: VolunteerPageQuery["studies"]["nodes"][number] | undefined;
  readonly startButton: RefObject<HTMLButtonElement | null>;
  onStart(): void;
}

/** The one button. */
export function StartCard({ end, study, startButton, onStart }: StartCardProps) {
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
        {startLabel(end)}
      </Button>
      {study ? (
        <div className={styles.study}>
          <p>
            For <Link href={`/studies/${study.slug}`}>{study.title}</Link>
          </p>
          <p className={styles.question}>{study.question}</p>
        </div>
      ) : null}
      <p className={styles.promise}>
        No account, nothing to install. Stop whenever you like; finished work is never lost.
      </p>
      <p className={styles.device} data-found={gpu?.webgpu ?? "unknown"}>
        {gpu?.message ?? "Looking for a graphics adapter …"}
      </p>
    </Card>
  );
}
