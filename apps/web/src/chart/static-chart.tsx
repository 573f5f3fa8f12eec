import { formatParam, formatTick } from "../format/number.ts";
import styles from "./static-chart.module.css";
import type { StaticSeries } from "./static-series.ts";
import { symbolPath } from "./symbol-path.ts";
import { padded, type ScaleKind, ticksOf } from "./ticks.ts";
import { valueDomain } from "./value-domain.ts";

interface StaticChartProps {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xScale: ScaleKind;
  readonly yScale: ScaleKind;
  readonly series: readonly StaticSeries[];
}

const frame = { width: 560, height: 360, left: 62, right: 84, top: 34, bottom: 48 };

/** A line chart with intervals as plain SVG, made on the server: it needs no script. Series are named at their ends. */
export function StaticChart({ title, xLabel, yLabel, xScale, yScale, series }: StaticChartProps) {
  const points = series.flatMap((one) => one.points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const xDomain = padded(xs[0] ?? 1, xs.at(-1) ?? 10, xScale);
  const yDomain = valueDomain(points, yScale);
  const x = scale(xDomain, [frame.left, frame.width - frame.right], xScale);
  const y = scale(yDomain, [frame.height - frame.bottom, frame.top], yScale);
  const xTicks = xs.length <= 8 ? xs : ticksOf(...xDomain, xScale);
  const clamp = (value: number) => Math.min(Math.max(value, yDomain[0]), yDomain[1]);
  const labels = spread(
    series.map((one) => y(one.points.at(-1)?.mean ?? yDomain[0])),
    18,
  );
  return (
    <svg viewBox={`0 0 ${frame.width} ${frame.height}`} className={styles.chart} role="img" aria-label={title}>
      {ticksOf(...yDomain, yScale, 5).map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line x1={frame.left} x2={frame.width - frame.right} className={styles.grid} />
          <text x={frame.left - 10} dy="0.35em" textAnchor="end" className={styles.tick}>
            {formatTick(tick)}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} x={x(tick)} y={frame.height - frame.bottom + 20} textAnchor="middle" className={styles.tick}>
          {formatParam(tick)}
        </text>
      ))}
      <text x={0} y={14} className={styles.label}>
        {`↑ ${yLabel}`}
      </text>
      <text x={frame.width - frame.right} y={frame.height - 6} textAnchor="end" className={styles.label}>
        {`${xLabel} →`}
      </text>
      {series.map((one, at) => {
        const { color } = one;
        const line = one.points.map((point) => `${x(point.x).toFixed(1)},${y(clamp(point.mean)).toFixed(1)}`);
        const last = one.points.at(-1);
        return (
          <g key={one.name}>
            <polyline points={line.join(" ")} fill="none" stroke={color} strokeWidth="2" strokeLinejoin="round" />
            {one.points.map((point) => (
              <g key={point.x}>
                <line
                  x1={x(point.x)}
                  x2={x(point.x)}
                  y1={y(clamp(point.low))}
                  y2={y(clamp(point.high))}
                  stroke={color}
                  strokeWidth="1.5"
                />
                <path
                  d={symbolPath[one.symbol]}
                  transform={`translate(${x(point.x).toFixed(1)} ${y(clamp(point.mean)).toFixed(1)}) scale(.85)`}
                  fill={color}
                />
              </g>
            ))}
            {last ? (
              <text x={x(last.x) + 12} y={labels[at]} dy="0.35em" className={styles.name} fill={color}>
                {one.name}
              </text>
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

function scale([from, to]: [number, number], [start, end]: [number, number], kind: ScaleKind) {
  const transform = kind === "log" ? Math.log : (value: number) => value;
  const low = transform(from);
  const span = transform(to) - low || 1;
  return (value: number) => start + ((transform(value) - low) / span) * (end - start);
}

/** Moves positions apart until neighbours are `gap` from each other; order is kept. */
function spread(positions: readonly number[], gap: number): number[] {
  const order = positions.map((_, at) => at).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const moved = [...positions];
  for (let at = 1; at < order.length; at += 1) {
    const above = moved[order[at - 1] ?? 0] ?? 0;
    const here = order[at] ?? 0;
    if ((moved[here] ?? 0) < above + gap) moved[here] = above + gap;
  }
  return moved;
}
