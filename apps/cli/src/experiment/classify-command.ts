import { type Command, Option } from "commander";
import { numberList, wholeNumber } from "../argument/number-argument.ts";
import { usageFailure } from "../failure/command-failure.ts";
import { printAnswer } from "../terminal/answer.ts";
import { formatNumber, formatTable } from "../terminal/table.ts";

interface ClassifyOptions {
  readonly point?: string;
  readonly layers: number;
  readonly a?: number[];
  readonly b?: number[];
  readonly c?: number[];
  readonly d?: number[];
  readonly optimizer: "sgd" | "adam";
  readonly json?: boolean;
}

export function addClassifyCommand(program: Command): void {
  program
    .command("classify")
    .description("say what infinite-width theory makes of a parametrization: unstable, trivial, kernel or feature")
    .option("--point <name>", "mup, sp, ntp, mfp or up:<s>")
    .addOption(
      new Option("--layers <L>", "hidden layers; there are L+1 weight matrices")
        .argParser(wholeNumber(1, 1000))
        .makeOptionMandatory(),
    )
    .option("--a <list>", "L+1 exponents: W = n^-a w; write --a=-0.5,0,0.5", numberList)
    .option("--b <list>", "L+1 exponents: w starts with deviation n^-b", numberList)
    .option("--c <number>", "the learning rate is η n^-c; for Adam also L+1 of them", numberList)
    .option("--d <list>", "L+1 exponents, for Adam: it sees gradients times n^d", numberList)
    .addOption(new Option("--optimizer <name>", "which theorem applies").choices(["sgd", "adam"]).default("sgd"))
    .option("--json", "one JSON object with everything: r per layer, every inequality with its value")
    .addHelpText(
      "after",
      "\nExamples:\n  widefield classify --point mup --layers 2\n  widefield classify --a=-0.5,0,0.5 --b=0.5,0.5,0.5 --c=0 --layers=2 --json",
    )
    .action(async (options: ClassifyOptions) => {
      const found = await classifyWith(options);
      printAnswer(found, { json: options.json ?? false, text: () => describeFound(found) });
    });
}

type Found = Awaited<ReturnType<typeof classifyWith>>;

async function classifyWith(options: ClassifyOptions) {
  const { ExperimentError } = await import("@widefield/experiments/contract/program");
  try {
    return options.optimizer === "adam" ? await classifyAdam(options) : await classifySgd(options);
  } catch (error) {
    if (error instanceof ExperimentError) throw usageFailure(error.message);
    throw error;
  }
}

async function classifySgd({ point, layers, a, b, c, d }: ClassifyOptions) {
  const { classify } = await import("@widefield/experiments/feature-learning/classify");
  if (d) throw usageFailure("--d counts under Adam only; add --optimizer adam.");
  if (point !== undefined) {
    if (a || b || c) throw usageFailure("Give either --point or --a, --b and --c, not both.");
    return classify(point, layers);
  }
  if (!a || !b || !c) throw usageFailure("Give --point, or all of --a, --b and --c.");
  const [single, ...more] = c;
  if (single === undefined || more.length > 0) throw usageFailure("Under SGD --c is one number.");
  return classify({ a, b, c: single }, layers);
}

async function classifyAdam({ point, layers, a, b, c, d }: ClassifyOptions) {
  const { classifyAdaptive } = await import("@widefield/experiments/feature-learning/classify-adaptive");
  const { abcdOf, faithfulD, namedAdaptivePoints } = await import(
    "@widefield/experiments/feature-learning/abcd-parametrization"
  );
  if (point !== undefined) {
    if (a || b || c || d) throw usageFailure("Give either --point or the exponents, not both.");
    const named = namedAdaptivePoints.find((known) => known === point);
    if (!named) throw usageFailure(`For Adam --point is one of ${namedAdaptivePoints.join(", ")}, not "${point}".`);
    return classifyAdaptive(abcdOf(named, layers), layers);
  }
  if (!a || !b || !c) throw usageFailure("Give --point, or all of --a, --b and --c.");
  const [single, ...more] = c;
  const perLayer = single !== undefined && more.length === 0 ? a.map(() => single) : c;
  return classifyAdaptive({ a, b, c: perLayer, d: d ?? faithfulD(a, b) }, layers);
}

function describeFound(found: Found): string {
  const rows = found.inequalities.map(({ text, needs, value, holds }) => [
    text,
    formatNumber(value),
    holds ? "holds" : "does not hold",
    needs === "stable" ? "for stable" : "one of these for nontrivial",
  ]);
  const layers = found.rByLayer.map((r, index) => `r_${index + 1} = ${formatNumber(r)}`).join(", ");
  return [
    `${found.verdict}, r = ${formatNumber(found.r)}`,
    layers,
    "",
    formatTable(["condition", "value", "", ""], rows),
    "",
    found.assumptions,
  ].join("\n");
}
