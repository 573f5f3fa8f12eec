// Made of documents/*.graphql by `npm run generate -w @widefield/graphql`.
import type { TypedDocument } from "./typed-document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type Backend =
  | 'CPU'
  | 'WASM'
  | 'WEBGPU';

export type CurveInput = {
  readonly name: string;
  readonly steps: ReadonlyArray<number>;
  readonly values: ReadonlyArray<number>;
};

export type DecisionKind =
  | 'ADOPTED'
  | 'CANONICAL'
  | 'EXTENDED'
  | 'FAILED'
  | 'FINISHED'
  | 'NONDETERMINISTIC'
  | 'PAUSED'
  | 'PUBLISHED'
  | 'RESUMED';

export type Direction =
  | 'MAXIMIZE'
  | 'MINIMIZE'
  | 'NONE';

export type ExtendLeaseInput = {
  readonly leaseId: string;
  /** 0 to 1 */
  readonly progress?: number | null | undefined;
  readonly token: string;
};

export type HostFilter = {
  readonly active?: boolean | null | undefined;
  readonly backend?: ReadonlyArray<Backend> | null | undefined;
  readonly kind?: ReadonlyArray<HostKind> | null | undefined;
};

export type HostInput = {
  readonly backend: Backend;
  /** `chromium-156`, `firefox-150`, `node-20-dawn` */
  readonly engine: string;
  readonly gpuArchitecture?: string | null | undefined;
  readonly gpuDescription?: string | null | undefined;
  readonly gpuVendor?: string | null | undefined;
  /** A host of the caller's; left out: a new one. */
  readonly id?: string | null | undefined;
  readonly kernelDigest: string;
  readonly kind: HostKind;
  readonly maxBufferBytes: number;
  readonly memoryBytes: number;
  readonly name?: string | null | undefined;
};

export type HostKind =
  | 'BROWSER'
  | 'NODE';

export type HostOrder = {
  readonly direction?: OrderDirection;
  readonly field: HostOrderField;
};

export type HostOrderField =
  | 'FLOPS_PER_SECOND'
  | 'LAST_SEEN_AT'
  | 'VALID_FLOPS';

export type LeaseKey = {
  readonly leaseId: string;
  readonly token: string;
};

export type LeaseWorkInput = {
  /** Units wanted, 1 to 64. */
  readonly count?: number;
  /** Experiments whose programs this host has, `name@version`; left out: all. */
  readonly experiments?: ReadonlyArray<string> | null | undefined;
  /** Only this family. */
  readonly family?: string | null | undefined;
  /** Measured; left out before the first unit. */
  readonly flopsPerSecond?: number | null | undefined;
  readonly hostId: string;
  readonly kernelDigest: string;
  /** Only this study, by slug. */
  readonly study?: string | null | undefined;
  /** How long a unit should take on this host; larger units are split or skipped. Default 30. */
  readonly targetSeconds?: number | null | undefined;
};

export type MeasurementInput = {
  readonly name: string;
  readonly value?: number | null | undefined;
};

export type MetricFilter = {
  readonly equals?: number | null | undefined;
  readonly gt?: number | null | undefined;
  readonly gte?: number | null | undefined;
  readonly in?: ReadonlyArray<number> | null | undefined;
  readonly isNull?: boolean | null | undefined;
  readonly lt?: number | null | undefined;
  readonly lte?: number | null | undefined;
  readonly metric: string;
};

export type OrderDirection =
  | 'ASC'
  | 'DESC';

export type Outcome =
  | 'DIVERGED'
  | 'FAILED'
  | 'SUCCEEDED';

export type ParamFilter = {
  readonly equals?: unknown;
  readonly gt?: number | null | undefined;
  readonly gte?: number | null | undefined;
  readonly in?: ReadonlyArray<unknown> | null | undefined;
  readonly lt?: number | null | undefined;
  readonly lte?: number | null | undefined;
  /** Dotted path into params. */
  readonly param: string;
};

export type ResultFilter = {
  /** The snapshot of a study at a revision (needs `study`). */
  readonly asOf?: number | null | undefined;
  readonly backend?: ReadonlyArray<Backend> | null | undefined;
  readonly experiment?: string | null | undefined;
  readonly host?: string | null | undefined;
  readonly metrics?: ReadonlyArray<MetricFilter> | null | undefined;
  readonly outcome?: ReadonlyArray<Outcome> | null | undefined;
  readonly params?: ReadonlyArray<ParamFilter> | null | undefined;
  readonly seed?: ReadonlyArray<number> | null | undefined;
  /** Slug. */
  readonly study?: string | null | undefined;
  /** Default: canonical results only. With verdicts given: every replica of those verdicts. */
  readonly verdict?: ReadonlyArray<Verdict> | null | undefined;
  readonly volunteer?: string | null | undefined;
};

/** Exactly one of field, param, metric. */
export type ResultOrder = {
  readonly direction?: OrderDirection;
  readonly field?: ResultOrderField | null | undefined;
  readonly metric?: string | null | undefined;
  readonly param?: string | null | undefined;
};

export type ResultOrderField =
  | 'CREATED_AT'
  | 'DECIDED_AT'
  | 'ELAPSED_MS'
  | 'POSITION';

export type Scale =
  | 'LINEAR'
  | 'LOG';

export type StudyFilter = {
  /** Names, with or without version: `feature-learning.mlp@1`. */
  readonly experiment?: ReadonlyArray<string> | null | undefined;
  readonly family?: ReadonlyArray<string> | null | undefined;
  readonly mine?: boolean | null | undefined;
  /** Words in title, question or slug. */
  readonly search?: string | null | undefined;
  readonly state?: ReadonlyArray<StudyState> | null | undefined;
};

export type StudyInput = {
  readonly description?: string | null | undefined;
  /** `feature-learning.mlp` (newest version) or `feature-learning.mlp@1`. */
  readonly experiment: string;
  readonly license?: string | null | undefined;
  readonly question: string;
  /** Replicas that must agree; 1 to 5, default 2. */
  readonly quorum?: number | null | undefined;
  /** Lower-case words joined by hyphens; made from the title when left out. */
  readonly slug?: string | null | undefined;
  /** See studyFileSchema: { fixed, axes, random, seeds }. */
  readonly sweep: unknown;
  readonly title: string;
};

export type StudyOrder = {
  readonly direction?: OrderDirection;
  readonly field: StudyOrderField;
};

export type StudyOrderField =
  | 'PROGRESS'
  | 'PUBLISHED_AT'
  | 'TITLE'
  | 'TRIALS';

export type StudyState =
  | 'ACTIVE'
  | 'DRAFT'
  | 'FINISHED'
  | 'PAUSED';

export type Submission = {
  readonly leaseId: string;
  readonly results: ReadonlyArray<TrialResultInput>;
  readonly token: string;
};

export type TrialResultInput = {
  readonly curves?: ReadonlyArray<CurveInput> | null | undefined;
  readonly divergedAtStep?: number | null | undefined;
  readonly elapsedMs: number;
  /** For FAILED: what went wrong, in words. */
  readonly error?: string | null | undefined;
  readonly flops: number;
  readonly metrics: ReadonlyArray<MeasurementInput>;
  readonly outcome: Outcome;
  readonly trialId: string;
};

export type TrialState =
  | 'FAILED'
  | 'NONDETERMINISTIC'
  | 'PENDING'
  | 'VALID';

export type Verdict =
  | 'INCONCLUSIVE'
  | 'INVALID'
  | 'LATE'
  | 'PENDING'
  | 'VALID';

export type CommandStudyQueryVariables = Exact<{
  slug: string;
}>;


export type CommandStudyQuery = { readonly study: { readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly state: StudyState, readonly revision: number, readonly digest: string, readonly experimentName: string, readonly experimentVersion: number, readonly sweeps: ReadonlyArray<unknown>, readonly quorum: number, readonly license: string, readonly progress: { readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } } | null };

export type CommandStudiesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  where?: StudyFilter | null | undefined;
}>;


export type CommandStudiesQuery = { readonly studies: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly slug: string, readonly title: string, readonly state: StudyState, readonly experimentName: string, readonly experimentVersion: number, readonly progress: { readonly trials: number, readonly decided: number } }> } };

export type CommandPauseStudyMutationVariables = Exact<{
  studyId: string;
}>;


export type CommandPauseStudyMutation = { readonly managed:
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly slug: string, readonly state: StudyState }
    | { readonly __typename: 'StudyNotActive', readonly message: string }
   };

export type CommandResumeStudyMutationVariables = Exact<{
  studyId: string;
}>;


export type CommandResumeStudyMutation = { readonly managed:
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly slug: string, readonly state: StudyState }
    | { readonly __typename: 'StudyNotActive', readonly message: string }
   };

export type CommandCommonsQueryVariables = Exact<{ [key: string]: never; }>;


export type CommandCommonsQuery = { readonly commons: { readonly trials: number, readonly decidedTrials: number, readonly validFlops: number, readonly activity: ReadonlyArray<{ readonly trialCount: number, readonly progress: number, readonly study: { readonly slug: string } }> } };

export type ContributorsPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ContributorsPageQuery = { readonly viewer: { readonly id: string, readonly name: string, readonly isAnonymous: boolean, readonly contribution: { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number } } | null, readonly commons: { readonly volunteers: number, readonly results: number, readonly validFlops: number }, readonly contributors: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly name: string, readonly isAnonymous: boolean, readonly createdAt: string, readonly contribution: { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number } } }> } };

export type ContributionFiguresFragment = { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number };

export type ContributorPageQueryVariables = Exact<{
  id: string;
}>;


export type ContributorPageQuery = { readonly viewer: { readonly id: string } | null, readonly node:
    | { readonly __typename: 'Decision' }
    | { readonly __typename: 'Host' }
    | { readonly __typename: 'Lease' }
    | { readonly __typename: 'Result' }
    | { readonly __typename: 'Study' }
    | { readonly __typename: 'Trial' }
    | { readonly __typename: 'Volunteer', readonly id: string, readonly name: string, readonly isAnonymous: boolean, readonly createdAt: string, readonly contribution: { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number }, readonly hosts: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: HostKind, readonly backend: Backend, readonly gpuVendor: string, readonly gpuArchitecture: string, readonly gpuDescription: string, readonly engine: string, readonly flopsPerSecond: number, readonly trusted: boolean, readonly validResults: number, readonly invalidResults: number, readonly validFlops: number, readonly lastSeenAt: string, readonly active: boolean, readonly volunteer: { readonly id: string, readonly name: string } }> }, readonly studies: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly title: string, readonly state: StudyState, readonly progress: { readonly slug: string, readonly trials: number, readonly decided: number, readonly fraction: number } }> } }
    | { readonly __typename: 'WorkUnit' }
   | null };

export type RenameContributorMutationVariables = Exact<{
  name: string;
}>;


export type RenameContributorMutation = { readonly renameVolunteer:
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'Volunteer', readonly id: string, readonly name: string }
   };

export type CommonsFiguresFragment = { readonly studies: number, readonly trials: number, readonly decidedTrials: number, readonly results: number, readonly volunteers: number, readonly hosts: number, readonly activeHosts: number, readonly validFlops: number, readonly activity: ReadonlyArray<{ readonly id: string, readonly hostId: string, readonly hostName: string, readonly backend: Backend, readonly trialCount: number, readonly progress: number, readonly grantedAt: string, readonly study: { readonly id: string, readonly slug: string, readonly title: string } }> };

export type HomeQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeQuery = { readonly commons: { readonly studies: number, readonly trials: number, readonly decidedTrials: number, readonly results: number, readonly volunteers: number, readonly hosts: number, readonly activeHosts: number, readonly validFlops: number, readonly activity: ReadonlyArray<{ readonly id: string, readonly hostId: string, readonly hostName: string, readonly backend: Backend, readonly trialCount: number, readonly progress: number, readonly grantedAt: string, readonly study: { readonly id: string, readonly slug: string, readonly title: string } }> }, readonly studies: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly family: string, readonly experimentName: string, readonly experimentVersion: number, readonly state: StudyState, readonly createdAt: string, readonly publishedAt: string | null, readonly experiment: { readonly id: string, readonly paramsSchema: unknown } | null, readonly axes: ReadonlyArray<{ readonly param: string, readonly values: ReadonlyArray<unknown> }>, readonly progress: { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } }> }, readonly candidates: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly title: string, readonly axes: ReadonlyArray<{ readonly param: string, readonly values: ReadonlyArray<unknown> }>, readonly progress: { readonly decided: number, readonly trials: number, readonly fraction: number }, readonly experiment: { readonly id: string, readonly name: string, readonly version: number, readonly title: string, readonly summary: string, readonly paramsSchema: unknown, readonly metrics: ReadonlyArray<{ readonly name: string, readonly label: string, readonly help: string, readonly unit: string, readonly direction: Direction, readonly scale: Scale, readonly perLayer: boolean, readonly tolerance: { readonly absolute: number, readonly relative: number } | null }>, readonly series: ReadonlyArray<{ readonly name: string, readonly label: string, readonly unit: string, readonly scale: Scale }>, readonly view: { readonly x: string, readonly y: string, readonly color: string, readonly tune: string | null } } | null, readonly theory: ReadonlyArray<{ readonly key: unknown, readonly theory: { readonly exponents: unknown } }> }> } };

export type CommonsNowQueryVariables = Exact<{ [key: string]: never; }>;


export type CommonsNowQuery = { readonly commons: { readonly studies: number, readonly trials: number, readonly decidedTrials: number, readonly results: number, readonly volunteers: number, readonly hosts: number, readonly activeHosts: number, readonly validFlops: number, readonly activity: ReadonlyArray<{ readonly id: string, readonly hostId: string, readonly hostName: string, readonly backend: Backend, readonly trialCount: number, readonly progress: number, readonly grantedAt: string, readonly study: { readonly id: string, readonly slug: string, readonly title: string } }> } };

export type CommonsLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CommonsLiveSubscription = { readonly commons: { readonly studies: number, readonly trials: number, readonly decidedTrials: number, readonly results: number, readonly volunteers: number, readonly hosts: number, readonly activeHosts: number, readonly validFlops: number, readonly activity: ReadonlyArray<{ readonly id: string, readonly hostId: string, readonly hostName: string, readonly backend: Backend, readonly trialCount: number, readonly progress: number, readonly grantedAt: string, readonly study: { readonly id: string, readonly slug: string, readonly title: string } }> } };

export type HostsPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: HostFilter | null | undefined;
  orderBy?: HostOrder | null | undefined;
}>;


export type HostsPageQuery = { readonly commons: { readonly hosts: number, readonly activeHosts: number, readonly volunteers: number, readonly validFlops: number }, readonly hosts: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly kind: HostKind, readonly backend: Backend, readonly gpuVendor: string, readonly gpuArchitecture: string, readonly gpuDescription: string, readonly engine: string, readonly flopsPerSecond: number, readonly trusted: boolean, readonly validResults: number, readonly invalidResults: number, readonly validFlops: number, readonly lastSeenAt: string, readonly active: boolean, readonly volunteer: { readonly id: string, readonly name: string } }> } };

export type HostRowFragment = { readonly id: string, readonly name: string, readonly kind: HostKind, readonly backend: Backend, readonly gpuVendor: string, readonly gpuArchitecture: string, readonly gpuDescription: string, readonly engine: string, readonly flopsPerSecond: number, readonly trusted: boolean, readonly validResults: number, readonly invalidResults: number, readonly validFlops: number, readonly lastSeenAt: string, readonly active: boolean, readonly volunteer: { readonly id: string, readonly name: string } };

export type HostPageQueryVariables = Exact<{
  id: string;
}>;


export type HostPageQuery = { readonly node:
    | { readonly __typename: 'Decision' }
    | { readonly __typename: 'Host', readonly numericsClass: string, readonly createdAt: string, readonly id: string, readonly name: string, readonly kind: HostKind, readonly backend: Backend, readonly gpuVendor: string, readonly gpuArchitecture: string, readonly gpuDescription: string, readonly engine: string, readonly flopsPerSecond: number, readonly trusted: boolean, readonly validResults: number, readonly invalidResults: number, readonly validFlops: number, readonly lastSeenAt: string, readonly active: boolean, readonly volunteer: { readonly id: string, readonly name: string } }
    | { readonly __typename: 'Lease' }
    | { readonly __typename: 'Result' }
    | { readonly __typename: 'Study' }
    | { readonly __typename: 'Trial' }
    | { readonly __typename: 'Volunteer' }
    | { readonly __typename: 'WorkUnit' }
   | null };

export type HostResultsQueryVariables = Exact<{
  host: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type HostResultsQuery = { readonly results: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly seed: number, readonly outcome: Outcome, readonly verdict: Verdict, readonly canonical: boolean, readonly elapsedMs: number, readonly flops: number, readonly createdAt: string, readonly params: unknown, readonly trial: { readonly id: string, readonly digest: string }, readonly study: { readonly id: string, readonly slug: string, readonly title: string, readonly axes: ReadonlyArray<{ readonly param: string }>, readonly experiment: { readonly id: string, readonly paramsSchema: unknown } | null } }> } };

export type NewStudyExperimentsQueryVariables = Exact<{ [key: string]: never; }>;


export type NewStudyExperimentsQuery = { readonly experiments: ReadonlyArray<{ readonly id: string, readonly name: string, readonly version: number, readonly family: string, readonly title: string, readonly summary: string, readonly paramsSchema: unknown, readonly view: { readonly x: string, readonly y: string, readonly color: string, readonly tune: string | null } }> };

export type NewStudySourceQueryVariables = Exact<{
  slug: string;
}>;


export type NewStudySourceQuery = { readonly study: { readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly description: string, readonly state: StudyState, readonly experimentName: string, readonly experimentVersion: number, readonly sweeps: ReadonlyArray<unknown>, readonly quorum: number, readonly license: string, readonly viewerCanManage: boolean } | null };

export type NewStudyQuoteQueryVariables = Exact<{
  experiment: string;
  sweep: unknown;
  quorum?: number | null | undefined;
}>;


export type NewStudyQuoteQuery = { readonly quote:
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'StudyQuote', readonly trials: number, readonly adoptable: number, readonly workUnits: number, readonly flops: number, readonly volunteerHours: number, readonly assumedFlopsPerSecond: number, readonly peakBytes: number, readonly largestBufferBytes: number, readonly downloadBytes: number, readonly warnings: ReadonlyArray<string> }
   };

export type CreateStudyDraftMutationVariables = Exact<{
  input: StudyInput;
}>;


export type CreateStudyDraftMutation = { readonly createStudy:
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly id: string, readonly slug: string }
   };

export type PublishStudyDraftMutationVariables = Exact<{
  studyId: string;
}>;


export type PublishStudyDraftMutation = { readonly publishStudy:
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly id: string, readonly slug: string }
   };

export type ExtendPublishedStudyMutationVariables = Exact<{
  studyId: string;
  sweep: unknown;
}>;


export type ExtendPublishedStudyMutation = { readonly extendStudy:
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly id: string, readonly slug: string }
    | { readonly __typename: 'StudyNotActive', readonly message: string }
   };

export type ProgressFiguresFragment = { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number };

export type StudyCardFragment = { readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly family: string, readonly experimentName: string, readonly experimentVersion: number, readonly state: StudyState, readonly createdAt: string, readonly publishedAt: string | null, readonly experiment: { readonly id: string, readonly paramsSchema: unknown } | null, readonly axes: ReadonlyArray<{ readonly param: string, readonly values: ReadonlyArray<unknown> }>, readonly progress: { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } };

export type StudyListQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: StudyFilter | null | undefined;
  orderBy?: StudyOrder | null | undefined;
}>;


export type StudyListQuery = { readonly studies: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly family: string, readonly experimentName: string, readonly experimentVersion: number, readonly state: StudyState, readonly createdAt: string, readonly publishedAt: string | null, readonly experiment: { readonly id: string, readonly paramsSchema: unknown } | null, readonly axes: ReadonlyArray<{ readonly param: string, readonly values: ReadonlyArray<unknown> }>, readonly progress: { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } }> }, readonly experiments: ReadonlyArray<{ readonly id: string, readonly family: string }> };

export type StudyPageQueryVariables = Exact<{
  slug: string;
}>;


export type StudyPageQuery = { readonly study: { readonly description: string, readonly license: string, readonly digest: string, readonly quorum: number, readonly maxResults: number, readonly revision: number, readonly sweeps: ReadonlyArray<unknown>, readonly viewerCanManage: boolean, readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly family: string, readonly experimentName: string, readonly experimentVersion: number, readonly state: StudyState, readonly createdAt: string, readonly publishedAt: string | null, readonly createdBy: { readonly id: string, readonly name: string, readonly isAnonymous: boolean } | null, readonly experiment: { readonly id: string, readonly paramsSchema: unknown, readonly name: string, readonly version: number, readonly title: string, readonly summary: string, readonly metrics: ReadonlyArray<{ readonly name: string, readonly label: string, readonly help: string, readonly unit: string, readonly direction: Direction, readonly scale: Scale, readonly perLayer: boolean, readonly tolerance: { readonly absolute: number, readonly relative: number } | null }>, readonly series: ReadonlyArray<{ readonly name: string, readonly label: string, readonly unit: string, readonly scale: Scale }>, readonly view: { readonly x: string, readonly y: string, readonly color: string, readonly tune: string | null } } | null, readonly decisions: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly revision: number, readonly kind: DecisionKind, readonly digest: string | null, readonly createdAt: string, readonly trial: { readonly id: string, readonly digest: string } | null }> }, readonly axes: ReadonlyArray<{ readonly param: string, readonly values: ReadonlyArray<unknown> }>, readonly progress: { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } } | null };

export type StudyTheoryQueryVariables = Exact<{
  slug: string;
  groupBy: ReadonlyArray<string> | string;
}>;


export type StudyTheoryQuery = { readonly study: { readonly id: string, readonly theory: ReadonlyArray<{ readonly key: unknown, readonly theory: { readonly verdict: string, readonly summary: string, readonly assumptions: string, readonly exponents: unknown, readonly detail: unknown } }> } | null };

export type StudyMetricNamesQueryVariables = Exact<{
  slug: string;
  first: number;
}>;


export type StudyMetricNamesQuery = { readonly study: { readonly id: string, readonly early: { readonly nodes: ReadonlyArray<{ readonly metrics: ReadonlyArray<{ readonly name: string }> }> }, readonly late: { readonly nodes: ReadonlyArray<{ readonly metrics: ReadonlyArray<{ readonly name: string }> }> } } | null };

export type ExperimentFiguresFragment = { readonly id: string, readonly name: string, readonly version: number, readonly title: string, readonly summary: string, readonly paramsSchema: unknown, readonly metrics: ReadonlyArray<{ readonly name: string, readonly label: string, readonly help: string, readonly unit: string, readonly direction: Direction, readonly scale: Scale, readonly perLayer: boolean, readonly tolerance: { readonly absolute: number, readonly relative: number } | null }>, readonly series: ReadonlyArray<{ readonly name: string, readonly label: string, readonly unit: string, readonly scale: Scale }>, readonly view: { readonly x: string, readonly y: string, readonly color: string, readonly tune: string | null } };

export type TheoryFiguresFragment = { readonly verdict: string, readonly summary: string, readonly assumptions: string, readonly exponents: unknown, readonly detail: unknown };

export type StudyGroupsQueryVariables = Exact<{
  slug: string;
  where?: ResultFilter | null | undefined;
  groupBy: ReadonlyArray<string> | string;
  metrics: ReadonlyArray<string> | string;
}>;


export type StudyGroupsQuery = { readonly study: { readonly id: string, readonly resultGroups: ReadonlyArray<{ readonly key: unknown, readonly count: number, readonly diverged: number, readonly statistics: ReadonlyArray<{ readonly metric: string, readonly count: number, readonly mean: number | null, readonly standardDeviation: number | null, readonly confidenceLow: number | null, readonly confidenceHigh: number | null, readonly min: number | null, readonly max: number | null }> }> } | null };

export type StudyResultsQueryVariables = Exact<{
  slug: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  where?: ResultFilter | null | undefined;
  orderBy?: ResultOrder | null | undefined;
}>;


export type StudyResultsQuery = { readonly study: { readonly id: string, readonly results: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly params: unknown, readonly seed: number, readonly outcome: Outcome, readonly verdict: Verdict, readonly backend: Backend, readonly divergedAtStep: number | null, readonly elapsedMs: number, readonly host: { readonly id: string, readonly name: string }, readonly trial: { readonly id: string, readonly digest: string }, readonly metrics: ReadonlyArray<{ readonly name: string, readonly value: number | null }> }> } } | null };

export type StudyCurvesQueryVariables = Exact<{
  slug: string;
  first: number;
  where?: ResultFilter | null | undefined;
  names?: ReadonlyArray<string> | string | null | undefined;
}>;


export type StudyCurvesQuery = { readonly study: { readonly id: string, readonly results: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly params: unknown, readonly seed: number, readonly outcome: Outcome, readonly divergedAtStep: number | null, readonly trial: { readonly id: string, readonly digest: string }, readonly curves: ReadonlyArray<{ readonly name: string, readonly steps: ReadonlyArray<number>, readonly values: ReadonlyArray<number> }> }> } } | null };

export type StudyHistoryQueryVariables = Exact<{
  slug: string;
  first: number;
  after?: string | null | undefined;
}>;


export type StudyHistoryQuery = { readonly study: { readonly id: string, readonly slug: string, readonly title: string, readonly decisions: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly revision: number, readonly kind: DecisionKind, readonly digest: string | null, readonly createdAt: string, readonly trial: { readonly id: string, readonly digest: string, readonly params: unknown, readonly seed: number } | null }> } } | null };

export type TrialPageQueryVariables = Exact<{
  slug: string;
  digest: string;
}>;


export type TrialPageQuery = { readonly study: { readonly id: string, readonly slug: string, readonly title: string, readonly quorum: number, readonly axes: ReadonlyArray<{ readonly param: string, readonly values: ReadonlyArray<unknown> }>, readonly experiment: { readonly id: string, readonly name: string, readonly version: number, readonly title: string, readonly summary: string, readonly paramsSchema: unknown, readonly metrics: ReadonlyArray<{ readonly name: string, readonly label: string, readonly help: string, readonly unit: string, readonly direction: Direction, readonly scale: Scale, readonly perLayer: boolean, readonly tolerance: { readonly absolute: number, readonly relative: number } | null }>, readonly series: ReadonlyArray<{ readonly name: string, readonly label: string, readonly unit: string, readonly scale: Scale }>, readonly view: { readonly x: string, readonly y: string, readonly color: string, readonly tune: string | null } } | null, readonly trials: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly digest: string, readonly params: unknown, readonly seed: number, readonly state: TrialState, readonly adopted: boolean, readonly decidedRevision: number | null, readonly flops: number, readonly theory: { readonly verdict: string, readonly summary: string, readonly assumptions: string, readonly exponents: unknown, readonly detail: unknown } | null, readonly replicas: ReadonlyArray<{ readonly id: string, readonly outcome: Outcome, readonly verdict: Verdict, readonly canonical: boolean, readonly divergedAtStep: number | null, readonly error: string | null, readonly backend: Backend, readonly numericsClass: string, readonly elapsedMs: number, readonly flops: number, readonly createdAt: string, readonly decidedAt: string | null, readonly host: { readonly id: string, readonly name: string, readonly gpuDescription: string, readonly engine: string, readonly trusted: boolean }, readonly volunteer: { readonly id: string, readonly name: string }, readonly metrics: ReadonlyArray<{ readonly name: string, readonly value: number | null }>, readonly curves: ReadonlyArray<{ readonly name: string, readonly steps: ReadonlyArray<number>, readonly values: ReadonlyArray<number> }> }> }> } } | null };

export type PublishStudyMutationVariables = Exact<{
  studyId: string;
}>;


export type PublishStudyMutation = { readonly publishStudy:
    | { readonly __typename: 'InvalidInput', readonly message: string }
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly id: string, readonly slug: string }
   };

export type PauseStudyMutationVariables = Exact<{
  studyId: string;
}>;


export type PauseStudyMutation = { readonly pauseStudy:
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly id: string, readonly slug: string }
    | { readonly __typename: 'StudyNotActive', readonly message: string }
   };

export type ResumeStudyMutationVariables = Exact<{
  studyId: string;
}>;


export type ResumeStudyMutation = { readonly resumeStudy:
    | { readonly __typename: 'NotAllowed', readonly message: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
    | { readonly __typename: 'Study', readonly id: string, readonly slug: string }
    | { readonly __typename: 'StudyNotActive', readonly message: string }
   };

export type StudyProgressNowQueryVariables = Exact<{
  slug: string;
}>;


export type StudyProgressNowQuery = { readonly study: { readonly id: string, readonly progress: { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } } | null };

export type StudyProgressLiveSubscriptionVariables = Exact<{
  slug: string;
}>;


export type StudyProgressLiveSubscription = { readonly studyProgress: { readonly slug: string, readonly state: StudyState, readonly revision: number, readonly trials: number, readonly decided: number, readonly valid: number, readonly diverged: number, readonly nondeterministic: number, readonly failed: number, readonly adopted: number, readonly pendingResults: number, readonly activeLeases: number, readonly flops: number, readonly decidedFlops: number, readonly fraction: number } };

export type VolunteerPageQueryVariables = Exact<{ [key: string]: never; }>;


export type VolunteerPageQuery = { readonly viewer: { readonly id: string, readonly name: string, readonly contribution: { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number } } | null, readonly studies: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly slug: string, readonly title: string, readonly question: string, readonly family: string, readonly progress: { readonly slug: string, readonly trials: number, readonly decided: number, readonly fraction: number } }> }, readonly experiments: ReadonlyArray<{ readonly id: string, readonly name: string, readonly version: number, readonly series: ReadonlyArray<{ readonly label: string, readonly unit: string, readonly scale: Scale }> }> };

export type VolunteerStudyQueryVariables = Exact<{
  slug: string;
}>;


export type VolunteerStudyQuery = { readonly study: { readonly id: string, readonly slug: string, readonly title: string, readonly state: StudyState, readonly progress: { readonly slug: string, readonly trials: number, readonly decided: number, readonly fraction: number } } | null };

export type VolunteerCreditQueryVariables = Exact<{ [key: string]: never; }>;


export type VolunteerCreditQuery = { readonly viewer: { readonly id: string, readonly name: string, readonly contribution: { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number } } | null };

export type RegisterHostMutationVariables = Exact<{
  input: HostInput;
}>;


export type RegisterHostMutation = { readonly registerHost:
    | { readonly __typename: 'ClientOutdated', readonly message: string, readonly expectedKernelDigest: string }
    | { readonly __typename: 'Host', readonly id: string, readonly name: string, readonly trusted: boolean, readonly numericsClass: string }
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
   };

type LeaseWorkAnswer_ClientOutdated_Fragment = { readonly __typename: 'ClientOutdated', readonly message: string, readonly expectedKernelDigest: string };

type LeaseWorkAnswer_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly message: string };

type LeaseWorkAnswer_LeasedWork_Fragment = { readonly __typename: 'LeasedWork', readonly retryAfterSeconds: number | null, readonly reason: string | null, readonly leases: ReadonlyArray<{ readonly leaseId: string, readonly token: string, readonly reissueAt: string, readonly refuseAt: string, readonly serverTime: string, readonly experiment: string, readonly version: number, readonly packKey: string, readonly flops: number, readonly peakBytes: number, readonly datasets: ReadonlyArray<string>, readonly studySlug: string, readonly studyTitle: string, readonly trials: ReadonlyArray<{ readonly id: string, readonly params: unknown, readonly seed: number }> }> };

type LeaseWorkAnswer_NotAuthenticated_Fragment = { readonly __typename: 'NotAuthenticated', readonly message: string };

type LeaseWorkAnswer_NotFound_Fragment = { readonly __typename: 'NotFound', readonly message: string };

export type LeaseWorkAnswerFragment =
  | LeaseWorkAnswer_ClientOutdated_Fragment
  | LeaseWorkAnswer_InvalidInput_Fragment
  | LeaseWorkAnswer_LeasedWork_Fragment
  | LeaseWorkAnswer_NotAuthenticated_Fragment
  | LeaseWorkAnswer_NotFound_Fragment
;

export type LeaseWorkMutationVariables = Exact<{
  input: LeaseWorkInput;
}>;


export type LeaseWorkMutation = { readonly leaseWork:
    | { readonly __typename: 'ClientOutdated', readonly message: string, readonly expectedKernelDigest: string }
    | { readonly __typename: 'InvalidInput', readonly message: string }
    | { readonly __typename: 'LeasedWork', readonly retryAfterSeconds: number | null, readonly reason: string | null, readonly leases: ReadonlyArray<{ readonly leaseId: string, readonly token: string, readonly reissueAt: string, readonly refuseAt: string, readonly serverTime: string, readonly experiment: string, readonly version: number, readonly packKey: string, readonly flops: number, readonly peakBytes: number, readonly datasets: ReadonlyArray<string>, readonly studySlug: string, readonly studyTitle: string, readonly trials: ReadonlyArray<{ readonly id: string, readonly params: unknown, readonly seed: number }> }> }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'NotFound', readonly message: string }
   };

export type ExtendLeaseMutationVariables = Exact<{
  input: ExtendLeaseInput;
}>;


export type ExtendLeaseMutation = { readonly extendLease:
    | { readonly __typename: 'LeaseExtended', readonly leaseId: string, readonly reissueAt: string, readonly refuseAt: string, readonly serverTime: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'StaleLease', readonly message: string }
   };

export type ReleaseLeasesMutationVariables = Exact<{
  leases: ReadonlyArray<LeaseKey> | LeaseKey;
}>;


export type ReleaseLeasesMutation = { readonly releaseLeases: ReadonlyArray<
    | { readonly __typename: 'LeaseReleased', readonly leaseId: string }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'StaleLease', readonly message: string }
  > };

type SubmitAnswer_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> };

type SubmitAnswer_NotAuthenticated_Fragment = { readonly __typename: 'NotAuthenticated', readonly message: string };

type SubmitAnswer_StaleLease_Fragment = { readonly __typename: 'StaleLease', readonly message: string, readonly leaseId: string };

type SubmitAnswer_SubmissionAccepted_Fragment = { readonly __typename: 'SubmissionAccepted', readonly leaseId: string, readonly verdicts: ReadonlyArray<{ readonly trialId: string, readonly verdict: Verdict, readonly trialState: TrialState }> };

export type SubmitAnswerFragment =
  | SubmitAnswer_InvalidInput_Fragment
  | SubmitAnswer_NotAuthenticated_Fragment
  | SubmitAnswer_StaleLease_Fragment
  | SubmitAnswer_SubmissionAccepted_Fragment
;

export type SubmitResultsMutationVariables = Exact<{
  submissions: ReadonlyArray<Submission> | Submission;
}>;


export type SubmitResultsMutation = { readonly submitResults: ReadonlyArray<
    | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
    | { readonly __typename: 'NotAuthenticated', readonly message: string }
    | { readonly __typename: 'StaleLease', readonly message: string, readonly leaseId: string }
    | { readonly __typename: 'SubmissionAccepted', readonly leaseId: string, readonly verdicts: ReadonlyArray<{ readonly trialId: string, readonly verdict: Verdict, readonly trialState: TrialState }> }
  > };

export type SubmitAndLeaseMutationVariables = Exact<{
  submissions: ReadonlyArray<Submission> | Submission;
  lease: LeaseWorkInput;
}>;


export type SubmitAndLeaseMutation = { readonly submitAndLease: { readonly submitted: ReadonlyArray<
      | { readonly __typename: 'InvalidInput', readonly message: string, readonly issues: ReadonlyArray<{ readonly path: string, readonly message: string }> }
      | { readonly __typename: 'NotAuthenticated', readonly message: string }
      | { readonly __typename: 'StaleLease', readonly message: string, readonly leaseId: string }
      | { readonly __typename: 'SubmissionAccepted', readonly leaseId: string, readonly verdicts: ReadonlyArray<{ readonly trialId: string, readonly verdict: Verdict, readonly trialState: TrialState }> }
    >, readonly leased:
      | { readonly __typename: 'ClientOutdated', readonly message: string, readonly expectedKernelDigest: string }
      | { readonly __typename: 'InvalidInput', readonly message: string }
      | { readonly __typename: 'LeasedWork', readonly retryAfterSeconds: number | null, readonly reason: string | null, readonly leases: ReadonlyArray<{ readonly leaseId: string, readonly token: string, readonly reissueAt: string, readonly refuseAt: string, readonly serverTime: string, readonly experiment: string, readonly version: number, readonly packKey: string, readonly flops: number, readonly peakBytes: number, readonly datasets: ReadonlyArray<string>, readonly studySlug: string, readonly studyTitle: string, readonly trials: ReadonlyArray<{ readonly id: string, readonly params: unknown, readonly seed: number }> }> }
      | { readonly __typename: 'NotAuthenticated', readonly message: string }
      | { readonly __typename: 'NotFound', readonly message: string }
     } };

export type VolunteerViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type VolunteerViewerQuery = { readonly viewer: { readonly id: string, readonly name: string, readonly isAnonymous: boolean, readonly contribution: { readonly hosts: number, readonly validResults: number, readonly pendingResults: number, readonly invalidResults: number, readonly validFlops: number } } | null };

export const CommandStudyDocument = "query CommandStudy($slug:String!){study(slug:$slug){id slug title question state revision digest experimentName experimentVersion sweeps quorum license progress{trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction}}}" as unknown as TypedDocument<CommandStudyQuery, CommandStudyQueryVariables>;
export const CommandStudiesDocument = "query CommandStudies($first:Int!$after:String$where:StudyFilter){studies(first:$first after:$after where:$where){totalCount pageInfo{hasNextPage endCursor}nodes{slug title state experimentName experimentVersion progress{trials decided}}}}" as unknown as TypedDocument<CommandStudiesQuery, CommandStudiesQueryVariables>;
export const CommandPauseStudyDocument = "mutation CommandPauseStudy($studyId:ID!){managed:pauseStudy(studyId:$studyId){__typename ...on Study{slug state}...on Failure{message}}}" as unknown as TypedDocument<CommandPauseStudyMutation, CommandPauseStudyMutationVariables>;
export const CommandResumeStudyDocument = "mutation CommandResumeStudy($studyId:ID!){managed:resumeStudy(studyId:$studyId){__typename ...on Study{slug state}...on Failure{message}}}" as unknown as TypedDocument<CommandResumeStudyMutation, CommandResumeStudyMutationVariables>;
export const CommandCommonsDocument = "query CommandCommons{commons{trials decidedTrials validFlops activity(first:1){study{slug}trialCount progress}}}" as unknown as TypedDocument<CommandCommonsQuery, CommandCommonsQueryVariables>;
export const ContributorsPageDocument = "query ContributorsPage($first:Int$after:String$last:Int$before:String){viewer{id name isAnonymous contribution{...ContributionFigures}}commons{volunteers results validFlops}contributors(first:$first after:$after last:$last before:$before){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor}edges{cursor node{id name isAnonymous createdAt contribution{...ContributionFigures}}}}}fragment ContributionFigures on Contribution{hosts validResults pendingResults invalidResults validFlops}" as unknown as TypedDocument<ContributorsPageQuery, ContributorsPageQueryVariables>;
export const ContributorPageDocument = "query ContributorPage($id:ID!){viewer{id}node(id:$id){__typename ...on Volunteer{id name isAnonymous createdAt contribution{...ContributionFigures}hosts(first:50){totalCount nodes{...HostRow}}studies(first:50){totalCount nodes{id slug title state progress{slug trials decided fraction}}}}}}fragment ContributionFigures on Contribution{hosts validResults pendingResults invalidResults validFlops}fragment HostRow on Host{id name kind backend gpuVendor gpuArchitecture gpuDescription engine flopsPerSecond trusted validResults invalidResults validFlops lastSeenAt active volunteer{id name}}" as unknown as TypedDocument<ContributorPageQuery, ContributorPageQueryVariables>;
export const RenameContributorDocument = "mutation RenameContributor($name:String!){renameVolunteer(name:$name){__typename ...on Volunteer{id name}...on InvalidInput{message issues{path message}}...on Failure{message}}}" as unknown as TypedDocument<RenameContributorMutation, RenameContributorMutationVariables>;
export const HomeDocument = "query Home{commons{...CommonsFigures}studies(first:3 where:{state:[ACTIVE FINISHED PAUSED]}orderBy:{field:PUBLISHED_AT direction:DESC}){totalCount nodes{...StudyCard}}candidates:studies(first:3 where:{state:[ACTIVE FINISHED PAUSED]}orderBy:{field:PROGRESS direction:DESC}){nodes{id slug title axes{param values}progress{decided trials fraction}experiment{...ExperimentFigures}theory{key theory{exponents}}}}}fragment CommonsFigures on Commons{studies trials decidedTrials results volunteers hosts activeHosts validFlops activity(first:50){id hostId hostName backend trialCount progress grantedAt study{id slug title}}}fragment StudyCard on Study{id slug title question family experimentName experimentVersion state createdAt publishedAt experiment{id paramsSchema}axes{param values}progress{...ProgressFigures}}fragment ProgressFigures on StudyProgress{slug state revision trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction}fragment ExperimentFigures on Experiment{id name version title summary paramsSchema metrics{name label help unit direction scale perLayer tolerance{absolute relative}}series{name label unit scale}view{x y color tune}}" as unknown as TypedDocument<HomeQuery, HomeQueryVariables>;
export const CommonsNowDocument = "query CommonsNow{commons{...CommonsFigures}}fragment CommonsFigures on Commons{studies trials decidedTrials results volunteers hosts activeHosts validFlops activity(first:50){id hostId hostName backend trialCount progress grantedAt study{id slug title}}}" as unknown as TypedDocument<CommonsNowQuery, CommonsNowQueryVariables>;
export const CommonsLiveDocument = "subscription CommonsLive{commons{...CommonsFigures}}fragment CommonsFigures on Commons{studies trials decidedTrials results volunteers hosts activeHosts validFlops activity(first:50){id hostId hostName backend trialCount progress grantedAt study{id slug title}}}" as unknown as TypedDocument<CommonsLiveSubscription, CommonsLiveSubscriptionVariables>;
export const HostsPageDocument = "query HostsPage($first:Int$after:String$last:Int$before:String$where:HostFilter$orderBy:HostOrder){commons{hosts activeHosts volunteers validFlops}hosts(first:$first after:$after last:$last before:$before where:$where orderBy:$orderBy){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor}nodes{...HostRow}}}fragment HostRow on Host{id name kind backend gpuVendor gpuArchitecture gpuDescription engine flopsPerSecond trusted validResults invalidResults validFlops lastSeenAt active volunteer{id name}}" as unknown as TypedDocument<HostsPageQuery, HostsPageQueryVariables>;
export const HostPageDocument = "query HostPage($id:ID!){node(id:$id){__typename ...on Host{...HostRow numericsClass createdAt}}}fragment HostRow on Host{id name kind backend gpuVendor gpuArchitecture gpuDescription engine flopsPerSecond trusted validResults invalidResults validFlops lastSeenAt active volunteer{id name}}" as unknown as TypedDocument<HostPageQuery, HostPageQueryVariables>;
export const HostResultsDocument = "query HostResults($host:ID!$first:Int$after:String$last:Int$before:String){results(first:$first after:$after last:$last before:$before where:{host:$host verdict:[PENDING VALID INVALID INCONCLUSIVE LATE]}orderBy:{field:CREATED_AT direction:DESC}){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor}nodes{id seed outcome verdict canonical elapsedMs flops createdAt params trial{id digest}study{id slug title axes{param}experiment{id paramsSchema}}}}}" as unknown as TypedDocument<HostResultsQuery, HostResultsQueryVariables>;
export const NewStudyExperimentsDocument = "query NewStudyExperiments{experiments{id name version family title summary paramsSchema view{x y color tune}}}" as unknown as TypedDocument<NewStudyExperimentsQuery, NewStudyExperimentsQueryVariables>;
export const NewStudySourceDocument = "query NewStudySource($slug:String!){study(slug:$slug){id slug title question description state experimentName experimentVersion sweeps quorum license viewerCanManage}}" as unknown as TypedDocument<NewStudySourceQuery, NewStudySourceQueryVariables>;
export const NewStudyQuoteDocument = "query NewStudyQuote($experiment:String!$sweep:JSON!$quorum:Int){quote(experiment:$experiment sweep:$sweep quorum:$quorum){__typename ...on StudyQuote{trials adoptable workUnits flops volunteerHours assumedFlopsPerSecond peakBytes largestBufferBytes downloadBytes warnings}...on InvalidInput{message issues{path message}}...on NotFound{message}}}" as unknown as TypedDocument<NewStudyQuoteQuery, NewStudyQuoteQueryVariables>;
export const CreateStudyDraftDocument = "mutation CreateStudyDraft($input:StudyInput!){createStudy(input:$input){__typename ...on Study{id slug}...on InvalidInput{message issues{path message}}...on Failure{message}}}" as unknown as TypedDocument<CreateStudyDraftMutation, CreateStudyDraftMutationVariables>;
export const PublishStudyDraftDocument = "mutation PublishStudyDraft($studyId:ID!){publishStudy(studyId:$studyId){__typename ...on Study{id slug}...on InvalidInput{message issues{path message}}...on Failure{message}}}" as unknown as TypedDocument<PublishStudyDraftMutation, PublishStudyDraftMutationVariables>;
export const ExtendPublishedStudyDocument = "mutation ExtendPublishedStudy($studyId:ID!$sweep:JSON!){extendStudy(studyId:$studyId sweep:$sweep){__typename ...on Study{id slug}...on InvalidInput{message issues{path message}}...on Failure{message}}}" as unknown as TypedDocument<ExtendPublishedStudyMutation, ExtendPublishedStudyMutationVariables>;
export const StudyListDocument = "query StudyList($first:Int$after:String$last:Int$before:String$where:StudyFilter$orderBy:StudyOrder){studies(first:$first after:$after last:$last before:$before where:$where orderBy:$orderBy){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor}nodes{...StudyCard}}experiments{id family}}fragment StudyCard on Study{id slug title question family experimentName experimentVersion state createdAt publishedAt experiment{id paramsSchema}axes{param values}progress{...ProgressFigures}}fragment ProgressFigures on StudyProgress{slug state revision trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction}" as unknown as TypedDocument<StudyListQuery, StudyListQueryVariables>;
export const StudyPageDocument = "query StudyPage($slug:String!){study(slug:$slug){...StudyCard description license digest quorum maxResults revision sweeps viewerCanManage createdBy{id name isAnonymous}experiment{...ExperimentFigures}decisions(first:12){totalCount pageInfo{hasNextPage endCursor}nodes{id revision kind digest createdAt trial{id digest}}}}}fragment StudyCard on Study{id slug title question family experimentName experimentVersion state createdAt publishedAt experiment{id paramsSchema}axes{param values}progress{...ProgressFigures}}fragment ProgressFigures on StudyProgress{slug state revision trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction}fragment ExperimentFigures on Experiment{id name version title summary paramsSchema metrics{name label help unit direction scale perLayer tolerance{absolute relative}}series{name label unit scale}view{x y color tune}}" as unknown as TypedDocument<StudyPageQuery, StudyPageQueryVariables>;
export const StudyTheoryDocument = "query StudyTheory($slug:String!$groupBy:[String!]!){study(slug:$slug){id theory(groupBy:$groupBy){key theory{...TheoryFigures}}}}fragment TheoryFigures on Theory{verdict summary assumptions exponents detail}" as unknown as TypedDocument<StudyTheoryQuery, StudyTheoryQueryVariables>;
export const StudyMetricNamesDocument = "query StudyMetricNames($slug:String!$first:Int!){study(slug:$slug){id early:results(first:$first where:{outcome:[SUCCEEDED]}){nodes{metrics{name}}}late:results(last:$first where:{outcome:[SUCCEEDED]}){nodes{metrics{name}}}}}" as unknown as TypedDocument<StudyMetricNamesQuery, StudyMetricNamesQueryVariables>;
export const StudyGroupsDocument = "query StudyGroups($slug:String!$where:ResultFilter$groupBy:[String!]!$metrics:[String!]!){study(slug:$slug){id resultGroups(where:$where groupBy:$groupBy metrics:$metrics){key count diverged statistics{metric count mean standardDeviation confidenceLow confidenceHigh min max}}}}" as unknown as TypedDocument<StudyGroupsQuery, StudyGroupsQueryVariables>;
export const StudyResultsDocument = "query StudyResults($slug:String!$first:Int$after:String$last:Int$before:String$where:ResultFilter$orderBy:ResultOrder){study(slug:$slug){id results(first:$first after:$after last:$last before:$before where:$where orderBy:$orderBy){totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor}nodes{id params seed outcome verdict backend divergedAtStep elapsedMs host{id name}trial{id digest}metrics{name value}}}}}" as unknown as TypedDocument<StudyResultsQuery, StudyResultsQueryVariables>;
export const StudyCurvesDocument = "query StudyCurves($slug:String!$first:Int!$where:ResultFilter$names:[String!]){study(slug:$slug){id results(first:$first where:$where){totalCount nodes{id params seed outcome divergedAtStep trial{id digest}curves(names:$names){name steps values}}}}}" as unknown as TypedDocument<StudyCurvesQuery, StudyCurvesQueryVariables>;
export const StudyHistoryDocument = "query StudyHistory($slug:String!$first:Int!$after:String){study(slug:$slug){id slug title decisions(first:$first after:$after){totalCount pageInfo{hasNextPage endCursor}nodes{id revision kind digest createdAt trial{id digest params seed}}}}}" as unknown as TypedDocument<StudyHistoryQuery, StudyHistoryQueryVariables>;
export const TrialPageDocument = "query TrialPage($slug:String!$digest:String!){study(slug:$slug){id slug title quorum axes{param values}experiment{...ExperimentFigures}trials(first:1 where:{digest:[$digest]}){nodes{id digest params seed state adopted decidedRevision flops theory{...TheoryFigures}replicas{id outcome verdict canonical divergedAtStep error backend numericsClass elapsedMs flops createdAt decidedAt host{id name gpuDescription engine trusted}volunteer{id name}metrics{name value}curves{name steps values}}}}}}fragment ExperimentFigures on Experiment{id name version title summary paramsSchema metrics{name label help unit direction scale perLayer tolerance{absolute relative}}series{name label unit scale}view{x y color tune}}fragment TheoryFigures on Theory{verdict summary assumptions exponents detail}" as unknown as TypedDocument<TrialPageQuery, TrialPageQueryVariables>;
export const PublishStudyDocument = "mutation PublishStudy($studyId:ID!){publishStudy(studyId:$studyId){__typename ...on Study{id slug}...on Failure{message}}}" as unknown as TypedDocument<PublishStudyMutation, PublishStudyMutationVariables>;
export const PauseStudyDocument = "mutation PauseStudy($studyId:ID!){pauseStudy(studyId:$studyId){__typename ...on Study{id slug}...on Failure{message}}}" as unknown as TypedDocument<PauseStudyMutation, PauseStudyMutationVariables>;
export const ResumeStudyDocument = "mutation ResumeStudy($studyId:ID!){resumeStudy(studyId:$studyId){__typename ...on Study{id slug}...on Failure{message}}}" as unknown as TypedDocument<ResumeStudyMutation, ResumeStudyMutationVariables>;
export const StudyProgressNowDocument = "query StudyProgressNow($slug:String!){study(slug:$slug){id progress{...ProgressFigures}}}fragment ProgressFigures on StudyProgress{slug state revision trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction}" as unknown as TypedDocument<StudyProgressNowQuery, StudyProgressNowQueryVariables>;
export const StudyProgressLiveDocument = "subscription StudyProgressLive($slug:String!){studyProgress(slug:$slug){...ProgressFigures}}fragment ProgressFigures on StudyProgress{slug state revision trials decided valid diverged nondeterministic failed adopted pendingResults activeLeases flops decidedFlops fraction}" as unknown as TypedDocument<StudyProgressLiveSubscription, StudyProgressLiveSubscriptionVariables>;
export const VolunteerPageDocument = "query VolunteerPage{viewer{id name contribution{...ContributionFigures}}studies(first:50 where:{state:[ACTIVE]}orderBy:{field:PUBLISHED_AT direction:DESC}){nodes{id slug title question family progress{slug trials decided fraction}}}experiments{id name version series{label unit scale}}}fragment ContributionFigures on Contribution{hosts validResults pendingResults invalidResults validFlops}" as unknown as TypedDocument<VolunteerPageQuery, VolunteerPageQueryVariables>;
export const VolunteerStudyDocument = "query VolunteerStudy($slug:String!){study(slug:$slug){id slug title state progress{slug trials decided fraction}}}" as unknown as TypedDocument<VolunteerStudyQuery, VolunteerStudyQueryVariables>;
export const VolunteerCreditDocument = "query VolunteerCredit{viewer{id name contribution{...ContributionFigures}}}fragment ContributionFigures on Contribution{hosts validResults pendingResults invalidResults validFlops}" as unknown as TypedDocument<VolunteerCreditQuery, VolunteerCreditQueryVariables>;
export const RegisterHostDocument = "mutation RegisterHost($input:HostInput!){registerHost(input:$input){__typename ...on Host{id name trusted numericsClass}...on Failure{message}...on InvalidInput{issues{path message}}...on ClientOutdated{expectedKernelDigest}}}" as unknown as TypedDocument<RegisterHostMutation, RegisterHostMutationVariables>;
export const LeaseWorkDocument = "mutation LeaseWork($input:LeaseWorkInput!){leaseWork(input:$input){...LeaseWorkAnswer}}fragment LeaseWorkAnswer on LeaseWorkResult{__typename ...on LeasedWork{leases{leaseId token reissueAt refuseAt serverTime experiment version packKey flops peakBytes datasets studySlug studyTitle trials{id params seed}}retryAfterSeconds reason}...on Failure{message}...on ClientOutdated{expectedKernelDigest}}" as unknown as TypedDocument<LeaseWorkMutation, LeaseWorkMutationVariables>;
export const ExtendLeaseDocument = "mutation ExtendLease($input:ExtendLeaseInput!){extendLease(input:$input){__typename ...on LeaseExtended{leaseId reissueAt refuseAt serverTime}...on Failure{message}}}" as unknown as TypedDocument<ExtendLeaseMutation, ExtendLeaseMutationVariables>;
export const ReleaseLeasesDocument = "mutation ReleaseLeases($leases:[LeaseKey!]!){releaseLeases(leases:$leases){__typename ...on LeaseReleased{leaseId}...on Failure{message}}}" as unknown as TypedDocument<ReleaseLeasesMutation, ReleaseLeasesMutationVariables>;
export const SubmitResultsDocument = "mutation SubmitResults($submissions:[Submission!]!){submitResults(submissions:$submissions){...SubmitAnswer}}fragment SubmitAnswer on SubmitResult{__typename ...on SubmissionAccepted{leaseId verdicts{trialId verdict trialState}}...on Failure{message}...on InvalidInput{issues{path message}}...on StaleLease{leaseId}}" as unknown as TypedDocument<SubmitResultsMutation, SubmitResultsMutationVariables>;
export const SubmitAndLeaseDocument = "mutation SubmitAndLease($submissions:[Submission!]!$lease:LeaseWorkInput!){submitAndLease(submissions:$submissions lease:$lease){submitted{...SubmitAnswer}leased{...LeaseWorkAnswer}}}fragment SubmitAnswer on SubmitResult{__typename ...on SubmissionAccepted{leaseId verdicts{trialId verdict trialState}}...on Failure{message}...on InvalidInput{issues{path message}}...on StaleLease{leaseId}}fragment LeaseWorkAnswer on LeaseWorkResult{__typename ...on LeasedWork{leases{leaseId token reissueAt refuseAt serverTime experiment version packKey flops peakBytes datasets studySlug studyTitle trials{id params seed}}retryAfterSeconds reason}...on Failure{message}...on ClientOutdated{expectedKernelDigest}}" as unknown as TypedDocument<SubmitAndLeaseMutation, SubmitAndLeaseMutationVariables>;
export const VolunteerViewerDocument = "query VolunteerViewer{viewer{id name isAnonymous contribution{hosts validResults pendingResults invalidResults validFlops}}}" as unknown as TypedDocument<VolunteerViewerQuery, VolunteerViewerQueryVariables>;