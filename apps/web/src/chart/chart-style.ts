/** What every drawn chart has in common. */
export const chartStyle = {
  background: "none",
  color: "var(--chart-axis)",
  fontFamily: "var(--font-sans)",
  fontSize: "12.5px",
  fontVariantNumeric: "tabular-nums",
  overflow: "visible",
} as const;
