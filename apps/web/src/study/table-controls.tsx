import { metricTitle } from "../chart/metric-title.ts";
import type { Subject } from "../chart/view.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { FilterForm } from "../ui/filter-form.tsx";
import { Input, Select } from "../ui/input.tsx";
import type { TableChoice } from "./table-choice.ts";
import styles from "./view-controls.module.css";

interface TableControlsProps {
  readonly subject: Subject;
  readonly choice: TableChoice;
  readonly metrics: readonly string[];
  readonly keep: readonly (readonly [string, string])[];
}

/** Conditions on outcome and metrics; those on params are the view's, above the chart. */
export function TableControls({ subject, choice, metrics, keep }: TableControlsProps) {
  return (
    <FilterForm label="Filter results" className={styles.controls} keep={[...keep, ["sort", choice.sort]]}>
      <Field id="table-outcome" label="Outcome">
        <Select
          id="table-outcome"
          name="outcome"
          defaultValue={choice.outcome?.toLowerCase() ?? ""}
          key={choice.outcome}
        >
          <option value="">any</option>
          <option value="succeeded">finished</option>
          <option value="diverged">diverged</option>
        </Select>
      </Field>
      <Field id="table-metric" label="Where">
        <Select id="table-metric" name="metric" defaultValue={choice.metric ?? ""} key={choice.metric}>
          <option value="">any metric</option>
          {metrics.map((name) => (
            <option key={name} value={name}>
              {metricTitle(subject.metrics, name)}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="table-min" label="is at least">
        <Input id="table-min" name="min" inputMode="decimal" defaultValue={choice.min ?? ""} key={choice.min} />
      </Field>
      <Field id="table-max" label="and at most">
        <Input id="table-max" name="max" inputMode="decimal" defaultValue={choice.max ?? ""} key={choice.max} />
      </Field>
      <Button type="submit">Filter</Button>
    </FilterForm>
  );
}
