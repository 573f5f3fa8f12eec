import type { Bounds, ParamField } from "./param-field.ts";

export type Reading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/**
 * What a person typed for one value of a param, or why it cannot be that. Bounds are those of the JSON Schema; rules that
 * tie several params together are the server's, and come back with the quote.
 */
export function readValue(field: ParamField, typed: string): Reading {
  const text = typed.trim();
  if (text === "") return refuse("Give a value.");
  switch (field.kind) {
    case "integer":
    case "number":
      return readNumber(field, text);
    case "boolean":
      return text === "true" || text === "false" ? accept(text === "true") : refuse("Choose yes or no.");
    case "choice":
      return field.options.includes(text) ? accept(text) : refuse(`Choose one of ${field.options.join(", ")}.`);
    case "text":
      return accept(text);
    case "json":
      return readJson(field, text);
    default:
      return field.kind satisfies never;
  }
}

/** The form's text for a value that came from a default or a file. */
export function typedValue(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Several values, separated by commas, blanks or new lines; for objects, a JSON list.
 * Refused: nothing, one that cannot be read, the same one twice.
 */
export function readValues(field: ParamField, typed: string): Reading {
  const text = typed.trim();
  if (text === "") return refuse("Give at least one value, separated by commas.");
  const parts = partsOf(field, text);
  if (!parts) return refuse("This is not a JSON list such as [1, 2].");
  const values: unknown[] = [];
  const seen = new Set<string>();
  for (const part of parts) {
    const reading = readValue(field, part);
    if (!reading.ok) return refuse(`${part}: ${reading.message}`);
    const key = JSON.stringify(reading.value);
    if (seen.has(key)) return refuse(`${part} stands here twice.`);
    seen.add(key);
    values.push(reading.value);
  }
  return accept(values);
}

/** 1 to 4096, "more than 0", "a multiple of 2": the bounds in words; empty when there are none. */
export function boundsInWords(bounds: Bounds): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = bounds;
  const words: string[] = [];
  if (minimum !== undefined && maximum !== undefined) words.push(`${show(minimum)} to ${show(maximum)}`);
  else if (minimum !== undefined) words.push(`${show(minimum)} or more`);
  else if (exclusiveMinimum !== undefined) words.push(`more than ${show(exclusiveMinimum)}`);
  if (maximum !== undefined && minimum === undefined) words.push(`at most ${show(maximum)}`);
  if (exclusiveMaximum !== undefined) words.push(`less than ${show(exclusiveMaximum)}`);
  if (multipleOf !== undefined && multipleOf !== 1) words.push(`a multiple of ${show(multipleOf)}`);
  return words.join(", ");
}

function readNumber(field: ParamField, text: string): Reading {
  const value = Number(text);
  if (!Number.isFinite(value)) return refuse("This is not a number.");
  if (field.kind === "integer" && !Number.isInteger(value)) return refuse("Give a whole number.");
  return within(value, field.bounds) ? accept(value) : refuse(`Must be ${boundsInWords(field.bounds)}.`);
}

function within(value: number, bounds: Bounds): boolean {
  if (bounds.minimum !== undefined && value < bounds.minimum) return false;
  if (bounds.maximum !== undefined && value > bounds.maximum) return false;
  if (bounds.exclusiveMinimum !== undefined && value <= bounds.exclusiveMinimum) return false;
  if (bounds.exclusiveMaximum !== undefined && value >= bounds.exclusiveMaximum) return false;
  if (bounds.multipleOf !== undefined) {
    const quotient = value / bounds.multipleOf;
    return Math.abs(quotient - Math.round(quotient)) < 1e-9;
  }
  return true;
}

function readJson(field: ParamField, text: string): Reading {
  if (field.options.includes(text)) return accept(text);
  // Bare numbers joined by commas are a list: -0.5, 0, 0.5
  const json = /^-?[\d.]/.test(text) && text.includes(",") ? `[${text}]` : text;
  try {
    return accept(JSON.parse(json));
  } catch {
    const words = field.options.length > 0 ? `one of ${field.options.join(", ")}, or ` : "";
    return refuse(`Give ${words}a number or a list of numbers, such as 0, 0.5, 0.5.`);
  }
}

function partsOf(field: ParamField, text: string): string[] | null {
  if (field.kind !== "json" || !/[[{]/.test(text)) return text.split(/[\s,;]+/).filter((part) => part !== "");
  try {
    const list: unknown = JSON.parse(/^\[\s*[[{]/.test(text) ? text : `[${text}]`);
    return Array.isArray(list) ? list.map(typedValue) : null;
  } catch {
    return null;
  }
}

function show(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString("en") : String(value);
}

function accept(value: unknown): Reading {
  return { ok: true, value };
}

function refuse(message: string): Reading {
  return { ok: false, message };
}
