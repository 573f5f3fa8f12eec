"use client";

import { useEffect, useRef, useState } from "react";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import { ChartLegend } from "./chart-legend.tsx";
import { type ChartMark, type ChartModel, isSelected } from "./chart-model.ts";
import styles from "./metric-chart.module.css";

interface MetricChartProps {
  readonly model: ChartModel;
  readonly height?: number;
  /** The mark that is ringed as the reader's choice, if it is in this chart. */
  readonly selected?: ChartMark["select"] | null;
  /** Called with the mark that was clicked. */
  readonly onSelect?: (select: ChartMark["select"]) => void;
}

/** A metric against a param, one panel per facet. The library is fetched when a chart is first shown; the numbers stand in a table beside it. */
export function MetricChart({ model, height = 380, selected = null, onSelect }: MetricChartProps) {
  const facets = model.facets.length > 0 ? model.facets : [""];
  return (
    <figure className={styles.figure}>
      <ChartLegend model={model} />
      <div className={facets.length > 1 ? styles.panels : undefined}>
        {facets.map((facet) => (
          <Panel key={facet} model={model} facet={facet} height={height} selected={selected} onSelect={onSelect} />
        ))}
      </div>
    </figure>
  );
}

interface PanelProps extends Pick<MetricChartProps, "model"> {
  readonly facet: string;
  readonly height: number;
  readonly selected: ChartMark["select"] | null;
  readonly onSelect: MetricChartProps["onSelect"];
}

function Panel({ model, facet, height, selected, onSelect }: PanelProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const select = useRef(onSelect);
  select.current = onSelect;
  // Its place, and only in this panel, so that nothing is drawn anew for a choice elsewhere.
  const ringed = model.marks.findIndex((mark) => mark.facet === facet && isSelected(mark, selected));
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    const target = holder.current;
    if (!target || width === 0) return;
    let current = true;
    import("./draw-metric.ts").then(
      ({ drawMetric }) => {
        if (!current) return;
        const drawn = drawMetric(model, facet, { width, height }, model.marks[ringed] ?? null);
        // Plot would pin the tip at a press, and leave it when the mouse has gone; the ring and the line below say what was chosen.
        drawn.addEventListener("pointerdown", (event) => event.stopImmediatePropagation(), { capture: true });
        drawn.addEventListener("click", () => {
          const picked: unknown = drawn.value;
          if (isMark(picked)) select.current?.(picked.select);
        });
        target.replaceChildren(drawn);
      },
      () => setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [model, facet, width, height, ringed]);

  if (!model.marks.some((mark) => mark.facet === facet)) {
    return (
      <div className={styles.panel}>
        {facet ? <p className={styles.facet}>{facet}</p> : null}
        <p className={styles.failed}>No agreed result here has a value.</p>
      </div>
    );
  }
  return (
    <div className={styles.panel}>
      {facet ? <p className={styles.facet}>{facet}</p> : null}
      <div ref={holder} className={styles.holder} style={{ minHeight: height }} aria-hidden="true">
        {failed ? (
          <p className={styles.failed}>The chart could not be loaded; its numbers are in the table below.</p>
        ) : null}
      </div>
      <VisuallyHidden>{`Chart: ${model.title}${facet ? `, ${facet}` : ""}. Its numbers are in the table below it.`}</VisuallyHidden>
    </div>
  );
}

function isMark(value: unknown): value is ChartMark {
  return value !== null && typeof value === "object" && "select" in value;
}

/** The width of an element in CSS pixels, 0 before it is known. */
export function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
