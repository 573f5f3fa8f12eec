import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { FilterForm } from "../ui/filter-form.tsx";
import { Checkbox, Input, Select } from "../ui/input.tsx";
import styles from "./list-filters.module.css";
import { type ListChoice, sorts } from "./list-query.ts";

/** Search, state, family and order of the list of studies. */
export function ListFilters({ choice, families }: { choice: ListChoice; families: readonly string[] }) {
  return (
    <FilterForm label="Filter studies" className={styles.filters}>
      <div className={styles.search}>
        <Field id="q" label="Search">
          <Input
            id="q"
            name="q"
            type="search"
            placeholder="Words in title or question"
            defaultValue={choice.q}
            key={choice.q}
          />
        </Field>
      </div>
      <Field id="state" label="State">
        <Select id="state" name="state" defaultValue={choice.state?.toLowerCase() ?? ""} key={choice.state}>
          <option value="">Any</option>
          <option value="active">Active</option>
          <option value="paused">Paused</option>
          <option value="finished">Finished</option>
          <option value="draft">My drafts</option>
        </Select>
      </Field>
      <Field id="family" label="Family">
        <Select id="family" name="family" defaultValue={choice.family} key={choice.family}>
          <option value="">Any</option>
          {families.map((family) => (
            <option key={family} value={family}>
              {family}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="sort" label="Order">
        <Select id="sort" name="sort" defaultValue={choice.sort} key={choice.sort}>
          {Object.entries(sorts).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <div className={styles.last}>
        <Checkbox name="mine" value="1" defaultChecked={choice.mine} key={String(choice.mine)}>
          Mine only
        </Checkbox>
        <Button type="submit" size="small">
          Search
        </Button>
      </div>
    </FilterForm>
  );
}
