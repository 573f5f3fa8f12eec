import { axisValues } from "@widefield/graphql/sweep/axis-values";
import type { Sweep } from "@widefield/graphql/sweep/sweep";
import { useState } from "react";
import { Card } from "../ui/card.tsx";
import { Notice } from "../ui/notice.tsx";
import { type Draft, type Plan, withPlan } from "./draft.ts";
import type { ExperimentChoice } from "./experiment-choice.ts";
import { fieldId } from "./field-id.ts";
import styles from "./new-study.module.css";
import type { ParamField } from "./param-field.ts";
import { ParamRow } from "./param-row.tsx";
import { typedValue } from "./param-value.ts";

export interface SweepSectionProps {
  readonly draft: Draft;
  readonly choice: ExperimentChoice;
  /** The sweep as it stands; null while it cannot be read. */
  readonly sweep: Sweep | null;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (change: (draft: Draft) => Draft) => void;
}

/**
 * Every param of the experiment. Those that matter most, and those that this draft began with, stand first; the rest are
 * folded away. The order is settled when the section is mounted, so that no row moves under the hand.
 */
export function SweepSection({ draft, choice, sweep, errorOf, onChange }: SweepSectionProps) {
  const [first] = useState(() => new Set(firstNames(draft, choice)));
  const [open, setOpen] = useState(false);
  const leading = [...first].flatMap((name) => choice.fields.filter((field) => field.name === name));
  const rest = choice.fields.filter((field) => !first.has(field.name));
  const hidden = rest.some((field) => errorOf(`param.${field.name}`) !== undefined);
  const changed = rest.filter((field) => isChanged(field, draft.plans[field.name])).length;

  const row = (field: ParamField) => {
    const plan = draft.plans[field.name];
    if (!plan) return null;
    const axis = sweep?.axes[field.name];
    return (
      <ParamRow
        key={field.name}
        field={field}
        plan={plan}
        error={errorOf(`param.${field.name}`)}
        values={axis ? axisValues(axis) : null}
        onChange={(changedPlan) => onChange((old) => withPlan(old, field.name, changedPlan))}
      />
    );
  };
  const whole = errorOf("sweep");
  return (
    <>
      <div id={fieldId("sweep")} tabIndex={-1} className={styles.anchor}>
        {whole ? <Notice tone="bad" title={whole} /> : null}
      </div>
      <Card flush>
        {leading.map(row)}
        <details className={styles.more} open={open || hidden} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className={styles.summary}>
            {rest.length} more params{" "}
            <span className={styles.aside}>{changed === 0 ? "all at their defaults" : `${changed} changed`}</span>
          </summary>
          {rest.map(row)}
        </details>
      </Card>
    </>
  );
}

function firstNames(draft: Draft, choice: ExperimentChoice): string[] {
  const changed = choice.fields.filter((field) => isChanged(field, draft.plans[field.name])).map(({ name }) => name);
  return [...new Set([...draft.order, ...choice.leading, ...changed])];
}

function isChanged(field: ParamField, plan: Plan | undefined): boolean {
  return plan !== undefined && (plan.kind !== "fixed" || plan.value !== typedValue(field.preset));
}
