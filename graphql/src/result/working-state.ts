import type { ExperimentDefinition } from "@widefield/experiments/contract/experiment";
import { agrees } from "../decision/agreement.ts";
import { decide, judge, type Verdicts } from "../decision/decide.ts";
import type { StoredReplica, SubmissionState, TrialState } from "./submission-state.ts";
import type { HostCredit, SubmissionWrites, TrialChange } from "./submission-writes.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type GivenVerdict = "PENDING" | "VALID" | "INVALID" | "INCONCLUSIVE" | "LATE";

/** The trials of one call while its replicas are taken in one by one; pure apart from itself. */
export class WorkingState {
  readonly #newId: () => string;
  readonly #definitionOf: (studyId: string) => ExperimentDefinition | undefined;
  readonly #trials: Map<string, Writable<TrialState>>;
  readonly #replicas = new Map<string, StoredReplica[]>();
  readonly #canonicals: Map<string, StoredReplica>;
  readonly #known: ReadonlyMap<string, string>;
  readonly #policies: SubmissionState["studies"];
  readonly #changes = new Map<string, TrialChange>();
  readonly #decisions = new Map<string, number>();
  readonly #verdicts = new Map<string, GivenVerdict>();
  readonly #credits = new Map<string, Writable<HostCredit>>();

  constructor(
    state: SubmissionState,
    definitionOf: (studyId: string) => ExperimentDefinition | undefined,
    newId: () => string,
  ) {
    this.#newId = newId;
    this.#definitionOf = definitionOf;
    this.#trials = new Map(state.trials.map((trial) => [trial.id, { ...trial }]));
    this.#canonicals = new Map(state.canonicals.map((replica) => [replica.id, replica]));
    this.#policies = state.studies;
    this.#known = new Map(state.known.map(({ trialId, canonicalId }) => [trialId, canonicalId]));
    for (const replica of state.replicas) this.#add(replica);
  }

  trial(id: string): Readonly<TrialState> | undefined {
    return this.#trials.get(id);
  }

  /** Whether this volunteer has answered the trial, under whatever lease. */
  hasAnswer(trialId: string, volunteerId: string): boolean {
    return (this.#replicas.get(trialId) ?? []).some((replica) => replica.volunteerId === volunteerId);
  }

  /** Takes in a new replica; what that decides, here and for those who ask the same elsewhere, is noted. */
  take(replica: StoredReplica): void {
    const trial = this.#trials.get(replica.trialId);
    const definition = trial && this.#definitionOf(trial.studyId);
    const policy = this.#policies.find((study) => study.id === trial?.studyId);
    if (!trial || !definition || !policy) throw new Error(`Trial ${replica.trialId} was not read.`);
    // Decided elsewhere at the very moment that this study was published: what publication missed is adopted now.
    const known = this.#canonicals.get(this.#known.get(trial.id) ?? "");
    if (trial.state === "PENDING" && known) this.#adoptOne(definition, trial, known);
    if (trial.state !== "PENDING") {
      this.#late(definition, trial, replica);
      return;
    }
    this.#add(replica);
    const replicas = this.#replicas.get(trial.id) ?? [];
    const decision = decide(definition, replicas, policy);
    if (decision.state === "PENDING") {
      trial.wanted = decision.wanted;
      this.#changes.set(trial.id, { ...change(trial), decision: null });
      this.#verdicts.set(replica.id, "PENDING");
      return;
    }
    this.#settle(trial, decision.verdicts);
    const canonicalId = decision.state === "VALID" ? decision.canonicalId : null;
    this.#end(trial, decision.state, canonicalId, decision.state === "VALID" ? "CANONICAL" : decision.state);
    const canonical = replicas.find(({ id }) => id === canonicalId);
    if (canonical) this.#adopt(definition, trial, canonical);
  }

  verdict(replicaId: string): GivenVerdict {
    return this.#verdicts.get(replicaId) ?? "PENDING";
  }

  /** What follows for the tables. @param fresh ids of replicas that this call brought: their verdicts are stored with them. */
  writes(
    leasedUnits: readonly string[],
    units: SubmissionState["units"],
    fresh: ReadonlySet<string>,
  ): Pick<SubmissionWrites, "units" | "verdicts" | "trials" | "hosts" | "studies"> {
    const touched = new Set(leasedUnits);
    for (const id of this.#changes.keys()) touched.add(this.#trials.get(id)?.unitId ?? "");
    return {
      units: units
        .filter(({ id }) => touched.has(id))
        .map(({ id, version }) => ({ id, version, wanted: this.#wanted(id) })),
      verdicts: [...this.#verdicts].filter(([id]) => !fresh.has(id)).map(([id, verdict]) => ({ id, verdict })),
      trials: [...this.#changes.values()],
      hosts: [...this.#credits.values()],
      studies: [...this.#decisions].map(([id, decided]) => ({ id, decided, finishedDecisionId: this.#newId() })),
    };
  }

  /** Replicas that a unit still wants: as many as the neediest of its trials. */
  #wanted(unitId: string): number {
    let wanted = 0;
    for (const trial of this.#trials.values()) {
      if (trial.unitId === unitId && trial.state === "PENDING") wanted = Math.max(wanted, trial.wanted);
    }
    return wanted;
  }

  /**
   * Pending trials of the same digest take the answer over, where no more had to agree on it; what their own replicas said is held against it.
   * The operator's answer suffices everywhere, a stranger's alone nowhere but in the study that asked for no more.
   */
  #adopt(definition: ExperimentDefinition, source: TrialState, canonical: StoredReplica): void {
    this.#canonicals.set(canonical.id, canonical);
    const agreed = canonical.trusted ? Number.POSITIVE_INFINITY : this.#quorum(source.studyId);
    for (const twin of this.#trials.values()) {
      const asksTheSame = twin.digest === source.digest && twin.state === "PENDING";
      if (asksTheSame && this.#quorum(twin.studyId) <= agreed) this.#adoptOne(definition, twin, canonical);
    }
  }

  #quorum(studyId: string): number {
    return this.#policies.find((study) => study.id === studyId)?.quorum ?? Number.POSITIVE_INFINITY;
  }

  #adoptOne(definition: ExperimentDefinition, trial: Writable<TrialState>, canonical: StoredReplica): void {
    const replicas = this.#replicas.get(trial.id) ?? [];
    this.#settle(
      trial,
      Object.fromEntries(replicas.map((replica) => [replica.id, judge(definition, canonical, replica)])),
    );
    this.#end(trial, "VALID", canonical.id, "ADOPTED");
  }

  /** The trial was decided while this host computed: its answer counts for the host, and for nothing else. */
  #late(definition: ExperimentDefinition, trial: TrialState, replica: StoredReplica): void {
    const canonical = this.#canonicals.get(trial.canonicalId ?? "");
    if (!canonical || replica.outcome === "FAILED") {
      this.#verdicts.set(replica.id, "INCONCLUSIVE");
      return;
    }
    const agreed = agrees(definition, canonical, replica);
    this.#verdicts.set(replica.id, agreed ? "LATE" : "INVALID");
    this.#credit(replica.hostId, agreed ? "VALID" : "INVALID", trial.flops);
  }

  #settle(trial: TrialState, verdicts: Verdicts): void {
    for (const replica of this.#replicas.get(trial.id) ?? []) {
      const verdict = verdicts[replica.id] ?? "INCONCLUSIVE";
      this.#verdicts.set(replica.id, verdict);
      this.#credit(replica.hostId, verdict, trial.flops);
    }
  }

  #end(
    trial: Writable<TrialState>,
    state: "VALID" | "NONDETERMINISTIC" | "FAILED",
    canonicalId: string | null,
    kind: NonNullable<TrialChange["decision"]>["kind"],
  ): void {
    Object.assign(trial, { state, canonicalId, wanted: 0 });
    const ordinal = (this.#decisions.get(trial.studyId) ?? 0) + 1;
    this.#decisions.set(trial.studyId, ordinal);
    this.#changes.set(trial.id, {
      ...change(trial),
      adopted: kind === "ADOPTED",
      decision: { id: this.#newId(), kind, ordinal },
    });
  }

  #credit(hostId: string, verdict: string, flops: number): void {
    if (verdict !== "VALID" && verdict !== "INVALID") return;
    const credit = this.#credits.get(hostId) ?? { id: hostId, valid: 0, invalid: 0, flops: 0 };
    this.#credits.set(hostId, credit);
    if (verdict === "VALID") {
      credit.valid += 1;
      credit.flops += flops;
    } else credit.invalid += 1;
  }

  #add(replica: StoredReplica): void {
    const known = this.#replicas.get(replica.trialId);
    if (known) known.push(replica);
    else this.#replicas.set(replica.trialId, [replica]);
  }
}

function change(trial: TrialState): Omit<TrialChange, "decision"> {
  const { id, studyId, state, wanted, canonicalId } = trial;
  return { id, studyId, state, wanted, canonicalId, adopted: false };
}
