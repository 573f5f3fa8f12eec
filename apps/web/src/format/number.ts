const counts = new Intl.NumberFormat("en-GB");
const compact = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A count in full, with thousands set apart: 12,345. */
export function formatCount(value: number): string {
  return counts.format(value);
}

/** A count with its noun, which is singular after 1: "1 host", "12,345 hosts". */
export function formatCounted(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A count in little room: 12.3K. */
export function formatCompact(value: number): string {
  return compact.format(value);
}

/** A measured value to four significant digits, written out from 0.001 to a million; others as 1.234 × 10⁻⁵. A dash for null. */
export function formatValue(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined) return "–";
  const shown = rounded(value, digits);
  const size = Math.abs(shown);
  if (size >= 1e6 || (size < 1e-3 && size > 0)) {
    const [mantissa = "", exponent = "0"] = shown.toExponential().split("e");
    return `${mantissa} × 10${formatExponent(Number(exponent))}`.replaceAll("-", "−");
  }
  return String(shown).replace("-", "−");
}

/** The value of a tick, which is round already: 12,500 keeps its digits, and a power of ten stands alone, as 10⁻⁵. */
export function formatTick(value: number): string {
  return formatValue(value, 9).replace(/^(−?)1 × /, "$1");
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
  // As it will be written: 1023.96 KiB is 1 MiB.
  while (rounded(size, 4) >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${formatValue(size, size >= 1000 ? 4 : 3)} ${units[unit]}`;
}

/** A duration given in milliseconds: 850 ms, 12.3 s, 4 min, 3.1 h. */
export function formatDuration(milliseconds: number): string {
  // As it will be written: 999.7 ms is 1 s.
  if (Math.round(milliseconds) < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 90_000) return `${rounded(milliseconds / 1000, 3)} s`;
  if (milliseconds < 90 * 60_000) return `${Math.round(milliseconds / 60_000)} min`;
  const hours = milliseconds / 3_600_000;
  return `${hours < 1000 ? rounded(hours, 3) : formatCount(Math.round(hours))} h`;
}

/** Any JSON value in a few characters, for a cell or a legend. */
export function formatParam(value: unknown): string {
  if (typeof value === "number") return formatValue(value, Number.isInteger(value) && Math.abs(value) < 1e6 ? 6 : 4);
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
  // As it will be written: 999.9 k is 1 M.
  while (rounded(size, 3) >= 1000 && prefix < prefixes.length - 1) {
    size /= 1000;
    prefix += 1;
  }
  return `${formatValue(size, 3)} ${prefixes[prefix]}`;
}

/** To so many significant digits; as a number, so that it is written without an exponent and without trailing zeros. */
function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
