import { StudyGroupsDocument } from "@widefield/graphql/documents";
import Link from "next/link";
import { query } from "../api/query.ts";
import { bestOverTune, groupRows } from "../chart/group-row.ts";
import { metricNamed, metricTitle } from "../chart/metric-title.ts";
import { paramTitle, withUnit } from "../chart/param-title.ts";
import { StaticChart } from "../chart/static-chart.tsx";
import { suitsLog } from "../chart/ticks.ts";
import { defaultView, rankingMetric, viewGrouping } from "../chart/view.ts";
import { formatCount } from "../format/number.ts";
import { subjectOf } from "../study/subject.ts";
import { ButtonLink } from "../ui/button.tsx";
import styles from "./hero.module.css";
import { type HomeStudy, staticSeries } from "./hero-figure.ts";

/** What Widefield is, the two ways in, and a figure of real results. */
export async function Hero({ candidates }: { candidates: readonly HomeStudy[] }) {
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <h1 className={styles.title}>What happens to a neural network as it grows wider?</h1>
        <p className={styles.lead}>
          Widefield is a commons for that question. Researchers publish experiments, volunteers’ browsers compute them
          on their GPUs, replicas are checked against each other, and every result is free to read, plot and cite.
        </p>
        <div className={styles.actions}>
          <ButtonLink href="/volunteer" variant="primary" size="large">
            Lend your GPU
          </ButtonLink>
          <ButtonLink href="/studies" size="large">
            Read the studies
          </ButtonLink>
        </div>
      </div>
      <HeroFigure candidates={candidates} />
    </section>
  );
}

/** Of the first candidate that has enough results to draw; a word in its place where there is none. */
async function HeroFigure({ candidates }: { candidates: readonly HomeStudy[] }) {
  const figure = await firstFigure(candidates);
  if (!figure) {
    return (
      <div className={styles.waiting}>
        <p>
          The first figure appears here as soon as results are agreed: minutes after a volunteer starts, on a small
          study.
        </p>
      </div>
    );
  }
  return (
    <figure className={styles.figure}>
      <StaticChart {...figure.chart} />
      <figcaption className={styles.caption}>
        <Link href={`/studies/${figure.study.slug}`}>{figure.study.title}</Link>
        <span>
          {" "}
          Means over seeds with 95 % intervals, from {formatCount(figure.study.progress.decided)} agreed trials
          {figure.study.progress.fraction < 1 ? ` of ${formatCount(figure.study.progress.trials)}` : ""}.
        </span>
      </figcaption>
    </figure>
  );
}

async function firstFigure(candidates: readonly HomeStudy[]) {
  for (const study of candidates) {
    const figure = study.progress.decided > 0 ? await figureOf(study) : null;
    if (figure) return figure;
  }
  return null;
}

/** A study in its own view, null where that has fewer than two points. */
async function figureOf(study: HomeStudy) {
  const subject = subjectOf(study.axes, study.experiment, study.theory);
  const { experiment } = study;
  if (!experiment) return null;
  const view = defaultView(subject);
  const { y } = view;
  const grouping = viewGrouping(view, subject);
  const ranking = rankingMetric(subject, y);
  const metrics = [...new Set([y, ranking.name])];
  const data = await query(StudyGroupsDocument, { slug: study.slug, groupBy: grouping.groupBy, metrics });
  const channels = { x: view.x, color: view.color, facet: null, tune: grouping.tune };
  const all = groupRows(data.study?.resultGroups ?? [], y, channels, ranking.name);
  const rows = grouping.tune === null ? all : bestOverTune(all, ranking.direction);
  const series = staticSeries(rows, view.color, { paramsSchema: experiment.paramsSchema, axes: subject.axes });
  const points = series.flatMap((one) => one.points);
  if (points.length < 2) return null;
  const metric = metricNamed(experiment.metrics, y);
  const title = paramTitle(experiment.paramsSchema, view.x);
  const yLabel = withUnit(metricTitle(experiment.metrics, y), metric?.unit ?? "");
  const logY = metric?.scale === "LOG" && suitsLog(points.map(({ mean }) => mean));
  const chart = {
    title: `${yLabel} against ${title.title.toLowerCase()}`,
    xLabel: withUnit(title.title, title.unit),
    yLabel,
    xScale: suitsLog(points.map(({ x }) => x)) ? ("log" as const) : ("linear" as const),
    yScale: logY ? ("log" as const) : ("linear" as const),
    series,
  };
  return { study, chart };
}
