"use client";

import { useSearchParams } from "next/navigation";
import { type ChartModel, isSelected } from "../chart/chart-model.ts";
import { MetricChart } from "../chart/metric-chart.tsx";
import { paramTitle } from "../chart/param-title.ts";
import styles from "./selectable-chart.module.css";
import { parseSelection, select, selectionInWords } from "./selection.ts";

interface SelectableChartProps {
  readonly model: ChartModel;
  readonly paramsSchema: unknown;
  readonly height?: number;
}

/** A chart whose marks, when clicked, show the learning curves behind them. These are further down, so the chart answers for itself. */
export function SelectableChart({ model, paramsSchema, height }: SelectableChartProps) {
  const selection = parseSelection(useSearchParams().get("sel"));
  const isHere = model.marks.some((mark) => isSelected(mark, selection));
  return (
    <>
      <MetricChart model={model} selected={selection} onSelect={select} {...(height !== undefined && { height })} />
      <p className={styles.answer} aria-live="polite">
        {selection !== null && isHere ? (
          <a href="#curves">
            Curves of {selectionInWords(selection, (param) => paramTitle(paramsSchema, param).title)} are below
          </a>
        ) : null}
      </p>
    </>
  );
}
