import { StudyResultsDocument } from "@widefield/graphql/documents";
import Link from "next/link";
import type { ReactNode } from "react";
import { query } from "../api/query.ts";
import { paramAt } from "../chart/json-key.ts";
import { metricTitle } from "../chart/metric-title.ts";
import { paramTitle, spellValue } from "../chart/param-title.ts";
import type { Subject, View } from "../chart/view.ts";
import { formatCounted, formatDuration, formatParam, formatValue } from "../format/number.ts";
import { BACKENDS } from "../host/host-words.ts";
import { Badge } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/notice.tsx";
import { Table } from "../ui/table.tsx";
import { changed } from "./address.ts";
import { ResultsLink, ResultsPagination } from "./results-links.tsx";
import styles from "./results-section.module.css";
import { SelectButton } from "./select-button.tsx";
import { selectionInWords } from "./selection.ts";
import type { PageStudy } from "./study-facts.tsx";
import { noResults, resultsPageSize, type TableChoice, tableFilter, tableOrder } from "./table-choice.ts";
import { OutcomeBadge } from "./verdict-badge.tsx";

interface ResultsSectionProps {
  readonly study: PageStudy;
  readonly subject: Subject;
  readonly view: View;
  readonly choice: TableChoice;
  readonly search: URLSearchParams;
  /** Metrics shown as columns. */
  readonly columns: readonly string[];
}

/** The agreed results one by one, in pages that stay put while more arrive. */
export async function ResultsSection({ study, subject, view, choice, search, columns }: ResultsSectionProps) {
  const path = `/studies/${study.slug}`;
  const { study: answer } = await query(StudyResultsDocument, {
    slug: study.slug,
    ...(choice.before
      ? { last: resultsPageSize, before: choice.before }
      : { first: resultsPageSize, after: choice.after }),
    where: tableFilter(choice, view.fixed),
    orderBy: tableOrder(choice.sort, subject),
  });
  const results = answer?.results;
  if (!results || results.nodes.length === 0) {
    const { title, advice } = noResults(choice, view.fixed);
    return <EmptyState title={title}>{advice}</EmptyState>;
  }
  const paramsSchema = study.experiment?.paramsSchema;
  const head = (sort: string, words: string, right: boolean): ReactNode => {
    const up = choice.sort === sort;
    const down = choice.sort === `-${sort}`;
    const address = changed(path, search, { sort: up ? `-${sort}` : sort, after: null, before: null });
    return (
      <th
        key={sort}
        scope="col"
        data-align={right ? "right" : undefined}
        aria-sort={up ? "ascending" : down ? "descending" : undefined}
      >
        <ResultsLink href={address} className={styles.sort}>
          {words}
          <span aria-hidden="true">{up ? " ↑" : down ? " ↓" : ""}</span>
        </ResultsLink>
      </th>
    );
  };
  return (
    <div className={styles.results}>
      <Card flush>
        <Table caption={`Agreed results of ${study.title}`} inset>
          <thead>
            <tr>
              {subject.axes.map(({ param, values }) =>
                head(`param:${param}`, paramTitle(paramsSchema, param).title, typeof values[0] === "number"),
              )}
              {head("param:seed", "Seed", true)}
              {columns.map((metric) => head(`metric:${metric}`, metricTitle(subject.metrics, metric), true))}
              <th scope="col">Outcome</th>
              <th scope="col">Computed by</th>
              {head("elapsed", "Took", true)}
              <th scope="col">Look closer</th>
            </tr>
          </thead>
          <tbody>
            {results.nodes.map((result) => {
              const values = new Map(result.metrics.map(({ name, value }) => [name, value]));
              const selection = Object.fromEntries([
                ...subject.axes.map(({ param }) => [param, paramAt(result.params, param)] as const),
                ["seed", result.seed] as const,
              ]);
              return (
                <tr key={result.id}>
                  {subject.axes.map(({ param, values: all }) => {
                    const value = paramAt(result.params, param);
                    return (
                      <td key={param} data-align={typeof all[0] === "number" ? "right" : undefined}>
                        {spellValue(param, value) ?? formatParam(value)}
                      </td>
                    );
                  })}
                  <td data-align="right">{result.seed}</td>
                  {columns.map((metric) => (
                    <td key={metric} data-align="right">
                      {formatValue(values.get(metric))}
                    </td>
                  ))}
                  <td>
                    <OutcomeBadge outcome={result.outcome} step={result.divergedAtStep} />
                  </td>
                  <td className={styles.host}>
                    <Link href={`/hosts/${encodeURIComponent(result.host.id)}`} prefetch={false}>
                      {result.host.name}
                    </Link>{" "}
                    <Badge>{BACKENDS[result.backend]}</Badge>
                  </td>
                  <td data-align="right">{formatDuration(result.elapsedMs)}</td>
                  <td className={styles.actions}>
                    <SelectButton
                      selection={selection}
                      of={selectionInWords(selection, (param) => paramTitle(paramsSchema, param).title)}
                    />
                    <Link href={`${path}/trials/${result.trial.digest}`} prefetch={false}>
                      Provenance
                    </Link>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </Card>
      <ResultsPagination
        label="Results"
        summary={formatCounted(results.totalCount, "agreed result")}
        previous={
          results.pageInfo.hasPreviousPage
            ? changed(path, search, { before: results.pageInfo.startCursor ?? null, after: null })
            : null
        }
        next={
          results.pageInfo.hasNextPage
            ? changed(path, search, { after: results.pageInfo.endCursor ?? null, before: null })
            : null
        }
      />
    </div>
  );
}
