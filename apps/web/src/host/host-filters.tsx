import { Button, ButtonLink } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/input.tsx";
import styles from "./host.module.css";
import type { HostView } from "./host-view.ts";
import { BACKENDS, KINDS } from "./host-words.ts";

/** Chooses which hosts are listed and in what order. A plain form: it works before and without scripts. */
export function HostFilters({ view }: { readonly view: HostView }) {
  const filtered = Object.keys(view.filters).length > 0;
  return (
    <form method="get" action="/hosts" className={styles.filters}>
      <Field id="host-active" label="Seen">
        <Select id="host-active" name="active" defaultValue={view.filters.active ?? ""} key={view.filters.active ?? ""}>
          <option value="">at any time</option>
          <option value="true">in the last two minutes</option>
          <option value="false">not lately</option>
        </Select>
      </Field>
      <Field id="host-backend" label="Backend">
        <Select
          id="host-backend"
          name="backend"
          defaultValue={view.filters.backend ?? ""}
          key={view.filters.backend ?? ""}
        >
          <option value="">any</option>
          {Object.entries(BACKENDS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="host-kind" label="Kind">
        <Select id="host-kind" name="kind" defaultValue={view.filters.kind ?? ""} key={view.filters.kind ?? ""}>
          <option value="">any</option>
          {Object.entries(KINDS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="host-order" label="Order">
        <Select id="host-order" name="order" defaultValue={view.filters.order ?? ""} key={view.filters.order ?? ""}>
          <option value="">last seen first</option>
          <option value="VALID_FLOPS">most credit first</option>
          <option value="FLOPS_PER_SECOND">fastest first</option>
        </Select>
      </Field>
      <Button type="submit">Show</Button>
      {filtered ? (
        <ButtonLink href="/hosts" variant="quiet">
          Show all
        </ButtonLink>
      ) : null}
    </form>
  );
}
