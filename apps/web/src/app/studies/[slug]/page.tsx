import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { siteOrigin } from "../../../api/site-origin.ts";
import { inSentence, paramTitle } from "../../../chart/param-title.ts";
import { fixedFilter, parseView, tuneOf, viewGrouping } from "../../../chart/view.ts";
import { formatCount } from "../../../format/number.ts";
import { Page, PageHead, Section } from "../../../layout/page.tsx";
import { kept, type SearchParams, searchOf } from "../../../study/address.ts";
import { ChartSection, TuneSection } from "../../../study/chart-section.tsx";
import { CurvePanel } from "../../../study/curve-panel.tsx";
import { draftAxes } from "../../../study/draft-axes.ts";
import { drawableMetrics } from "../../../study/drawable-metrics.ts";
import { HistoryList } from "../../../study/history-list.tsx";
import { loadStudy } from "../../../study/load-study.ts";
import { ManageStudy } from "../../../study/manage-study.tsx";
import { metricNames } from "../../../study/metric-names.ts";
import { ResultsSection } from "../../../study/results-section.tsx";
import { StudyFacts } from "../../../study/study-facts.tsx";
import { StudyProgress } from "../../../study/study-progress.tsx";
import { StudyStateBadge } from "../../../study/study-state.tsx";
import { subjectOf } from "../../../study/subject.ts";
import { SweepSummary } from "../../../study/sweep-summary.tsx";
import { tableChoice, tableFilter } from "../../../study/table-choice.ts";
import { TableControls } from "../../../study/table-controls.tsx";
import { TheorySection } from "../../../study/theory-section.tsx";
import { UseSection } from "../../../study/use-section.tsx";
import { ViewControls } from "../../../study/view-controls.tsx";
import { Card } from "../../../ui/card.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import styles from "./page.module.css";

interface StudyPageProps {
  readonly params: Promise<{ slug: string }>;
  readonly searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: StudyPageProps): Promise<Metadata> {
  const study = await loadStudy((await params).slug);
  return study ? { title: study.title, description: study.question } : {};
}

export default async function StudyPage({ params, searchParams }: StudyPageProps) {
  const study = await loadStudy((await params).slug);
  if (!study) notFound();
  const search = searchOf(await searchParams);
  const { experiment } = study;
  const subject = subjectOf(study.axes, experiment, study.theory);
  const view = parseView(search, subject);
  const choice = tableChoice(search, subject);
  const seen = await metricNames(study.slug, subject);
  const metrics = drawableMetrics(subject, [...seen, view.y, choice.metric ?? view.y]);
  const where = { params: fixedFilter(view.fixed) };
  const origin = await siteOrigin();
  const draft = study.state === "DRAFT" ? draftAxes(study.sweeps[0]) : null;
  const drawKey = JSON.stringify(view);

  return (
    <Page>
      <PageHead
        title={study.title}
        eyebrow={
          <>
            <Link href="/studies">Studies</Link>
            <span aria-hidden="true">/</span>
            <Link href={`/studies?family=${study.family}`}>{study.family}</Link>
            <StudyStateBadge state={study.state} />
          </>
        }
      />
      <div className={styles.intro}>
        <div className={styles.words}>
          <p className={styles.question}>{study.question}</p>
          {study.description ? <p className={styles.description}>{study.description}</p> : null}
        </div>
        <StudyFacts study={study} />
      </div>
      <div className={styles.status}>
        {study.viewerCanManage ? <ManageStudy id={study.id} slug={study.slug} state={study.state} /> : null}
        {draft ? (
          <Notice tone="warn" title="This is a draft that only you see.">
            Publishing freezes the question: afterwards it can be extended, not edited.
          </Notice>
        ) : (
          <StudyProgress initial={study.progress} />
        )}
      </div>
      {experiment ? null : (
        <Notice tone="warn" title="This server does not know the experiment of this study any more.">
          Its results can still be read and downloaded.
        </Notice>
      )}

      <Section id="sweep" title="What is varied">
        <SweepSummary
          axes={draft?.axes ?? study.axes}
          sweeps={study.sweeps}
          paramsSchema={experiment?.paramsSchema}
          trials={draft?.trials ?? study.progress.trials}
        />
      </Section>

      {draft ? null : (
        <>
          <Section id="chart" title="What came out">
            <div className={styles.stack}>
              <ViewControls
                subject={subject}
                view={view}
                paramsSchema={experiment?.paramsSchema}
                metrics={metrics}
                keep={kept(search, "view")}
              />
              <Suspense key={drawKey} fallback={<Skeleton height="28rem" />}>
                <ChartSection study={study} subject={subject} view={view} />
              </Suspense>
            </div>
          </Section>

          {tuneOf(subject, view) === null ? null : (
            <Section
              id="tuning"
              title={`Does the best setting move with ${inSentence(paramTitle(experiment?.paramsSchema, view.x).title)}?`}
            >
              <Suspense key={drawKey} fallback={<Skeleton height="24rem" />}>
                <TuneSection study={study} subject={subject} view={view} />
              </Suspense>
            </Section>
          )}

          <Section id="curves" title="Learning curves">
            <Suspense fallback={<Skeleton height="12rem" />}>
              <CurvePanel
                slug={study.slug}
                series={experiment?.series ?? []}
                paramsSchema={experiment?.paramsSchema}
                axes={study.axes}
              />
            </Suspense>
          </Section>

          {study.theory.length > 0 ? (
            <Section
              id="theory"
              title="What theory predicts"
              lead="Verdicts of infinite-width theory for all settings of the study, also those that the view above leaves out; settings of which it says the same stand together. Measured powers are least-squares fits over all widths so far, with one constant for each other setting, ± one standard error."
            >
              <Suspense fallback={<Skeleton height="16rem" />}>
                <TheorySection study={study} subject={subject} view={view} />
              </Suspense>
            </Section>
          ) : null}

          <Section id="results" title="Results">
            <div className={styles.stack}>
              <TableControls subject={subject} choice={choice} metrics={metrics} keep={kept(search, "table")} />
              <Suspense key={JSON.stringify([choice, view.fixed, view.y])} fallback={<Skeleton height="20rem" />}>
                <ResultsSection
                  study={study}
                  subject={subject}
                  view={view}
                  choice={choice}
                  search={search}
                  columns={columnsOf(view.y, subject.view?.y)}
                />
              </Suspense>
            </div>
          </Section>

          <Section id="use" title="Take it further">
            <UseSection
              study={study}
              where={where.params.length > 0 ? where : {}}
              tableWhere={tableFilter(choice, view.fixed)}
              groupBy={viewGrouping(view, subject).groupBy}
              metric={view.y}
              origin={origin}
            />
          </Section>

          <Section
            id="history"
            title="History"
            lead="Every decision about this study, append-only. A citation of a revision can always be looked up again."
            actions={
              study.decisions.totalCount > study.decisions.nodes.length ? (
                <Link href={`/studies/${study.slug}/history`}>All {formatCount(study.decisions.totalCount)}</Link>
              ) : null
            }
          >
            <Card className={styles.history ?? ""}>
              <HistoryList slug={study.slug} decisions={study.decisions.nodes} />
            </Card>
          </Section>
        </>
      )}
    </Page>
  );
}

function columnsOf(...names: (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))];
}
