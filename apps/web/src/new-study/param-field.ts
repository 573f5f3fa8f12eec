/** One param of an experiment as a form shows it, read from the JSON Schema that the API sends. */
export interface ParamField {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  /** "" for a pure number. */
  readonly unit: string;
  readonly kind: "integer" | "number" | "choice" | "boolean" | "text" | "json";
  /** The values of a choice, in order; for `json` the plain words that it takes besides objects. */
  readonly options: readonly string[];
  readonly bounds: Bounds;
  readonly required: boolean;
  /** Undefined when the schema gives none. */
  readonly preset: unknown;
}

export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The fields of an object schema, in its order. Local `$ref`s are followed; what no plain control can edit becomes a
 * `json` field. A schema that is not an object has none.
 */
export function paramFields(schema: unknown): ParamField[] {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return Object.entries(schema.properties).map(([name, property]) =>
    fieldOf(name, resolved(property, schema), schema, required.has(name)),
  );
}

function fieldOf(name: string, property: Json, root: Json, required: boolean): ParamField {
  const options = wordsOf(property, root);
  return {
    name,
    title: text(property.title) || spaced(name),
    help: text(property.description),
    unit: text(property.unit),
    kind: kindOf(property, options),
    options,
    bounds: boundsOf(property),
    required: required && property.default === undefined,
    preset: property.default,
  };
}

function kindOf(property: Json, options: readonly string[]): ParamField["kind"] {
  const branches = branchesOf(property);
  if (options.length > 0 && branches.every(isWordSchema)) return "choice";
  if (branches.length > 1) return "json";
  switch (property.type) {
    case "integer":
      return "integer";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "string":
      return "text";
    default:
      return "json";
  }
}

/** Every plain word that the schema names: an enum, a constant, or those of its alternatives. */
function wordsOf(property: Json, root: Json): string[] {
  return branchesOf(property).flatMap((branch) => {
    const schema = resolved(branch, root);
    if (Array.isArray(schema.enum)) return schema.enum.filter((word) => typeof word === "string");
    return typeof schema.const === "string" ? [schema.const] : [];
  });
}

function branchesOf(property: Json): Json[] {
  const branches = property.anyOf ?? property.oneOf;
  return Array.isArray(branches) ? branches.filter(isRecord) : [property];
}

function isWordSchema(schema: Json): boolean {
  return Array.isArray(schema.enum) || typeof schema.const === "string";
}

function boundsOf(property: Json): Bounds {
  const bounds: Record<string, number> = {};
  for (const key of ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]) {
    const value = property[key];
    // Integers come with ±(2^53 − 1), which says nothing to a person.
    if (typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER) bounds[key] = value;
  }
  return bounds;
}

function resolved(schema: unknown, root: Json): Json {
  if (!isRecord(schema)) return {};
  const reference = text(schema.$ref);
  if (!reference.startsWith("#/")) return schema;
  let target: unknown = root;
  for (const key of reference.slice(2).split("/")) target = isRecord(target) ? target[key] : undefined;
  return isRecord(target) ? { ...target, ...schema } : schema;
}

/** learningRate → Learning rate */
function spaced(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
