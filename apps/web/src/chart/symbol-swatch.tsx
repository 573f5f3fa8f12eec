import { symbolPath } from "./symbol-path.ts";
import type { ValueStyle } from "./value-style.ts";

/** A bit of line with its mark, beside the name that it stands for. */
export function SymbolSwatch({ style: { color, symbol } }: { style: ValueStyle }) {
  return (
    <svg viewBox="-12 -8 24 16" width="24" height="16" aria-hidden="true">
      <line x1="-12" x2="12" stroke={color} strokeWidth="2" />
      <path d={symbolPath[symbol]} fill={color} />
    </svg>
  );
}
