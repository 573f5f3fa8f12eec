"use client";

import { useEffect, useRef } from "react";
import type { CurveLine } from "./draw-curves.ts";
import styles from "./metric-chart.module.css";
import { useWidth } from "./metric-chart.tsx";
import type { ScaleKind } from "./ticks.ts";

interface CurveChartProps {
  readonly lines: readonly CurveLine[];
  readonly yLabel: string;
  readonly yScale: ScaleKind;
  readonly height?: number;
}

/** Learning curves. The drawing is for the eye; name what it shows, and give final values as text, beside it. */
export function CurveChart({ lines, yLabel, yScale, height = 300 }: CurveChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  useEffect(() => {
    const target = holder.current;
    if (!target || width === 0) return;
    let current = true;
    import("./draw-curves.ts").then(
      ({ drawCurves }) => {
        if (current) target.replaceChildren(drawCurves(lines, { width, height, yLabel, yScale }));
      },
      // The values at the end stand beside the chart.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [lines, width, height, yLabel, yScale]);
  return <div ref={holder} className={styles.holder} style={{ minHeight: height }} aria-hidden="true" />;
}
