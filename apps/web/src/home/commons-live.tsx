"use client";

import { type CommonsFiguresFragment, CommonsLiveDocument, CommonsNowDocument } from "@widefield/graphql/documents";
import Link from "next/link";
import { useEffect, useState } from "react";
import { watch } from "../api/live.ts";
import { formatCompact, formatCount, formatFlops, formatShare } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { Stat, StatGroup } from "../ui/stat.tsx";
import styles from "./commons-live.module.css";

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
          note={`of ${formatCount(commons.trials)} asked, in ${formatCount(commons.studies)} ${commons.studies === 1 ? "study" : "studies"}`}
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
            {commons.activity.map((one) => (
              <li key={one.id} className={styles.item}>
                <div className={styles.what}>
                  <Link href={`/studies/${one.study.slug}`}>{one.study.title}</Link>
                  <span className={styles.who}>
                    {one.hostName} · {one.trialCount} {one.trialCount === 1 ? "trial" : "trials"} · since{" "}
                    <Age at={one.grantedAt} />
                  </span>
                </div>
                <Badge>{one.backend === "WEBGPU" ? "WebGPU" : one.backend.toLowerCase()}</Badge>
                <div className={styles.bar}>
                  <ProgressBar thin label={`Progress of ${one.hostName}`} parts={[{ fraction: one.progress }]} />
                  <span>{formatShare(one.progress)}</span>
                </div>
              </li>
            ))}
          </ul>
        )}
        <Link href="/hosts">All hosts</Link>
      </section>
    </div>
  );
}
