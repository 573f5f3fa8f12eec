import { useEffect, useRef, useState } from "react";
import { formatCounted, formatValue } from "../format/number.ts";
import { type CurveFrame, layOutCurve } from "./curve-model.ts";
import styles from "./loss-curve.module.css";
import type { LiveCurve } from "./volunteer-view.ts";

interface LossCurveProps {
  readonly curve: LiveCurve | null;
  readonly series: { readonly label: string; readonly unit: string; readonly scale: "LOG" | "LINEAR" };
}

const HEIGHT = 240;

/** The loss of the unit under way, one line for each trial, as it comes in. */
export function LossCurve({ curve, series }: LossCurveProps) {
  // Drawn at its real size, so that its words stay readable on a phone.
  const [width, setWidth] = useState(640);
  const figure = useRef<HTMLElement>(null);
  useEffect(() => {
    if (figure.current === null) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)));
    observer.observe(figure.current);
    return () => observer.disconnect();
  }, []);
  const frame: CurveFrame = { left: 46, right: width - 10, top: 10, bottom: HEIGHT - 42 };
  const model = curve === null ? null : layOutCurve(curve.lines, curve.steps, series.scale, frame);
  const label = series.unit ? `${series.label} (${series.unit})` : series.label;
  return (
    <figure ref={figure} className={styles.figure}>
      <figcaption className={styles.caption}>
        {label}
        {model?.scale === "log" ? ", log scale" : ""}
        {curve === null ? "" : `, ${formatCounted(curve.lines.length, "trial")}`}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${HEIGHT}`} className={styles.plot} role="img" aria-label={describe(curve, label)}>
        <line className={styles.axis} x1={frame.left} x2={frame.right} y1={frame.bottom} y2={frame.bottom} />
        {model?.yTicks.map((tick) => (
          <g key={tick.label}>
            <line className={styles.grid} x1={frame.left} x2={frame.right} y1={tick.y} y2={tick.y} />
            <text className={styles.tick} x={frame.left - 8} y={tick.y} dy="0.32em" textAnchor="end">
              {tick.label}
            </text>
          </g>
        ))}
        {model?.xTicks.map((tick) => (
          <text key={tick.label} className={styles.tick} x={tick.x} y={frame.bottom + 17} textAnchor="middle">
            {tick.label}
          </text>
        ))}
        <text className={styles.title} x={(frame.left + frame.right) / 2} y={HEIGHT - 5} textAnchor="middle">
          Training steps
        </text>
        {model?.paths.map((path, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trial is its position in the unit
          <path key={at} d={path} className={styles.line} />
        ))}
        {model?.tips.map((tip, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <circle key={at} cx={tip.x} cy={tip.y} r="3" className={styles.tip} />
        ))}
        {model === null ? (
          <text className={styles.waiting} x={width / 2} y={HEIGHT / 2} textAnchor="middle">
            The curve begins with the first reading.
          </text>
        ) : null}
      </svg>
    </figure>
  );
}

function describe(curve: LiveCurve | null, label: string): string {
  const newest = curve?.lines.flatMap((line) => line.slice(-1).map(({ value }) => value)) ?? [];
  if (curve === null || newest.length === 0) return `${label}: no reading yet`;
  const words = (value: number) => formatValue(value, 3);
  const range =
    newest.length === 1
      ? words(Math.min(...newest))
      : `from ${words(Math.min(...newest))} to ${words(Math.max(...newest))}`;
  return `${label} against training steps of ${formatCounted(newest.length, "trial")}; newest values ${range}`;
}
