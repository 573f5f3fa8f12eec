import { formatParam } from "../format/number.ts";

/** Names and units of an experiment's params, from its JSON Schema. */
export interface ParamTitle {
  readonly title: string;
  readonly unit: string;
  readonly help: string;
}

/** What to call a param on screen. Dotted paths and unknown names stand for themselves. */
export function paramTitle(paramsSchema: unknown, param: string): ParamTitle {
  if (param === "seed") return { title: "Seed", unit: "", help: "Chooses every random number of a trial." };
  const schema = propertyOf(propertyOf(paramsSchema, "properties"), param);
  const text = (name: string) => {
    const value = propertyOf(schema, name);
    return typeof value === "string" ? value : "";
  };
  return { title: text("title") || param, unit: text("unit"), help: text("description") };
}

/** The values that a param may take, in the order in which its schema lists them; none where it takes any. */
export function paramOptions(paramsSchema: unknown, param: string): readonly unknown[] {
  const listed = propertyOf(propertyOf(propertyOf(paramsSchema, "properties"), param), "enum");
  return Array.isArray(listed) ? listed : [];
}

/** The params of an experiment, in the order in which its schema lists them. */
export function paramNames(paramsSchema: unknown): readonly string[] {
  const properties = propertyOf(paramsSchema, "properties");
  return properties !== null && typeof properties === "object" ? Object.keys(properties) : [];
}

/** The value of a param that is left out; undefined where its schema gives none. */
export function defaultOf(paramsSchema: unknown, param: string): unknown {
  return propertyOf(propertyOf(propertyOf(paramsSchema, "properties"), param), "default");
}

function propertyOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** A title within a sentence: "learning rate". One with capitals further on is a name, and stays: "s of UP_s", "NTK drift". */
export function inSentence(title: string): string {
  return /\p{Lu}/u.test(title.slice(1)) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

/** "Width (neurons)". */
export function withUnit(title: string, unit: string): string {
  return unit ? `${title} (${unit})` : title;
}

/** A param's value as text beside its title: "μP", "256 neurons", "1 step". Units of a schema are plural words or symbols. */
export function valueInWords(param: string, value: unknown, unit: string): string {
  const words = spellValue(param, value) ?? formatParam(value);
  if (unit === "") return words;
  return `${words} ${value === 1 && /^[a-z]{3,}s$/.test(unit) ? unit.slice(0, -1) : unit}`;
}

const spellings: Readonly<Record<string, string>> = { mup: "μP", sp: "SP", ntp: "NTP", mfp: "MFP", up: "UP_s" };

/** A param's value as papers write it, where they have a way of their own. */
export function spellValue(param: string, value: unknown): string | null {
  return param === "point" && typeof value === "string" ? (spellings[value] ?? null) : null;
}
