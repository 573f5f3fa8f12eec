import { StudyGroupsDocument } from "@widefield/graphql/documents";
import { query } from "../api/query.ts";
import { commonSlope, type Slope } from "../chart/common-slope.ts";
import { jsonKey, paramAt } from "../chart/json-key.ts";
import { metricTitle } from "../chart/metric-title.ts";
import { paramTitle, spellValue } from "../chart/param-title.ts";
import type { Subject } from "../chart/view.ts";
import { formatParam } from "../format/number.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Table } from "../ui/table.tsx";
import type { PageStudy } from "./study-facts.tsx";
import { exponentsOf } from "./subject.ts";
import { TheoryDetail } from "./theory-detail.tsx";
import styles from "./theory-section.module.css";

/** Above so many cells the page does not measure exponents: one query would group a very large study. */
const mostCells = 4000;

const tones: Readonly<Record<string, Tone>> = { feature: "good", kernel: "accent", trivial: "warn", unstable: "bad" };

/** What infinite-width theory says of each line of the chart, with the exponents measured so far beside the predicted ones. */
export async function TheorySection({ study, subject }: { study: PageStudy; subject: Subject }) {
  const paramsSchema = study.experiment?.paramsSchema;
  const width = subject.view?.x ?? "width";
  const measured = await measuredSlopes(study, subject, width);
  return (
    <div className={styles.groups}>
      {study.theory.map(({ key, theory }) => {
        const exponents = Object.entries(exponentsOf(theory.exponents));
        return (
          <article key={jsonKey(key)} className={styles.group}>
            <div className={styles.head}>
              <h3>{keyInWords(key, paramsSchema)}</h3>
              <Badge tone={tones[theory.verdict] ?? "plain"}>{theory.verdict}</Badge>
            </div>
            <p className={styles.summary}>{theory.summary}</p>
            {exponents.length > 0 ? (
              <Table caption={`Powers of the width for ${keyInWords(key, paramsSchema)}`}>
                <thead>
                  <tr>
                    <th scope="col">grows as nᵖ with p</th>
                    <th scope="col" data-align="right">
                      predicted
                    </th>
                    <th scope="col" data-align="right">
                      measured
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {exponents.map(([metric, exponent]) => (
                    <tr key={metric}>
                      <td>{metricTitle(subject.metrics, metric)}</td>
                      <td data-align="right">{formatParam(exponent).replace("-", "−")}</td>
                      <td data-align="right">{slopeInWords(measured(key, metric))}</td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            ) : null}
            <p className={styles.assumptions}>{theory.assumptions}</p>
            <TheoryDetail detail={theory.detail} />
          </article>
        );
      })}
    </div>
  );
}

/** Fits, for a theory group and a metric, one power of the width with a constant for every other setting. */
async function measuredSlopes(study: PageStudy, subject: Subject, width: string) {
  const metrics = [...subject.predicted];
  const params = subject.axes.map(({ param }) => param);
  const cells = subject.axes.reduce((product, { values }) => product * Math.max(1, values.length), 1);
  if (metrics.length === 0 || !params.includes(width) || cells > mostCells) return () => null;
  const data = await query(StudyGroupsDocument, { slug: study.slug, groupBy: params, metrics });
  const groups = data.study?.resultGroups ?? [];
  return (key: unknown, metric: string): Slope | null => {
    // A param that the study does not vary is in the key, but not in the groups.
    const keyParams = Object.keys(key !== null && typeof key === "object" ? key : {}).filter((param) =>
      params.includes(param),
    );
    const points = groups.flatMap((group) => {
      const mine = keyParams.every((param) => jsonKey(paramAt(group.key, param)) === jsonKey(paramAt(key, param)));
      const n = paramAt(group.key, width);
      const mean = group.statistics.find((statistics) => statistics.metric === metric)?.mean ?? null;
      if (!mine || group.diverged > 0 || typeof n !== "number" || mean === null) return [];
      const level = jsonKey(params.filter((param) => param !== width).map((param) => paramAt(group.key, param)));
      return [{ level, n, value: mean }];
    });
    return commonSlope(points);
  };
}

function slopeInWords(slope: Slope | null): string {
  if (slope === null) return "–";
  const text = slope.slope.toFixed(2).replace("-", "−");
  return slope.error === null ? text : `${text} ± ${slope.error.toFixed(2)}`;
}

function keyInWords(key: unknown, paramsSchema: unknown): string {
  if (key === null || typeof key !== "object") return "All trials";
  const words = Object.entries(key).map(
    ([param, value]) => spellValue(param, value) ?? `${paramTitle(paramsSchema, param).title} ${formatParam(value)}`,
  );
  return words.join(", ") || "All trials";
}
