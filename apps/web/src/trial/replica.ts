import type { TrialPageQuery } from "@widefield/graphql/documents";

type PageTrial = NonNullable<TrialPageQuery["study"]>["trials"]["nodes"][number];

/** One host's answer to a trial, as the trial's page shows it. */
export type Replica = PageTrial["replicas"][number];
