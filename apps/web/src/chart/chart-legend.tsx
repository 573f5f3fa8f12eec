import styles from "./chart-legend.module.css";
import type { ChartModel, ChartSeries } from "./chart-model.ts";

/** The names behind colours and shapes, and what hollow marks, crosses and dashes say. */
export function ChartLegend({ model }: { model: ChartModel }) {
  const partly = model.marks.some(({ mean, diverged }) => mean !== null && diverged > 0);
  const wholly = model.marks.some(({ mean }) => mean === null);
  return (
    <ul className={styles.legend} aria-label="Legend">
      {model.series
        .filter(({ name }) => name !== "")
        .map((series) => (
          <li key={series.name}>
            <Swatch series={series} />
            {series.name}
          </li>
        ))}
      {model.marks.some(({ low }) => low !== null) ? <li className={styles.note}>┃ 95 % interval</li> : null}
      {model.marks.some(({ best }) => best) ? <li className={styles.note}>◯ best of its line</li> : null}
      {model.guides.length > 0 ? <li className={styles.note}>┄ slope that theory predicts</li> : null}
      {partly ? <li className={styles.note}>hollow: some trials diverged, mean of the others</li> : null}
      {wholly ? <li className={styles.note}>✕ all trials diverged</li> : null}
    </ul>
  );
}

const shapes: Readonly<Record<string, string>> = {
  circle: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0Z",
  square: "M-4-4h8v8h-8Z",
  triangle: "M0-5L5 4H-5Z",
  diamond: "M0-6L4 0L0 6L-4 0Z",
  star: "M0-6L1.5-2L6-2L2.4 .8L3.7 5L0 2.4L-3.7 5L-2.4 .8L-6-2L-1.5-2Z",
  wye: "M-1.5 5V.8L-5-1.3L-3.5-3.9L0-1.9L3.5-3.9L5-1.3L1.5.8V5Z",
  hexagon: "M-4.5-2.6L0-5.2L4.5-2.6V2.6L0 5.2L-4.5 2.6Z",
  cross: "M-1.6-5h3.2v3.4h3.4v3.2h-3.4v3.4h-3.2v-3.4h-3.4v-3.2h3.4Z",
};

function Swatch({ series }: { series: ChartSeries }) {
  return (
    <svg viewBox="-12 -8 24 16" width="24" height="16" aria-hidden="true">
      <line x1="-12" x2="12" stroke={series.color} strokeWidth="2" />
      <path d={shapes[series.symbol]} fill={series.color} />
    </svg>
  );
}
