import type { VolunteerPageQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import type { RefObject } from "react";
import { formatCount, formatCounted, formatShare } from "../format/number.ts";
import { speedOf } from "../host/host-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Notice } from "../ui/notice.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { Stat, StatGroup } from "../ui/stat.tsx";
import { LossCurve } from "./loss-curve.tsx";
import { StatusNotice } from "./status-notice.tsx";
import { deviceWords, statusWords } from "./status-words.ts";
import type { VolunteerView } from "./volunteer-view.ts";
import styles from "./work-card.module.css";

interface WorkCardProps {
  readonly view: VolunteerView;
  readonly page: VolunteerPageQuery;
  readonly stopButton: RefObject<HTMLButtonElement | null>;
  onPause(): void;
  onResume(): void;
  onStop(): void;
}

/** The volunteer at work. */
export function WorkCard({ view, page, stopButton, onPause, onResume, onStop }: WorkCardProps) {
  const { status, unit, progress } = view;
  const paused = status?.pausedBy === "person";
  const stopping = status?.activity === "stopping";
  const words = statusWords(view);
  const tone = words === "Computing" ? "good" : status?.pausedBy ? "warn" : "plain";
  const tally = status?.tally;
  return (
    <Card raised className={styles.card ?? ""} aria-label="Your computer at work">
      <div className={styles.head}>
        <div className={styles.state}>
          <span role="status" aria-live="polite">
            <Badge tone={tone} dot>
              {words}
            </Badge>
          </span>
          {status?.device ? <span className={styles.device}>{deviceWords(status.device)}</span> : null}
        </div>
        <div className={styles.actions}>
          <Button size="small" onClick={paused ? onResume : onPause} disabled={status === null || stopping}>
            {paused ? "Resume" : "Pause"}
          </Button>
          <Button ref={stopButton} size="small" variant="danger" onClick={onStop} disabled={stopping}>
            Stop
          </Button>
        </div>
      </div>
      {status?.device?.fallback ? <Notice title="Computing on the processor">{status.device.fallback}</Notice> : null}
      {status?.notice ? <StatusNotice notice={status.notice} /> : null}
      <CurrentStudy view={view} page={page} />
      {unit ? (
        <div className={styles.progress}>
          <ProgressBar label="Progress of the unit under way" parts={[{ fraction: progress?.fraction ?? 0 }]} thin />
          <span>
            {progress === null
              ? "Preparing"
              : `Step ${formatCount(progress.step)} of ${formatCount(progress.steps)} · ${formatShare(progress.fraction)}`}
          </span>
        </div>
      ) : null}
      <LossCurve curve={view.curve} series={seriesOf(page, view.curve?.experiment)} />
      <StatGroup>
        <Stat label="Speed" value={speedOf(progress?.flopsPerSecond || (status?.flopsPerSecond ?? 0))} />
        <Stat
          label="Units done"
          value={formatCount(tally?.units ?? 0)}
          note={tally && tally.units > 0 ? formatCounted(tally.trials, "trial") : "since you pressed start"}
        />
        <Stat
          label="Checked"
          value={formatCount(tally?.validTrials ?? 0)}
          note={
            tally && tally.pendingTrials > 0
              ? `${formatCounted(tally.pendingTrials, "waits", "wait")} for another volunteer`
              : "trials agreed at once"
          }
        />
        {status?.notice && status.waitingUnits > 0 ? (
          <Stat label="To be sent" value={formatCount(status.waitingUnits)} note="kept in this browser" />
        ) : null}
      </StatGroup>
    </Card>
  );
}

function CurrentStudy({ view, page }: { view: VolunteerView; page: VolunteerPageQuery }) {
  const { unit } = view;
  if (!unit) {
    if (view.status?.notice?.kind === "nothingToDo") return null;
    return (
      <p className={styles.between}>{view.phase === "loading" ? "Loading the numerics …" : "Between two units."}</p>
    );
  }
  const study = page.studies.nodes.find(({ slug }) => slug === unit.studySlug);
  return (
    <div className={styles.study}>
      <p className={styles.title}>
        <Link href={`/studies/${unit.studySlug}`}>{unit.studyTitle}</Link>
      </p>
      {study ? <p className={styles.question}>{study.question}</p> : null}
      <p className={styles.facts}>
        {unit.experiment} · {formatCounted(unit.trials, "trial")} in this unit
      </p>
    </div>
  );
}

function seriesOf(page: VolunteerPageQuery, experiment: string | undefined) {
  const found = page.experiments.find(({ name, version }) => `${name}@${version}` === experiment);
  return found?.series[0] ?? { label: "Loss", unit: "", scale: "LOG" as const };
}
