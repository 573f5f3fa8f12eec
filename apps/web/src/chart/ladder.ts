/** The values of a tuned param that a study tries, in order; finished once no more results will come. */
export interface Ladder {
  readonly values: readonly unknown[];
  readonly finished: boolean;
}

export type LadderEnd = "smallest" | "largest";

/** At which end of the ladder a value lies: a best found there says only where the search stopped. Names have no ends. */
export function ladderEnd({ values }: Ladder, value: unknown): LadderEnd | null {
  const sorted = values.filter((one) => typeof one === "number").sort((a, b) => a - b);
  if (sorted.length < 2 || sorted.length < values.length) return null;
  if (value === sorted[0]) return "smallest";
  return value === sorted.at(-1) ? "largest" : null;
}

/** "2 of 7 values so far"; null where nothing is missing. */
export function missingInWords({ values, finished }: Ladder, tried: number): string | null {
  return finished || tried >= values.length ? null : `${tried} of ${values.length} values so far`;
}

/** A line whose best lies at an end of the ladder, named as a reader would: "SP at width 1024". */
export interface EndedLine {
  readonly line: string;
  readonly end: LadderEnd;
}

const mostNamed = 3;

/** "The best of SP at width 1024 is the largest learning rate tried: the true best may lie beyond." Empty where no line ends so. */
export function endsInWords(lines: readonly EndedLine[], tuned: string): string {
  const ends = [...new Set(lines.map(({ end }) => end))];
  return ends.map((end) => sentenceOf(namesAt(lines, end), end, tuned)).join(" ");
}

function sentenceOf(names: readonly string[], end: LadderEnd, tuned: string): string {
  const named = names.length > mostNamed ? names.slice(0, mostNamed - 1) : names;
  const others = names.length - named.length;
  const listed = [...named, ...(others > 0 ? [`${others} more lines`] : [])];
  const subject = [listed.slice(0, -1).join(", "), listed.at(-1) ?? ""].filter(Boolean).join(" and ");
  return `The best of ${subject} is the ${end} ${tuned} tried: the true best may lie beyond.`;
}

function namesAt(lines: readonly EndedLine[], end: LadderEnd): string[] {
  return [...new Set(lines.filter((one) => one.end === end).map(({ line }) => line))];
}
