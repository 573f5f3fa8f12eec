import styles from "./chart-legend.module.css";
import { allDiverged, type ChartModel } from "./chart-model.ts";
import { SymbolSwatch } from "./symbol-swatch.tsx";
import { runsOff, valueDomain } from "./value-domain.ts";

/** The names behind colours and shapes, and what hollow marks, dashed outlines, crosses and dashes say. */
export function ChartLegend({ model }: { model: ChartModel }) {
  const partly = model.marks.some(({ mean, diverged }) => mean !== null && diverged > 0);
  const unfinished = model.marks.some((mark) => mark.unfinished !== null);
  const wholly = model.marks.some(allDiverged);
  const domain = valueDomain(model.marks, model.yScale);
  const off = model.marks.map((mark) => runsOff(mark, domain)).some(({ below, above }) => below || above);
  return (
    <ul className={styles.legend} aria-label="Legend">
      {model.series
        .filter(({ name }) => name !== "")
        .map((series) => (
          <li key={series.name}>
            <SymbolSwatch style={series} />
            {series.name}
          </li>
        ))}
      {model.marks.some(({ low }) => low !== null) ? <li className={styles.note}>┃ 95 % interval</li> : null}
      {off ? <li className={styles.note}>▾ interval goes on beyond the axis</li> : null}
      {model.marks.some(({ best }) => best) ? <li className={styles.note}>◯ best of its line</li> : null}
      {model.guides.length > 0 ? <li className={styles.note}>┄ slope that theory predicts</li> : null}
      {partly ? <li className={styles.note}>hollow: some trials diverged, mean of the others</li> : null}
      {unfinished ? (
        <li className={styles.note}>dashed outline: some values of the {model.tuned} are still missing</li>
      ) : null}
      {wholly ? <li className={styles.note}>✕ all trials diverged</li> : null}
    </ul>
  );
}
