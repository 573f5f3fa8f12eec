import { metricTitle } from "../chart/metric-title.ts";
import type { Subject } from "../chart/view.ts";
import { Button } from "../ui/button.tsx";
import { describedBy, Field } from "../ui/field.tsx";
import { Input, Select } from "../ui/input.tsx";
import { OUTCOME_WORDS } from "./outcome-words.ts";
import { StudyForm } from "./study-form.tsx";
import { type TableChoice, tableProblems } from "./table-choice.ts";
import styles from "./view-controls.module.css";

interface TableControlsProps {
  readonly subject: Subject;
  readonly choice: TableChoice;
  readonly metrics: readonly string[];
  readonly keep: readonly (readonly [string, string])[];
}

/** Conditions on outcome and metrics; those on params are the view's, above the chart. */
export function TableControls({ subject, choice, metrics, keep }: TableControlsProps) {
  const problems = tableProblems(choice);
  return (
    <StudyForm label="Filter results" className={styles.controls} keep={[...keep, ["sort", choice.sort]]}>
      <Field id="table-outcome" label="Outcome">
        <Select
          id="table-outcome"
          name="outcome"
          defaultValue={choice.outcome?.toLowerCase() ?? ""}
          key={choice.outcome}
        >
          <option value="">any</option>
          <option value="succeeded">{OUTCOME_WORDS.SUCCEEDED}</option>
          <option value="diverged">{OUTCOME_WORDS.DIVERGED}</option>
        </Select>
      </Field>
      <Field id="table-metric" label="Where" error={problems.metric}>
        <Select
          id="table-metric"
          name="metric"
          defaultValue={choice.metric ?? ""}
          key={choice.metric}
          {...describedBy("table-metric", { error: problems.metric })}
        >
          <option value="">any metric</option>
          {metrics.map((name) => (
            <option key={name} value={name}>
              {metricTitle(subject.metrics, name)}
            </option>
          ))}
        </Select>
      </Field>
      <BoundField name="min" label="is at least" typed={choice.typed.min} error={problems.min} />
      <BoundField name="max" label="and at most" typed={choice.typed.max} error={problems.max} />
      <Button type="submit">Filter</Button>
    </StudyForm>
  );
}

interface BoundFieldProps {
  readonly name: string;
  readonly label: string;
  readonly typed: string;
  readonly error: string | undefined;
}

function BoundField({ name, label, typed, error }: BoundFieldProps) {
  const id = `table-${name}`;
  return (
    <Field id={id} label={label} error={error}>
      <Input id={id} name={name} inputMode="decimal" defaultValue={typed} key={typed} {...describedBy(id, { error })} />
    </Field>
  );
}
