"use client";

import { StudyProgressLiveDocument, StudyProgressNowDocument } from "@widefield/graphql/documents";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { watch } from "../api/live.ts";
import { formatCount, formatCounted, formatFlops, formatShare } from "../format/number.ts";
import { ButtonLink } from "../ui/button.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { type ProgressFigures, progressParts } from "./progress-parts.ts";
import styles from "./study-progress.module.css";

/** Charts and tables are fetched again at most so often while results come in. */
const refreshEvery = 6_000;

/** How far a study is, kept up to date; new results also bring the rest of the page up to date. */
export function StudyProgress({ initial }: { initial: ProgressFigures }) {
  const [progress, setProgress] = useState(initial);
  const router = useRouter();
  const shown = useRef(initial.revision);
  const latest = useRef(initial.revision);
  const due = useRef<ReturnType<typeof setTimeout> | null>(null);
  const { slug } = initial;

  useEffect(
    () =>
      watch({
        subscription: StudyProgressLiveDocument,
        query: StudyProgressNowDocument,
        variables: { slug },
        pushed: (data) => data.studyProgress,
        asked: (data) => data.study?.progress ?? null,
        onValue: (value: ProgressFigures) => setProgress(value),
        isLast: ({ state }) => state === "FINISHED",
      }),
    [slug],
  );

  useEffect(() => {
    latest.current = progress.revision;
    if (progress.revision === shown.current || due.current !== null) return;
    due.current = setTimeout(() => {
      due.current = null;
      shown.current = latest.current;
      router.refresh();
    }, refreshEvery);
  }, [progress.revision, router]);
  useEffect(
    () => () => {
      if (due.current !== null) clearTimeout(due.current);
      due.current = null;
    },
    [],
  );

  const agreed = progress.valid - progress.diverged;
  const lost = progress.nondeterministic + progress.failed;
  return (
    <div className={styles.progress}>
      <div className={styles.head}>
        <p className={styles.share}>
          <strong>{formatShare(progress.fraction)}</strong> complete
        </p>
        <p className={styles.detail} aria-live="polite">
          {progress.activeLeases > 0
            ? `${formatCounted(progress.activeLeases, "unit is", "units are")} being computed now`
            : progress.state === "ACTIVE"
              ? "Waiting for volunteers"
              : ""}
          {progress.pendingResults > 0
            ? ` · ${formatCounted(progress.pendingResults, "result waits", "results wait")} for a second opinion`
            : ""}
        </p>
        {progress.state === "ACTIVE" ? (
          <ButtonLink href={`/volunteer?study=${slug}`} size="small" className={styles.help ?? ""}>
            Compute for this study
          </ButtonLink>
        ) : null}
      </div>
      <ProgressBar label="Progress of this study" parts={progressParts(progress)} />
      <ul className={styles.counts}>
        <Count className={styles.agreed} count={agreed} of={progress.trials} word="trials agreed" />
        {progress.diverged > 0 ? (
          <Count className={styles.diverged} count={progress.diverged} word="agreed to have diverged" />
        ) : null}
        {lost > 0 ? <Count className={styles.lost} count={lost} word="ended without an answer" /> : null}
        {progress.adopted > 0 ? <Count count={progress.adopted} word="adopted from earlier studies" /> : null}
        <li>
          {formatFlops(progress.decidedFlops)} of {formatFlops(progress.flops)} done
        </li>
      </ul>
    </div>
  );
}

function Count(props: { className?: string | undefined; count: number; of?: number; word: string }) {
  const { className, count, of, word } = props;
  return (
    <li className={className}>
      {formatCount(count)}
      {of === undefined ? "" : ` of ${formatCount(of)}`} {word}
    </li>
  );
}
