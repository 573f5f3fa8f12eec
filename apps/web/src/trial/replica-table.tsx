import Link from "next/link";
import type { ReactNode } from "react";
import { type MetricFigures, metricNamed, metricTitle } from "../chart/metric-title.ts";
import { formatMinute } from "../format/date.ts";
import { formatDuration, formatValue } from "../format/number.ts";
import { BACKENDS } from "../host/host-words.ts";
import { OutcomeBadge, VerdictBadge } from "../study/verdict-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { Table } from "../ui/table.tsx";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import type { Replica } from "./replica.ts";
import styles from "./replica-table.module.css";

interface ComparedMetric extends MetricFigures {
  readonly tolerance: { readonly absolute: number; readonly relative: number } | null;
}

interface ReplicaTableProps {
  readonly replicas: readonly Replica[];
  readonly metrics: readonly ComparedMetric[];
}

/** One column per replica: who computed it, how it ended, what was measured, and how far apart they may be. */
export function ReplicaTable({ replicas, metrics }: ReplicaTableProps) {
  const names = [...new Set(replicas.flatMap((replica) => replica.metrics.map(({ name }) => name)))].sort();
  const row = (title: string, cell: (replica: Replica) => ReactNode) => (
    <tr key={title}>
      <th scope="row">{title}</th>
      {replicas.map((replica) => (
        <td key={replica.id}>{cell(replica)}</td>
      ))}
      <td />
    </tr>
  );
  return (
    <Card flush>
      <Table caption="Replicas side by side" inset>
        <thead>
          <tr>
            <th scope="col">
              <VisuallyHidden>What</VisuallyHidden>
            </th>
            {replicas.map((replica, at) => (
              <th key={replica.id} scope="col">
                Replica {at + 1}
                {replica.host.trusted ? " (trusted)" : ""}
                {replica.canonical ? (
                  <>
                    {" "}
                    <Badge tone="good">the answer</Badge>
                  </>
                ) : null}
              </th>
            ))}
            <th scope="col" data-align="right">
              May differ by
            </th>
          </tr>
        </thead>
        <tbody>
          {row("Verdict", ({ verdict }) => (
            <VerdictBadge verdict={verdict} />
          ))}
          {row("Outcome", ({ outcome, divergedAtStep, error }) => (
            <>
              <OutcomeBadge outcome={outcome} step={divergedAtStep} />
              {error ? <p className={styles.error}>{error}</p> : null}
            </>
          ))}
          {row("Host", ({ host }) => (
            <>
              <Link href={`/hosts/${encodeURIComponent(host.id)}`} prefetch={false}>
                {host.name}
              </Link>
              <span className={styles.small}>{[host.gpuDescription, host.engine].filter(Boolean).join(", ")}</span>
            </>
          ))}
          {row("Volunteer", ({ volunteer }) => (
            <Link href={`/contributors/${encodeURIComponent(volunteer.id)}`} prefetch={false}>
              {volunteer.name}
            </Link>
          ))}
          {row("Backend", ({ backend, numericsClass }) => (
            <>
              {BACKENDS[backend]}
              <span className={styles.small}>{numericsClass}</span>
            </>
          ))}
          {row("Reported", ({ createdAt, elapsedMs }) => (
            <>
              <time dateTime={createdAt}>{formatMinute(createdAt)}</time>
              <span className={styles.small}>after {formatDuration(elapsedMs)} of computing</span>
            </>
          ))}
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{metricTitle(metrics, name)}</th>
              {replicas.map((replica) => (
                <td key={replica.id} className={styles.number}>
                  {formatValue(replica.metrics.find((metric) => metric.name === name)?.value, 6)}
                </td>
              ))}
              <td data-align="right" className={styles.tolerance}>
                {toleranceInWords(metricNamed(metrics, name))}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function toleranceInWords(metric: ComparedMetric | undefined): string {
  if (!metric?.tolerance) return "not compared";
  const { absolute, relative } = metric.tolerance;
  return [absolute > 0 ? formatValue(absolute) : "", relative > 0 ? `${formatValue(relative * 100)} %` : ""]
    .filter(Boolean)
    .join(" + ");
}
