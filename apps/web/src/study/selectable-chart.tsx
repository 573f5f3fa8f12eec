"use client";

import type { ChartModel } from "../chart/chart-model.ts";
import { MetricChart } from "../chart/metric-chart.tsx";
import { select } from "./selection.ts";

/** A chart whose marks, when clicked, show the learning curves behind them. */
export function SelectableChart({ model, height }: { model: ChartModel; height?: number }) {
  return <MetricChart model={model} onSelect={select} {...(height !== undefined && { height })} />;
}
