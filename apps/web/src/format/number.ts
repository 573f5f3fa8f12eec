const counts = new Intl.NumberFormat("en-GB");
const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A count in full, with thousands set apart: 12,345. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** A count in little room: 12.3K. */
export function formatCompact(value: number): string {
  return compact.format(value);
}

/** A measured value to four significant digits; very large and small ones as 1.234 × 10⁻⁵. A dash for null. */
export function formatValue(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    const [mantissa = "", exponent = "0"] = value.toExponential(digits - 1).split("e");
    return `${trimZeros(mantissa)} × 10${formatExponent(Number(exponent))}`.replaceAll("-", "−");
  }
  return trimZeros(value.toPrecision(digits)).replace("-", "−");
}

/** A share of one as whole percent, never rounding an unfinished share up to 100. */
export function formatShare(fraction: number): string {
  const percent = fraction * 100;
  if (percent > 99 && percent < 100) return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
  if (percent > 0 && percent < 1) return "< 1 %";
  return `${Math.round(percent)} %`;
}

/** Floating-point operations with an SI prefix: 3.2 TFLOP. */
export function formatFlops(flops: number): string {
  return `${formatSi(flops)}FLOP`;
}

/** Bytes with a binary prefix: 12 MiB. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${trimZeros(size.toPrecision(size >= 1000 ? 4 : 3))} ${units[unit]}`;
}

/** A duration given in milliseconds: 850 ms, 12.3 s, 4 min, 3.1 h. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 90_000) return `${trimZeros((milliseconds / 1000).toPrecision(3))} s`;
  if (milliseconds < 90 * 60_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${trimZeros((milliseconds / 3_600_000).toPrecision(3))} h`;
}

/** Any JSON value in a few characters, for a cell or a legend. */
export function formatParam(value: unknown): string {
  if (typeof value === "number")
    return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : formatValue(value);
  if (typeof value === "string") return value;
  return JSON.stringify(value) ?? "–";
}

/** 10⁻³ from 3e-3's exponent. */
export function formatExponent(exponent: number): string {
  return [...String(exponent)].map((digit) => (digit === "-" ? "⁻" : (superscripts[Number(digit)] ?? ""))).join("");
}

function formatSi(value: number): string {
  const prefixes = ["", "k", "M", "G", "T", "P", "E", "Z"];
  let size = value;
  let prefix = 0;
  while (size >= 1000 && prefix < prefixes.length - 1) {
    size /= 1000;
    prefix += 1;
  }
  return `${size === 0 ? "0" : trimZeros(size.toPrecision(3))} ${prefixes[prefix]}`;
}

function trimZeros(text: string): string {
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}
