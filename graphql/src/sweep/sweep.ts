import { z } from "zod";

/** Most trials that one sweep may ask for. */
export const maxTrialsPerSweep = 100_000;
/** Most values of one axis, and most explicit seeds. */
export const maxAxisValues = 10_000;
/** Seeds are 31-bit, so that every backend reads them as one word. */
export const maxSeed = 2 ** 31 - 1;

const positive = z.number().gt(0);
const paramName = z.string().min(1).max(100);
const values = z.array(z.json()).min(1, "Give at least one value.").max(maxAxisValues);

const ladder = z
  .strictObject({
    from: positive.meta({ description: "First value." }),
    to: positive.meta({ description: "Last value at most." }),
    factor: z.number().gt(1).max(1024).default(2).meta({ description: "Each value is the one before times this." }),
  })
  .refine((it) => it.to >= it.from, { path: ["to"], error: "A ladder climbs: to must be at least from." });

const geometric = z
  .strictObject({
    from: positive.meta({ description: "First value." }),
    to: positive.meta({ description: "Last value." }),
    count: z.int().min(2).max(maxAxisValues).meta({ description: "How many values, both ends included." }),
  })
  .refine((it) => it.to !== it.from, { path: ["to"], error: "Both ends are the same." });

const axis = z
  .union(
    [
      values
        .refine((it) => repeated(it) === undefined, { error: ({ input }) => twice(input) })
        .meta({ title: "Values", description: "The values, in order." }),
      z
        .strictObject({ ladder })
        .meta({ title: "Ladder", description: "from, from·factor, … up to `to`: widths in octaves." }),
      z
        .strictObject({ geometric })
        .meta({ title: "Geometric", description: "Values evenly spaced on a log axis, rounded to 6 digits." }),
    ],
    {
      error: (issue) => axisMessage(issue.input),
    },
  )
  .meta({ title: "Axis" });

const range = z.tuple([z.number(), z.number()]);
const draw = z
  .union(
    [
      z.strictObject({ logUniform: range }).meta({ title: "Log-uniform", description: "Uniform on a log axis." }),
      z.strictObject({ uniform: range }).meta({ title: "Uniform" }),
      z.strictObject({ choice: values }).meta({ title: "Choice", description: "Each value equally likely." }),
    ],
    { error: "A drawn param is { logUniform: [low, high] }, { uniform: [low, high] } or { choice: [values] }." },
  )
  .superRefine((it, context) => {
    const refuse = (message: string): void => context.addIssue({ code: "custom", message });
    if ("logUniform" in it && !(it.logUniform[0] > 0 && it.logUniform[1] > it.logUniform[0])) {
      refuse("logUniform needs 0 < low < high.");
    }
    if ("uniform" in it && !(it.uniform[1] > it.uniform[0])) refuse("uniform needs low < high.");
  });

const seed = z.int().min(0).max(maxSeed);

/** The rule that expands a study into trials: (grid × random draws) × seeds. Order is meaning: the last axis varies fastest, seeds faster still. */
export const sweepSchema = z
  .strictObject({
    fixed: z
      .record(paramName, z.json())
      .default({})
      .meta({ title: "Fixed", description: "Params that are equal in all trials." }),
    axes: z
      .record(paramName, axis)
      .default({})
      .meta({ title: "Axes", description: "The grid: the product of all axes, the last one varying fastest." }),
    random: z
      .strictObject({
        count: z.int().min(1).max(maxTrialsPerSweep).meta({ description: "Draws; each is a cell, times the grid." }),
        seed: seed.default(0).meta({ description: "The same seed draws the same values." }),
        params: z.record(paramName, draw),
      })
      .refine((it) => Object.keys(it.params).length > 0, { path: ["params"], error: "Name at least one drawn param." })
      .optional()
      .meta({ title: "Random search" }),
    seeds: z
      .union(
        [
          z.int().min(1, "At least one seed.").max(maxTrialsPerSweep, `At most ${maxTrialsPerSweep} seeds.`),
          z
            .array(seed)
            .min(1, "Give at least one seed.")
            .max(maxAxisValues)
            .refine((it) => repeated(it) === undefined, { error: ({ input }) => twice(input) }),
        ],
        {
          error: `seeds is a number of seeds (1 to ${maxTrialsPerSweep}: 0, 1, 2, …), or a list of whole numbers from 0 to ${maxSeed}.`,
        },
      )
      .default(1)
      .meta({ title: "Seeds", description: "n for the seeds 0 to n−1, or the seeds themselves." }),
  })
  .superRefine(checkNames)
  .meta({
    title: "Sweep",
    description: `Expands into at most ${maxTrialsPerSweep.toLocaleString("en")} trials.`,
  });

/** A sweep after defaults. */
export type Sweep = z.output<typeof sweepSchema>;
export type Axis = Sweep["axes"][string];
export type Draw = NonNullable<Sweep["random"]>["params"][string];
/** Any JSON value. */
export type Json = z.output<ReturnType<typeof z.json>>;

function checkNames(
  sweep: { fixed: object; axes: object; random?: { params: object } | undefined },
  context: z.RefinementCtx,
): void {
  const drawn = Object.keys(sweep.random?.params ?? {});
  for (const name of Object.keys(sweep.axes)) {
    if (Object.hasOwn(sweep.fixed, name))
      context.addIssue({ code: "custom", path: ["axes", name], message: `"${name}" is fixed too: leave one out.` });
  }
  for (const name of drawn) {
    const fixed = Object.hasOwn(sweep.fixed, name);
    if (fixed || Object.hasOwn(sweep.axes, name)) {
      const path = ["random", "params", name];
      context.addIssue({
        code: "custom",
        path,
        message: `"${name}" is ${fixed ? "fixed" : "an axis"} too: leave one out.`,
      });
    }
  }
}

/** The first value that stands a second time, as JSON: its trials would be kept once, and the sweep be smaller than it says. */
function repeated(items: readonly unknown[]): string | undefined {
  const seen = new Set<string>();
  return items.map((item) => JSON.stringify(item)).find((text) => seen.size === seen.add(text).size);
}

function twice(input: unknown): string {
  const text = Array.isArray(input) ? (repeated(input) ?? "") : "";
  return `${text.slice(0, 100)} stands here twice: leave one out.`;
}

function axisMessage(input: unknown): string {
  if (Array.isArray(input))
    return input.length === 0 ? "An axis needs at least one value." : `At most ${maxAxisValues} values.`;
  return "An axis is a list of values, { ladder: { from, to, factor } } with 0 < from ≤ to and factor > 1, or { geometric: { from, to, count } } with positive ends and count ≥ 2.";
}
