"use client";

import { StudyCurvesDocument } from "@widefield/graphql/documents";
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { request } from "../api/request.ts";
import { CurveChart } from "../chart/curve-chart.tsx";
import { inSentence, paramTitle, withUnit } from "../chart/param-title.ts";
import type { Axis } from "../chart/view.ts";
import { formatCount, formatCounted, formatValue } from "../format/number.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import { type CurveResult, curveLines, nameResults } from "./curve-lines.ts";
import styles from "./curve-panel.module.css";
import { parseSelection, select, selectCurve, selectionFilter, selectionInWords, selectionText } from "./selection.ts";

interface Series {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly scale: "LOG" | "LINEAR";
}

interface CurvePanelProps {
  readonly slug: string;
  readonly series: readonly Series[];
  readonly paramsSchema: unknown;
  /** All axes of the study, seeds among them. */
  readonly axes: readonly Axis[];
}

const mostCurves = 24;

/** The learning curves of the trials behind a mark or a row. */
export function CurvePanel({ slug, series, paramsSchema, axes }: CurvePanelProps) {
  const search = useSearchParams();
  const selection = parseSelection(search.get("sel"));
  const key = selection === null ? null : selectionText(selection);
  const [answer, setAnswer] = useState<{ key: string; results: readonly CurveResult[]; total: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    const asked = parseSelection(key);
    if (key === null || asked === null) return;
    const stopped = new AbortController();
    setProblem(null);
    request(StudyCurvesDocument, { slug, first: mostCurves, where: selectionFilter(asked) }, stopped.signal).then(
      ({ study }) => setAnswer({ key, results: study?.results.nodes ?? [], total: study?.results.totalCount ?? 0 }),
      (error: unknown) => {
        if (!stopped.signal.aborted) setProblem(error instanceof Error ? error.message : "The curves did not come.");
      },
    );
    return () => stopped.abort();
  }, [key, slug]);

  const one = series.find(({ name }) => name === search.get("curve")) ?? series[0];
  // What came for another selection says nothing of this one.
  const current = answer?.key === key ? answer : null;
  const results = current?.results ?? null;
  const named = useMemo(() => nameResults(results ?? [], { paramsSchema, axes }), [results, paramsSchema, axes]);
  const lines = useMemo(() => (one ? curveLines(named, one.name) : []), [named, one]);
  if (series.length === 0) return <p className={styles.hint}>This experiment records no curves.</p>;
  if (selection === null || one === undefined) {
    return (
      <p className={styles.hint}>
        Select a point of a chart, or “Curves” in a row of the results, to see how its trials learned.
      </p>
    );
  }
  const words = selectionInWords(selection, (param) => paramTitle(paramsSchema, param).title);
  return (
    <div className={styles.panel}>
      <div className={styles.head}>
        <p className={styles.what}>
          {words}
          {current && current.total > mostCurves ? ` (${mostCurves} of ${formatCount(current.total)} trials)` : ""}
          <span role="status">
            <VisuallyHidden>{results ? arrived(lines.length, words, one.label) : ""}</VisuallyHidden>
          </span>
        </p>
        <Field id="curve-series" label="Curve">
          <Select id="curve-series" value={one.name} onChange={(event) => selectCurve(event.target.value)}>
            {series.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Button size="small" variant="quiet" onClick={() => select(null)}>
          Clear
        </Button>
      </div>
      {problem ? (
        <ErrorNotice title="The curves could not be fetched.">{problem}</ErrorNotice>
      ) : results === null ? (
        <Skeleton height="300px" />
      ) : lines.length === 0 ? (
        <p className={styles.hint}>
          {results.length === 0
            ? "No agreed result here yet."
            : `These results have no ${inSentence(one.label)}; choose another curve.`}
        </p>
      ) : (
        <CurveChart
          lines={lines}
          yLabel={withUnit(one.label, one.unit)}
          yScale={one.scale === "LOG" ? "log" : "linear"}
        />
      )}
      {results && results.length > 0 ? (
        <ul className={styles.ends}>
          {named.map(({ result, name, color }) => (
            <li key={result.id}>
              <span className={styles.swatch} style={{ background: color }} />
              <Link href={`/studies/${slug}/trials/${result.trial.digest}`} prefetch={false}>
                {name}
              </Link>{" "}
              {result.outcome === "DIVERGED"
                ? `diverged at step ${result.divergedAtStep ?? "?"}`
                : endOf(result, one.name)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** Said aloud once curves have come: the drawing is for the eye. */
function arrived(count: number, words: string, label: string): string {
  if (count === 0) return `No curve of ${words}.`;
  return `${formatCounted(count, "curve")} of ${words}: ${inSentence(label)}.`;
}

function endOf(result: CurveResult, name: string): string {
  const last = result.curves.find((curve) => curve.name === name)?.values.at(-1);
  return last === undefined ? "" : `ends at ${formatValue(last)}`;
}
