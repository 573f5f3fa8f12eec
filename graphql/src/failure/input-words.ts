/** As much of an issue of zod as its words need; what a kind of issue does not have is left out. */
interface Issue {
  readonly code?: string | undefined;
  readonly input?: unknown;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly keys?: unknown;
  readonly values?: unknown;
}

const wanted: Readonly<Record<string, string>> = {
  number: "Give a number.",
  int: "Give a whole number.",
  string: "Give a text.",
  boolean: "Give true or false.",
  array: "Give a list.",
  tuple: "Give a list.",
  object: "Give names with their values.",
  record: "Give names with their values.",
};

/**
 * What is wrong with an input, for a person, where its schema says nothing of its own: hand it to zod as `safeParse(raw, { error: inputWords })`.
 * Undefined where zod's own words have to do.
 */
export function inputWords(issue: Issue): string | undefined {
  const { code, expected, keys, values } = issue;
  if (code === "invalid_type") return issue.input === undefined ? "This is missing." : wanted[String(expected)];
  if (code === "too_small") return bound(issue, issue.minimum, issue.inclusive === false ? "More than" : "At least");
  if (code === "too_big") return bound(issue, issue.maximum, issue.inclusive === false ? "Less than" : "At most");
  if (code === "unrecognized_keys" && Array.isArray(keys)) return `There is no ${quoted(keys)} here.`;
  if (code === "invalid_key") return "A name here has 1 to 100 characters.";
  if (code === "invalid_value" && Array.isArray(values)) return `Give one of ${quoted(values)}.`;
  return undefined;
}

function bound({ origin }: Issue, limit: unknown, words: string): string {
  const of = origin === "string" ? " characters" : origin === "array" ? " values" : "";
  return `${words} ${typeof limit === "number" ? limit.toLocaleString("en") : limit}${of}.`;
}

function quoted(items: readonly unknown[]): string {
  return items
    .slice(0, 20)
    .map((item) => JSON.stringify(item))
    .join(", ");
}
