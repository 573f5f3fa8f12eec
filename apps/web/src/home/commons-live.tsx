"use client";

import { type CommonsFiguresFragment, CommonsLiveDocument, CommonsNowDocument } from "@widefield/graphql/documents";
import Link from "next/link";
import { useEffect, useState } from "react";
import { watch } from "../api/live.ts";
import { formatCompact, formatCount, formatCounted, formatFlops, formatShare } from "../format/number.ts";
import { BACKENDS } from "../host/host-words.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { Stat, StatGroup } from "../ui/stat.tsx";
import styles from "./commons-live.module.css";
import { type WorkNow, workNow } from "./work-now.ts";

/** Rows of what is computed now. */
const mostRows = 6;

/** The figures of the whole commons and what is being computed now; the server's first, then as they change. */
export function CommonsLive({ initial }: { initial: CommonsFiguresFragment }) {
  const [commons, setCommons] = useState(initial);
  useEffect(
    () =>
      watch({
        subscription: CommonsLiveDocument,
        query: CommonsNowDocument,
        variables: {},
        pushed: (data) => data.commons,
        asked: (data) => data.commons,
        onValue: setCommons,
      }),
    [],
  );
  return (
    <div className={styles.live}>
      <StatGroup>
        <Stat
          label="Trials answered"
          value={formatCompact(commons.decidedTrials)}
          note={`of ${formatCount(commons.trials)} asked, in ${formatCounted(commons.studies, "study", "studies")}`}
        />
        <Stat label="Checked computation" value={formatFlops(commons.validFlops)} note="floating-point operations" />
        <Stat
          label="Hosts computing"
          value={formatCount(commons.activeHosts)}
          note={`of ${formatCount(commons.hosts)} known, seen in the last two minutes`}
        />
        <Stat label="Volunteers" value={formatCompact(commons.volunteers)} note="accounts, anonymous ones too" />
      </StatGroup>
      <section aria-labelledby="now-title" className={styles.now}>
        <h2 id="now-title" className={styles.title}>
          Being computed now
        </h2>
        {commons.activity.length === 0 ? (
          <p className={styles.quiet}>
            Nobody is computing at this moment. <Link href="/volunteer">Lend your GPU</Link> and the next result is
            yours.
          </p>
        ) : (
          <ul className={styles.list}>
            {workNow(commons.activity)
              .slice(0, mostRows)
              .map((work) => (
                <WorkRow key={work.key} work={work} />
              ))}
          </ul>
        )}
        <Link href="/hosts">All hosts</Link>
      </section>
    </div>
  );
}

function WorkRow({ work: { unit, underWay, waiting } }: { work: WorkNow }) {
  return (
    <li className={styles.item}>
      <div className={styles.what}>
        <Link href={`/studies/${unit.study.slug}`}>{unit.study.title}</Link>
        <span className={styles.who}>
          {unit.hostName} · {formatCounted(unit.trialCount, "trial")} · since <Age at={unit.grantedAt} />
          {underWay > 1 ? ` · ${formatCount(underWay)} units at once` : ""}
          {waiting > 0 ? ` · and ${formatCount(waiting)} more waiting` : ""}
        </span>
      </div>
      <Badge>{BACKENDS[unit.backend]}</Badge>
      {unit.progress > 0 ? (
        <div className={styles.bar}>
          <ProgressBar thin label={`Progress of ${unit.hostName}`} parts={[{ fraction: unit.progress }]} />
          <span>{formatShare(unit.progress)}</span>
        </div>
      ) : (
        // Short units are done before they are due to report.
        <span className={styles.begun}>under way</span>
      )}
    </li>
  );
}
