import type { ChartSymbol } from "./value-style.ts";

/** Outlines of the marks about (0, 0), some 10 units across: what Plot draws in the browser, for SVG made on the server. */
export const symbolPath: Readonly<Record<ChartSymbol, string>> = {
  circle: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z",
  square: "M-4-4h8v8h-8Z",
  triangle: "M0-5L5 4H-5Z",
  diamond: "M0-6L4 0L0 6L-4 0Z",
  star: "M0-6L1.5-2L6-2L2.4 .8L3.7 5L0 2.4L-3.7 5L-2.4 .8L-6-2L-1.5-2Z",
  wye: "M-1.5 5V.8L-5-1.3L-3.5-3.9L0-1.9L3.5-3.9L5-1.3L1.5.8V5Z",
  hexagon: "M-4.5-2.6L0-5.2L4.5-2.6V2.6L0 5.2L-4.5 2.6Z",
  cross: "M-1.6-5h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4Z",
};
