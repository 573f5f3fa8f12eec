import { queryFromInfo } from "@pothos/plugin-prisma";
import type { Study } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";
import DataLoader from "dataloader";
import { builder } from "../builder.ts";
import { BackendEnum } from "../host/backend.ts";
import { encodeGlobalId } from "../identity/global-id.ts";
import { sharedAt } from "../relay/shared-at.ts";
import { StudyRef } from "../study/study-type.ts";
import { type Activity, readActivity } from "./activity.ts";
import { type CommonsFigures, readCommonsFigures } from "./commons-figures.ts";

/** The commons at a moment; what is not asked for is not read. */
export interface Commons {
  readonly figures: () => Promise<CommonsFigures>;
  readonly activity: () => Promise<readonly Activity[]>;
}

const studiesAt = sharedAt<DataLoader<string, Study>>();

const ActivityRef = builder.objectRef<Activity>("Activity").implement({
  description: "One active lease, without its secrets.",
  fields: (t) => ({
    id: t.id({ resolve: ({ leaseId }) => encodeGlobalId("Activity", leaseId) }),
    study: t.field({
      type: StudyRef,
      resolve: ({ studyId }, _args, context, info) => {
        // For every activity, not once for the batch: Pothos remembers by its place in the answer what a row was loaded with.
        const query = queryFromInfo({ context, info });
        return studiesAt(info, () => new DataLoader((ids) => readStudies(context.database, ids, query))).load(studyId);
      },
    }),
    hostId: t.id({
      description: "The node id of the host; names are not unique.",
      resolve: ({ hostId }) => encodeGlobalId("Host", hostId),
    }),
    hostName: t.exposeString("hostName"),
    backend: t.expose("backend", { type: BackendEnum }),
    trialCount: t.exposeInt("trialCount"),
    progress: t.exposeFloat("progress", { description: "0 to 1, as last reported." }),
    grantedAt: t.expose("grantedAt", { type: "DateTime" }),
  }),
});

export const CommonsRef = builder.objectRef<Commons>("Commons").implement({
  fields: (t) => {
    const figure = (name: keyof CommonsFigures, description?: string) =>
      t.int({
        ...(description ? { description } : {}),
        resolve: async ({ figures }) => (await figures())[name],
      });
    return {
      studies: figure("studies"),
      trials: figure("trials"),
      decidedTrials: figure("decidedTrials"),
      results: figure("results"),
      volunteers: figure("volunteers", "Accounts with at least one host."),
      hosts: figure("hosts"),
      activeHosts: figure("activeHosts", "Hosts seen in the last two minutes."),
      validFlops: t.float({
        description: "Floating-point operations of all valid results.",
        resolve: async ({ figures }) => (await figures()).validFlops,
      }),
      activity: t.field({
        type: [ActivityRef],
        description:
          "What is being computed now: of every host and study the unit that is furthest, newest first; then the next of each, and so on.",
        args: { first: t.arg.int({ defaultValue: 8 }) },
        resolve: async ({ activity }, { first }) => (await activity()).slice(0, Math.max(0, first ?? 8)),
      }),
    };
  },
});

/** In the order of the ids. @param query what is selected of each, to be spread into `findMany`. */
async function readStudies({ prisma }: Database, ids: readonly string[], query: object): Promise<(Study | Error)[]> {
  const studies = new Map(
    (await prisma.study.findMany({ ...query, where: { id: { in: [...ids] } } })).map((study) => [study.id, study]),
  );
  return ids.map((id) => studies.get(id) ?? new Error(`The study ${id} went while it was read.`));
}

/** Reads once, however many fields ask. */
export function commonsNow(database: Database, now: Date): Commons {
  let figures: Promise<CommonsFigures> | undefined;
  let activity: Promise<readonly Activity[]> | undefined;
  return {
    figures: () => (figures ??= readCommonsFigures(database, now)),
    activity: () => (activity ??= readActivity(database, now)),
  };
}

builder.queryField("commons", (t) =>
  t.field({
    type: CommonsRef,
    description: "Live figures of the whole commons.",
    resolve: (_root, _args, { database, now }) => commonsNow(database, now()),
  }),
);
