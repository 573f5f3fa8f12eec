"use client";

import { useMemo, useState } from "react";
import { CurveChart } from "../chart/curve-chart.tsx";
import { withUnit } from "../chart/param-title.ts";
import { formatCount, formatValue } from "../format/number.ts";
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

/** The replicas' curves over one another. Where they agree they coincide: a broad band under a narrow, broken line. */
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
                id: replica.id,
                name: `Replica ${at + 1}`,
                ...strokeOf(at),
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
          <li key={line.id}>
            <svg className={styles.swatch} viewBox="0 0 36 8" aria-hidden="true">
              <line
                x1="2"
                x2="34"
                y1="4"
                y2="4"
                stroke={line.color}
                strokeWidth={line.width}
                strokeDasharray={line.dash}
              />
            </svg>
            {line.name}{" "}
            {line.divergedAtStep === null
              ? `ends at ${formatValue(line.values.at(-1))}`
              : `diverged at step ${formatCount(line.divergedAtStep)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

const DASHES = ["7 5", "2 4", "10 4 2 4"] as const;

/** The look of a replica: the first is broad, pale and unbroken, drawn below the others. */
function strokeOf(at: number): { readonly color: string; readonly width: number; readonly dash?: string } {
  const full = `var(--chart-${(at % 8) + 1})`;
  const color = at === 0 ? `color-mix(in srgb, ${full} 50%, var(--ground))` : full;
  const dash = at === 0 ? undefined : DASHES[(at - 1) % DASHES.length];
  return { color, width: at === 0 ? 7 : 2, ...(dash && { dash }) };
}
