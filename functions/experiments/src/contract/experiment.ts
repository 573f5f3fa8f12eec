import type { z } from "zod";

/** The light half of an experiment: everything that the server, the forms and the leasing need. Never imports tfjs. */
export interface ExperimentDefinition<Schema extends z.ZodObject = z.ZodObject> {
  /** `<family>.<name>`, for example `feature-learning.mlp`. */
  readonly id: string;
  /** Raised whenever the same params and seed would give other numbers. */
  readonly version: number;
  readonly family: Family;
  readonly title: string;
  /** One paragraph for people. */
  readonly summary: string;
  /** Every field carries `.meta({ title, description, unit? })` and a default where one is sensible. */
  readonly params: Schema;
  readonly metrics: readonly Metric[];
  readonly series: readonly Series[];
  /** How a study of this experiment is drawn when nobody chose otherwise. */
  readonly view: DefaultView;
  /** Whether a trial with these params reports the metric; left out: every trial reports all. */
  reports?(params: z.output<Schema>, metric: string): boolean;
  /** How far a trial's reports may reach; left out: as far as the server takes them. */
  extent?(params: z.output<Schema>): Extent;
  /** Most trials that may share one program. */
  readonly maxPack: number;
  /** Trials with equal keys can run in one program; it names all params that fix shapes. */
  packKey(params: z.output<Schema>): string;
  /** Cost of running these trials as one pack. They share a pack key and are not empty. */
  cost(pack: readonly z.output<Schema>[]): Cost;
  /** Ids of the datasets that a trial reads, see `@widefield/datasets`. */
  datasets(params: z.output<Schema>): readonly string[];
  /** What infinite-width theory says of this configuration; null where it is silent. */
  theory(params: z.output<Schema>): Theory | null;
}

export interface Extent {
  /** Steps of a whole run. */
  readonly steps: number;
  /** Most points of one of its curves. */
  readonly points: number;
}

export type Family = "feature-learning" | "tiny-nets" | "wide-deep" | "mri-artefacts";

export interface Metric {
  /** Stored name. A per-layer metric is stored as `<name>.<l>`, l = 1, 2, … */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** "" for a pure number. */
  readonly unit: string;
  readonly direction: "minimize" | "maximize" | "none";
  readonly scale: "log" | "linear";
  readonly perLayer: boolean;
  /** Replicas agree when |a − b| ≤ absolute + relative·max(|a|, |b|). Null: reported, never compared (timings). */
  readonly tolerance: Tolerance | null;
}

export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/** A quantity recorded along the run, against the number of training steps done. */
export interface Series {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly scale: "log" | "linear";
  /**
   * The metric that the last point of a run that succeeded is, if any; of a per-layer metric the last layer's. A curve that does not end there is
   * refused: metrics are compared between replicas, curves are not.
   */
  readonly endsIn?: string;
}

/** Names of params and metrics. */
export interface DefaultView {
  readonly x: string;
  readonly y: string;
  readonly color: string;
  /** The param whose best value is sought at each x ("learningRate"), if any. */
  readonly tune: string | null;
}

export interface Cost {
  /** Floating-point operations, a fused multiply-add counted as two. */
  readonly flops: number;
  /** Most bytes held at once: on the device, and of data in the host's own memory. */
  readonly peakBytes: number;
  /** Bytes of the largest single buffer. */
  readonly largestBufferBytes: number;
  /** Bytes of data to fetch, uncompressed. */
  readonly downloadBytes: number;
}

export interface Theory {
  /** One word for a badge: "unstable", "trivial", "kernel", "feature". */
  readonly verdict: string;
  /** One or two sentences for people. */
  readonly summary: string;
  /** Quantities that scale as n^exponent, by metric name (`featureMovement.1`). */
  readonly exponents: Readonly<Record<string, number>>;
  /** What the theorem assumes, and whether this configuration meets it. */
  readonly assumptions: string;
  /** Everything else, for the API: inequalities with their values, r_l, … JSON-safe. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** One configuration and one seed. */
export interface TrialSpec<Params = unknown> {
  readonly params: Params;
  /** 0 ≤ seed < 2^31. */
  readonly seed: number;
}
