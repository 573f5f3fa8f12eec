import { StudyGroupsDocument } from "@widefield/graphql/documents";
import { queryIfKnown } from "../api/query-if-known.ts";
import { buildModel } from "../chart/build-model.ts";
import type { ChartMark } from "../chart/chart-model.ts";
import { ChartTable } from "../chart/chart-table.tsx";
import { bestOverTune, groupRows, type ResultGroup } from "../chart/group-row.ts";
import { endsInWords } from "../chart/ladder.ts";
import { metricNamed, metricTitle } from "../chart/metric-title.ts";
import { inSentence, paramTitle } from "../chart/param-title.ts";
import {
  fixedFilter,
  pooledOver,
  rankingMetric,
  type Subject,
  tuneOf,
  type View,
  viewGrouping,
} from "../chart/view.ts";
import { Card } from "../ui/card.tsx";
import { EmptyState } from "../ui/notice.tsx";
import styles from "./chart-section.module.css";
import { endedLines } from "./ended-lines.ts";
import { predictedExponent } from "./predicted-exponent.ts";
import { SelectButton } from "./select-button.tsx";
import { SelectableChart } from "./selectable-chart.tsx";
import { selectionInWords } from "./selection.ts";
import type { PageStudy } from "./study-facts.tsx";
import { tunedLadder } from "./tuned-ladder.ts";

interface ChartSectionProps {
  readonly study: PageStudy;
  readonly subject: Subject;
  readonly view: View;
}

/** The metric against the chosen param, with intervals; its numbers in a table; what was pooled, in words. */
export async function ChartSection({ study, subject, view }: ChartSectionProps) {
  const { groupBy, tune, pooled } = viewGrouping(view, subject);
  const ranking = rankingMetric(subject, view.y);
  const groups = await groupsOf(study.slug, groupBy, view, tune === null ? [view.y] : [view.y, ranking.name]);
  if (groups === null) return <TooMuch />;
  const paramsSchema = study.experiment?.paramsSchema;
  const title = (param: string) => paramTitle(paramsSchema, param).title;
  const channels = { x: view.x, color: view.color, facet: view.facet, tune };
  const all = groupRows(groups, view.y, channels, ranking.name);
  const rows = tune === null ? all : bestOverTune(all, ranking.direction);
  if (rows.length === 0) return <NothingYet />;
  const model = buildModel({
    rows,
    metric: view.y,
    metrics: subject.metrics,
    paramsSchema,
    channels,
    axes: [...subject.axes, subject.seeds],
    ladder: tune === null ? null : tunedLadder(study, subject, tune),
    fixed: view.fixed,
    xScale: view.xScale,
    yScale: view.yScale,
    // Theory compares widths at one and the same setting, not each at its own best.
    ...(view.x === subject.view?.x &&
      tune === null && {
        exponentOf: (color: unknown, facet: unknown) =>
          predictedExponent(
            study.theory,
            {
              ...view.fixed,
              ...(view.color !== null && { [view.color]: color }),
              ...(view.facet !== null && { [view.facet]: facet }),
            },
            view.y,
          ),
      }),
  });
  if (model.marks.length === 0) return <NoValues metric={metricTitle(subject.metrics, view.y)} />;
  return (
    <Card className={styles.card ?? ""}>
      <SelectableChart model={model} paramsSchema={paramsSchema} />
      <p className={styles.caption}>
        {metricNamed(subject.metrics, view.y)?.help} {marksInWords(groupBy, pooled, title)}
        {tune === null
          ? ""
          : ` At each point the ${inSentence(title(tune))} with the best ${inSentence(metricTitle(subject.metrics, ranking.name))}${study.progress.fraction < 1 ? " so far" : ""}, among those where the fewest trials diverged.`}
        {study.progress.fraction < 1 ? " The study is not complete: marks may still move." : ""}
      </p>
      <ChartTable
        model={model}
        seriesLabel={view.color === null ? null : title(view.color)}
        facetLabel={view.facet === null ? null : title(view.facet)}
        noteLabel={tune === null ? null : title(tune)}
        actionOf={curvesOf(paramsSchema)}
      />
    </Card>
  );
}

/** The metric against the tuned param, one line for each width: where the best value lies, and whether it stays there. */
export async function TuneSection({ study, subject, view }: ChartSectionProps) {
  const tune = tuneOf(subject, view);
  const metric = subject.view?.y;
  if (tune === null || metric === undefined) return null;
  const channels = { x: tune, color: view.x, facet: view.color, tune: null };
  const groupBy = [tune, view.x, view.color].filter((param) => param !== null);
  const groups = await groupsOf(study.slug, groupBy, view, [metric]);
  if (groups === null) return <TooMuch />;
  const rows = groupRows(groups, metric, channels);
  if (rows.length === 0) return <NothingYet />;
  const paramsSchema = study.experiment?.paramsSchema;
  const title = (param: string) => paramTitle(paramsSchema, param).title;
  const model = buildModel({
    rows,
    metric,
    metrics: subject.metrics,
    paramsSchema,
    channels,
    axes: [...subject.axes, subject.seeds],
    fixed: view.fixed,
    xScale: "auto",
    yScale: "auto",
    ladder: tunedLadder(study, subject, tune),
    ringBest: true,
  });
  if (model.marks.length === 0) return <NoValues metric={metricTitle(subject.metrics, metric)} />;
  const ends = endsInWords(endedLines(model.marks, view, title), inSentence(title(tune)));
  return (
    <Card className={styles.card ?? ""}>
      <SelectableChart model={model} paramsSchema={paramsSchema} height={340} />
      <p className={styles.caption}>
        One line for each {inSentence(title(view.x))}; the ring marks where it does best
        {study.progress.fraction < 1 ? " so far" : ""}. Where {ringsInWords(model.marks)} stand above one another,{" "}
        {view.x === subject.view?.x
          ? `the ${inSentence(title(tune))} tuned on a small net is right for a large one`
          : `the same ${inSentence(title(tune))} is best for all`}
        . {ends} {marksInWords(groupBy, pooledOver(groupBy, view, subject), title)}
      </p>
      <ChartTable
        model={model}
        seriesLabel={title(view.x)}
        facetLabel={view.color === null ? null : title(view.color)}
        noteLabel={null}
        actionOf={curvesOf(paramsSchema)}
      />
    </Card>
  );
}

/** The rings that may be compared: one at an end of the ladder, or of a line with values missing, marks where the search is, not the best. */
function ringsInWords(marks: readonly ChartMark[]): string {
  const complete = marks.some(({ unfinished }) => unfinished !== null) ? " of lines without missing values" : "";
  const within = marks.some(({ end }) => end !== null) ? " between the ends of the ladder" : "";
  return complete || within ? `rings${complete}${within}` : "the rings";
}

/** What a click on a mark does, as a button of its row in the table: charts are drawn for the mouse alone. */
function curvesOf(paramsSchema: unknown) {
  return ({ select }: ChartMark) => (
    <SelectButton selection={select} of={selectionInWords(select, (param) => paramTitle(paramsSchema, param).title)} />
  );
}

/** What a mark stands for: "means over seeds, depth". */
function marksInWords(groupBy: readonly string[], pooled: readonly string[], title: (param: string) => string): string {
  const over = [...(groupBy.includes("seed") ? [] : ["seeds"]), ...pooled.map((param) => inSentence(title(param)))];
  return over.length > 0
    ? `Marks are means of agreed results over ${over.join(", ")}; bars are 95 % intervals (Student’s).`
    : "Each mark is one agreed result.";
}

/** Null where there are more groups than the API gives out at once. */
async function groupsOf(
  slug: string,
  groupBy: string[],
  view: View,
  metrics: readonly string[],
): Promise<readonly ResultGroup[] | null> {
  const params = fixedFilter(view.fixed);
  const answer = await queryIfKnown(StudyGroupsDocument, {
    slug,
    groupBy,
    metrics: [...new Set(metrics)],
    ...(params.length > 0 && { where: { params } }),
  });
  return answer && (answer.study?.resultGroups ?? []);
}

/** Results that do not have the metric: a net of one layer says nothing of its third. */
function NoValues({ metric }: { metric: string }) {
  return (
    <EmptyState title="Nothing to draw">
      No agreed result of this view has a value of “{metric}”. Choose another metric, or other trials.
    </EmptyState>
  );
}

/** More groups than the API gives out at once, or than anybody could tell apart. */
function TooMuch() {
  return (
    <EmptyState title="Too many points to draw">
      Choose a param with fewer values for lines, panels or the horizontal axis, or hold some at one value under
      “Scales, and only some of the trials”.
    </EmptyState>
  );
}

function NothingYet() {
  return (
    <EmptyState title="No agreed results here yet">
      The chart fills in as replicas agree. If you hold params at one value, try “any”.
    </EmptyState>
  );
}
