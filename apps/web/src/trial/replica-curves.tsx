"use client";

import { useMemo, useState } from "react";
import { CurveChart } from "../chart/curve-chart.tsx";
import { withUnit } from "../chart/param-title.ts";
import { formatValue } from "../format/number.ts";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import type { Replica } from "./replica.ts";
import styles from "./replica-curves.module.css";

interface ReplicaCurvesProps {
  readonly replicas: readonly Pick<Replica, "id" | "curves" | "divergedAtStep">[];
  readonly series: readonly {
    readonly name: string;
    readonly label: string;
    readonly unit: string;
    readonly scale: "LOG" | "LINEAR";
  }[];
}

/** The replicas' curves over one another. */
export function ReplicaCurves({ replicas, series }: ReplicaCurvesProps) {
  const recorded = series.filter(({ name }) =>
    replicas.some(({ curves }) => curves.some((curve) => curve.name === name)),
  );
  const [shown, setShown] = useState(recorded[0]?.name ?? "");
  const one = recorded.find(({ name }) => name === shown);
  const lines = useMemo(
    () =>
      replicas.flatMap((replica, at) => {
        const curve = replica.curves.find(({ name }) => name === shown);
        return curve && curve.values.length > 0
          ? [
              {
                ...curve,
                name: `Replica ${at + 1}`,
                color: `var(--chart-${(at % 8) + 1})`,
                divergedAtStep: replica.divergedAtStep,
              },
            ]
          : [];
      }),
    [replicas, shown],
  );
  if (!one) return null;
  return (
    <div className={styles.curves}>
      <div className={styles.choice}>
        <Field id="replica-series" label="Curve">
          <Select id="replica-series" value={one.name} onChange={(event) => setShown(event.target.value)}>
            {recorded.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <CurveChart
        lines={lines}
        yLabel={withUnit(one.label, one.unit)}
        yScale={one.scale === "LOG" ? "log" : "linear"}
      />
      <ul className={styles.ends}>
        {lines.map((line) => (
          <li key={line.name}>
            <span className={styles.swatch} style={{ background: line.color }} />
            {line.name} ends at {formatValue(line.values.at(-1))}
          </li>
        ))}
      </ul>
    </div>
  );
}
