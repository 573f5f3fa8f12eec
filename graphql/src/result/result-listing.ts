import { findExperiment } from "@widefield/experiments/catalog";
import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { type Backend, type Outcome, Prisma, type Study, type Verdict, type Volunteer } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import type { ApiContext } from "../context.ts";
import { badUserInput } from "../failure/bad-user-input.ts";
import { uuidOf } from "../identity/global-id.ts";
import { visibleStudies } from "../study/study-visibility.ts";
import { type MetricFilter, metricCondition, type ParamFilter, paramCondition } from "./filter-conditions.ts";
import { unsealedSql } from "./sealed.ts";

type Given<Value> = Value | null | undefined;

export interface ResultFilter {
  readonly study?: Given<string>;
  readonly experiment?: Given<string>;
  readonly params?: Given<readonly ParamFilter[]>;
  readonly metrics?: Given<readonly MetricFilter[]>;
  readonly seed?: Given<readonly number[]>;
  readonly outcome?: Given<readonly Outcome[]>;
  readonly verdict?: Given<readonly Verdict[]>;
  readonly backend?: Given<readonly Backend[]>;
  readonly host?: Given<string>;
  readonly volunteer?: Given<string>;
  readonly asOf?: Given<number>;
}

/** Results and their trials as SQL: `FROM ${from} WHERE ${where}`, with the aliases `r` (results) and `t` (trials). */
export interface ResultListing {
  readonly from: Prisma.Sql;
  readonly where: readonly Prisma.Sql[];
  /** Which of them the viewer may know the numbers of (`sealed.ts`): the others are listed, and nothing depends on what they found. */
  readonly unsealed: Prisma.Sql;
  /** Null over several experiments, or where the server no longer knows it: then names are not checked. */
  readonly definition: ExperimentDefinition | null;
  /** Null over all studies. */
  readonly study: Study | null;
}

/**
 * Turns a filter into SQL. Agreed answers alone, unless verdicts are named: then every replica of those verdicts.
 * Over all studies every result counts once.
 * @throws GraphQLError (BAD_USER_INPUT) for what cannot be answered.
 */
export async function resultListing(
  { database, viewer }: Pick<ApiContext, "database" | "viewer">,
  filter: ResultFilter,
): Promise<ResultListing> {
  const study = filter.study ? await findStudy(database, filter.study, visibleStudies(viewer)) : null;
  return listing(filter, viewer, study, study && Prisma.sql`${study.id}::uuid`);
}

/**
 * The same within a study; the filter may name no other. Its adopted answers count, though another study's hosts computed them.
 * @param studyId the study's id as SQL, where one statement lists several studies: the rest of the SQL is the same for all.
 * @throws GraphQLError (BAD_USER_INPUT) for what cannot be answered of this study.
 */
export function studyListing(
  filter: ResultFilter,
  viewer: Volunteer | null,
  study: Study,
  studyId: Prisma.Sql = Prisma.sql`${study.id}::uuid`,
): ResultListing {
  if (filter.study && filter.study !== study.slug) {
    throw badUserInput(`These are the results of "${study.slug}"; those of "${filter.study}" are in its own field.`);
  }
  return listing(filter, viewer, study, studyId);
}

function listing(
  filter: ResultFilter,
  viewer: Volunteer | null,
  study: Study | null,
  studyId: Prisma.Sql | null,
): ResultListing {
  const definition = definitionFor(filter, study);
  // Agreed answers are decided; and a condition that is always met would still mislead the planner.
  const unsealed = filter.verdict?.includes("PENDING") ? unsealedSql(viewer) : Prisma.sql`true`;
  const { from, scope } = source(filter, study, studyId);
  const where = [
    ...scope,
    ...experimentConditions(filter),
    ...(filter.params ?? []).map((param) => paramCondition(param, definition)),
    ...(filter.metrics ?? []).map((metric) => metricCondition(metric, definition, unsealed)),
    ...(filter.seed ? [Prisma.sql`t.seed = ANY(${[...filter.seed]}::int[])`] : []),
    ...(filter.outcome ? [Prisma.sql`r.outcome::text = ANY(${[...filter.outcome]}::text[])`] : []),
    ...(filter.backend ? [Prisma.sql`r.backend::text = ANY(${[...filter.backend]}::text[])`] : []),
    ...(filter.host ? [Prisma.sql`r.host_id = ${idOf("Host", "host", filter.host)}::uuid`] : []),
    ...(filter.volunteer
      ? [Prisma.sql`r.volunteer_id = ${idOf("Volunteer", "volunteer", filter.volunteer)}::uuid`]
      : []),
  ];
  return { from, where, unsealed, definition, study };
}

interface Source {
  readonly from: Prisma.Sql;
  readonly scope: Prisma.Sql[];
}

function source(filter: ResultFilter, study: Study | null, studyId: Prisma.Sql | null): Source {
  if (typeof filter.asOf === "number") return snapshot(filter, study, studyId, filter.asOf);
  if (filter.verdict) {
    return {
      from: Prisma.sql`results r JOIN trials t ON t.id = r.trial_id`,
      scope: [
        Prisma.sql`r.verdict::text = ANY(${[...filter.verdict]}::text[])`,
        ...(studyId ? [Prisma.sql`r.study_id = ${studyId}`] : []),
      ],
    };
  }
  return {
    from: Prisma.sql`trials t JOIN results r ON r.id = t.canonical_result_id`,
    scope: [studyId ? Prisma.sql`t.study_id = ${studyId}` : Prisma.sql`r.trial_id = t.id`],
  };
}

/** What a study's readers saw at a revision: for each trial its newest decision until then, where that gave it an answer. */
function snapshot(filter: ResultFilter, study: Study | null, studyId: Prisma.Sql | null, asOf: number): Source {
  if (!study || !studyId) throw badUserInput('"asOf" is a revision of one study: name it with "study".');
  if (filter.verdict) throw badUserInput('"asOf" shows the agreed answers of a revision: leave "verdict" out.');
  if (asOf < 0 || asOf > study.revision) {
    throw badUserInput(`"${study.slug}" has revisions 0 to ${study.revision}; there is no revision ${asOf}.`);
  }
  return {
    from: Prisma.sql`(
      SELECT DISTINCT ON (trial_id) trial_id, result_id FROM decisions
      WHERE study_id = ${studyId} AND revision <= ${asOf}::int AND trial_id IS NOT NULL
      ORDER BY trial_id, revision DESC
    ) d JOIN trials t ON t.id = d.trial_id JOIN results r ON r.id = d.result_id`,
    scope: [],
  };
}

function definitionFor(filter: ResultFilter, study: Study | null): ExperimentDefinition | null {
  if (study) return findExperiment(study.experimentId, study.experimentVersion) ?? null;
  if (!filter.experiment) return null;
  const definition = findExperiment(filter.experiment);
  if (!definition) throw badUserInput(`There is no experiment "${filter.experiment}". See the field "experiments".`);
  return definition;
}

function experimentConditions({ experiment }: ResultFilter): Prisma.Sql[] {
  if (!experiment) return [];
  const [id = "", version] = experiment.split("@");
  if (version !== undefined && !/^\d{1,6}$/.test(version)) {
    throw badUserInput(`"${experiment.slice(0, 100)}" is not an experiment: write "feature-learning.mlp@1".`);
  }
  const ofVersion =
    version === undefined ? Prisma.empty : Prisma.sql` AND s.experiment_version = ${Number(version)}::int`;
  return [Prisma.sql`EXISTS (SELECT 1 FROM studies s WHERE s.id = t.study_id AND s.experiment_id = ${id}${ofVersion})`];
}

async function findStudy({ prisma }: Database, slug: string, visible: Prisma.StudyWhereInput): Promise<Study> {
  const study = await prisma.study.findFirst({ where: { slug, AND: [visible] } });
  if (study) return study;
  throw badUserInput(`There is no study "${slug.slice(0, 100)}".`);
}

function idOf(typename: string, field: string, globalId: string): string {
  const uuid = uuidOf(typename, globalId);
  if (uuid) return uuid;
  throw badUserInput(`"${field}" takes the id of a ${typename} as this API gives it.`);
}
