import { VolunteerCreditDocument, type VolunteerPageQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { request } from "../api/request.ts";
import { formatCount, formatFlops } from "../format/number.ts";
import { Card } from "../ui/card.tsx";
import { Stat, StatGroup } from "../ui/stat.tsx";
import styles from "./credit.module.css";

type Viewer = VolunteerPageQuery["viewer"];

/** A fast device finishes many units a second: one question is enough for all of them. */
const ASK_MS = 3_000;

/** What this account has given so far, over all its browsers and machines. */
export function Credit({
  initial,
  units,
}: {
  initial: Viewer /** Done in this tab; a change asks the server again. */;
  units: number;
}) {
  const [viewer, setViewer] = useState(initial);
  const done = useRef(units);
  done.current = units;
  useEffect(() => {
    const stopped = new AbortController();
    let asked = 0;
    const timer = setInterval(() => {
      if (done.current === asked) return;
      asked = done.current;
      request(VolunteerCreditDocument, {}, stopped.signal).then(
        (answer) => setViewer(answer.viewer),
        // The next unit asks again.
        () => undefined,
      );
    }, ASK_MS);
    return () => {
      clearInterval(timer);
      stopped.abort();
    };
  }, []);
  if (viewer === null) return null;
  const { contribution } = viewer;
  return (
    <Card className={styles.card ?? ""} aria-labelledby="credit-title">
      <div className={styles.head}>
        <h2 id="credit-title" className={styles.title}>
          Your credit
        </h2>
        <Link href={`/contributors/${encodeURIComponent(viewer.id)}`}>{viewer.name}</Link>
      </div>
      <StatGroup>
        <Stat label="Valid results" value={formatCount(contribution.validResults)} />
        <Stat label="Being checked" value={formatCount(contribution.pendingResults)} />
        <Stat label="Checked computation" value={formatFlops(contribution.validFlops)} />
      </StatGroup>
    </Card>
  );
}
