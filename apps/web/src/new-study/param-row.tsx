import { spellValue } from "../chart/param-title.ts";
import { describedBy } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";
import { PLAN_LABELS, type Plan, type PlanKind, planKinds } from "./draft.ts";
import { fieldId } from "./field-id.ts";
import { ParamControl } from "./param-control.tsx";
import type { ParamField } from "./param-field.ts";
import styles from "./param-row.module.css";
import { boundsInWords, typedValue } from "./param-value.ts";
import { startingRange } from "./starting-range.ts";

export interface ParamRowProps {
  readonly field: ParamField;
  readonly plan: Plan;
  readonly error: string | undefined;
  /** The values that a swept param takes; null when it is fixed or they cannot be known. */
  readonly values: readonly unknown[] | null;
  readonly onChange: (plan: Plan) => void;
}

/** One param: what it is, how it gets its values, and which those are. */
export function ParamRow({ field, plan, error, values, onChange }: ParamRowProps) {
  const id = fieldId(`param.${field.name}`);
  const bounds = boundsInWords(field.bounds);
  return (
    <fieldset className={styles.row} data-varies={plan.kind === "fixed" ? undefined : ""}>
      <legend>
        <VisuallyHidden>{field.title}</VisuallyHidden>
      </legend>
      <div className={styles.grid}>
        <div className={styles.what}>
          <p className={styles.title} aria-hidden="true">
            {field.title}
            {field.unit ? <span className={styles.unit}>{field.unit}</span> : null}
          </p>
          <p id={`${id}-hint`} className={styles.hint}>
            {field.help}
            {bounds === "" ? null : ` (${bounds})`}
          </p>
        </div>
        <div className={styles.how}>
          <Select
            aria-label={`${field.title}: how it gets its values`}
            value={plan.kind}
            onChange={(event) => onChange(changedKind(field, plan, event.target.value))}
          >
            {planKinds(field).map((kind) => (
              <option key={kind} value={kind}>
                {PLAN_LABELS[kind]}
              </option>
            ))}
          </Select>
        </div>
        <div className={styles.which}>
          <ParamControl
            field={field}
            plan={plan}
            id={id}
            aria={describedBy(id, { hint: field.help, error })}
            onChange={onChange}
          />
          {error ? (
            <p id={`${id}-error`} className={styles.error} role="alert">
              {error}
            </p>
          ) : null}
          {values && !error ? <p className={styles.values}>{summary(field, values)}</p> : null}
        </div>
      </div>
    </fieldset>
  );
}

/** Starts a new kind from what is there, so that no sweep begins empty: the list holds the value, a ladder runs around it. */
function changedKind(field: ParamField, plan: Plan, typed: string): Plan {
  const kind: PlanKind = planKinds(field).find((known) => known === typed) ?? "fixed";
  const start = plan.value || typedValue(field.preset);
  if (kind === "list" || kind === "drawn") return { ...plan, kind, values: plan.values || start };
  if (kind === "fixed") return { ...plan, kind, value: start };
  return plan.from === "" && plan.to === "" ? { ...plan, kind, ...startingRange(field, start) } : { ...plan, kind };
}

function summary(field: ParamField, values: readonly unknown[]): string {
  const shown = values
    .slice(0, 12)
    .map((value) => spellValue(field.name, value) ?? typedValue(value))
    .join(", ");
  const count = values.length === 1 ? "1 value" : `${values.length.toLocaleString("en-GB")} values`;
  return `${count}: ${shown}${values.length > 12 ? ", …" : ""}`;
}
