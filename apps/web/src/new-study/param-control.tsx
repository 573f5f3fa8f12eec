import { spellValue } from "../chart/param-title.ts";
import { Checkbox, Input, Select } from "../ui/input.tsx";
import type { Plan } from "./draft.ts";
import type { ParamField } from "./param-field.ts";
import styles from "./param-row.module.css";

export interface ParamControlProps {
  readonly field: ParamField;
  readonly plan: Plan;
  readonly id: string;
  /** `aria-describedby` and `aria-invalid` for every input. */
  readonly aria: { readonly "aria-describedby"?: string; readonly "aria-invalid"?: true };
  readonly onChange: (plan: Plan) => void;
}

/** The inputs for one param, as its plan needs them. */
export function ParamControl(props: ParamControlProps) {
  const { field, plan } = props;
  switch (plan.kind) {
    case "fixed":
      return wordsOf(field) ? <WordControl {...props} /> : <ValueControl {...props} />;
    case "list":
    case "drawn":
      return wordsOf(field) ? <WordsControl {...props} /> : <ValuesControl {...props} />;
    case "ladder":
      return <EndsControl {...props} extra={{ key: "factor", label: "Factor" }} />;
    case "geometric":
      return <EndsControl {...props} extra={{ key: "count", label: "Values" }} />;
    case "uniform":
    case "logUniform":
      return <EndsControl {...props} extra={null} />;
    default:
      return plan.kind satisfies never;
  }
}

function WordControl({ field, plan, id, aria, onChange }: ParamControlProps) {
  const words = wordsOf(field) ?? [];
  return (
    <Select
      {...aria}
      id={id}
      aria-label={`${field.title}: value`}
      value={plan.value}
      onChange={(event) => onChange({ ...plan, value: event.target.value })}
    >
      {words.some(({ value }) => value === plan.value) ? null : <option value={plan.value}>{plan.value || "–"}</option>}
      {words.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Select>
  );
}

function ValueControl({ field, plan, id, aria, onChange }: ParamControlProps) {
  return (
    <Input
      {...aria}
      id={id}
      aria-label={`${field.title}: value`}
      inputMode={field.kind === "integer" ? "numeric" : field.kind === "number" ? "decimal" : "text"}
      placeholder={field.required ? "" : "left out"}
      value={plan.value}
      spellCheck={false}
      onChange={(event) => onChange({ ...plan, value: event.target.value })}
    />
  );
}

function ValuesControl({ field, plan, id, aria, onChange }: ParamControlProps) {
  return (
    <Input
      {...aria}
      id={id}
      aria-label={`${field.title}: values`}
      placeholder={field.kind === "json" ? "[0, 0.5, 0.5], [0, 0.5, 1]" : "1, 2, 4"}
      value={plan.values}
      spellCheck={false}
      onChange={(event) => onChange({ ...plan, values: event.target.value })}
    />
  );
}

/** Check boxes; the values keep the order in which they were ticked, which is the order of the axis. */
function WordsControl({ field, plan, id, aria, onChange }: ParamControlProps) {
  const chosen = plan.values.split(/[\s,]+/).filter((value) => value !== "");
  const toggle = (value: string, on: boolean) =>
    onChange({ ...plan, values: (on ? [...chosen, value] : chosen.filter((other) => other !== value)).join(", ") });
  return (
    <div className={styles.words}>
      {(wordsOf(field) ?? []).map(({ value, label }, index) => (
        <Checkbox
          {...aria}
          key={value}
          id={index === 0 ? id : `${id}-${value}`}
          checked={chosen.includes(value)}
          onChange={(event) => toggle(value, event.target.checked)}
        >
          {label}
        </Checkbox>
      ))}
    </div>
  );
}

interface EndsProps extends ParamControlProps {
  readonly extra: { readonly key: "factor" | "count"; readonly label: string } | null;
}

function EndsControl({ field, plan, id, aria, onChange, extra }: EndsProps) {
  const parts = [
    { key: "from", label: "From" } as const,
    { key: "to", label: "To" } as const,
    ...(extra ? [extra] : []),
  ];
  return (
    <div className={styles.ends}>
      {parts.map(({ key, label }, index) => (
        <div key={key} className={styles.end}>
          <span className={styles.endLabel} aria-hidden="true">
            {label}
          </span>
          <Input
            {...aria}
            id={index === 0 ? id : `${id}-${key}`}
            aria-label={`${field.title}: ${label.toLowerCase()}`}
            inputMode="decimal"
            value={plan[key]}
            onChange={(event) => onChange({ ...plan, [key]: event.target.value })}
          />
        </div>
      ))}
    </div>
  );
}

function wordsOf(field: ParamField): { value: string; label: string }[] | null {
  if (field.kind === "choice")
    return field.options.map((value) => ({ value, label: spellValue(field.name, value) ?? value }));
  if (field.kind !== "boolean") return null;
  return [
    { value: "true", label: "yes" },
    { value: "false", label: "no" },
  ];
}
