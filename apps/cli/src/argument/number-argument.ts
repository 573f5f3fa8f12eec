import { InvalidArgumentError } from "commander";

/** Parser of a whole number between two bounds, for commander. @throws InvalidArgumentError in words for a person. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Comma-separated numbers, `-0.5,0,½` among them. @throws InvalidArgumentError in words for a person. */
export function numberList(text: string): number[] {
  return text.split(",").map((part) => {
    const value = fractions[part.trim()] ?? Number(part);
    if (part.trim() === "" || !Number.isFinite(value)) {
      throw new InvalidArgumentError(`"${part}" is not a number. Give numbers with commas between, as in -0.5,0,0.5.`);
    }
    return value;
  });
}

const fractions: Readonly<Record<string, number>> = { "½": 0.5, "-½": -0.5, "1/2": 0.5, "-1/2": -0.5, "3/2": 1.5 };
