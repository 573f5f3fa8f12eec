import { sweepSchema } from "@widefield/graphql/sweep/sweep";
import type { Ladder } from "../chart/ladder.ts";
import type { Subject } from "../chart/view.ts";

/** The ladder of a study's tuned param; null where its values are drawn at random, each for a few trials only: there none is missing. */
export function tunedLadder(
  { sweeps, progress }: { readonly sweeps: readonly unknown[]; readonly progress: { readonly fraction: number } },
  { axes }: Pick<Subject, "axes">,
  tune: string,
): Ladder | null {
  const values = axes.find(({ param }) => param === tune)?.values;
  if (!values || sweeps.some((sweep) => isDrawn(sweep, tune))) return null;
  return { values, finished: progress.fraction >= 1 };
}

function isDrawn(sweep: unknown, param: string): boolean {
  const read = sweepSchema.safeParse(sweep);
  return read.success && read.data.random !== undefined && param in read.data.random.params;
}
