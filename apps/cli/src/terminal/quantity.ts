const prefixes = ["", "k", "M", "G", "T", "P", "E"];

/** `1.2 GFLOP`: three digits and a decimal prefix. */
export function formatQuantity(value: number, unit: string): string {
  const power = value > 0 ? Math.min(prefixes.length - 1, Math.max(0, Math.floor(Math.log10(value) / 3))) : 0;
  return `${Number((value / 1000 ** power).toPrecision(3))} ${prefixes[power]}${unit}`;
}
