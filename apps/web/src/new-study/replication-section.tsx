import { describedBy, Field } from "../ui/field.tsx";
import { Input, Select } from "../ui/input.tsx";
import { isDraw } from "./draft.ts";
import { fieldId } from "./field-id.ts";
import styles from "./new-study.module.css";
import type { SectionProps } from "./question-section.tsx";

const HINTS = {
  seeds: "How many (3 gives 0, 1 and 2), or the seeds themselves: 0, 7, 9.",
  quorum: "How many people’s hosts must agree on each trial.",
  draws: "Each draw is one more cell, times the grid.",
  drawSeed: "The same seed draws the same values again.",
};

/** Seeds, random draws and the agreement rule. An extension keeps its study's quorum. */
export function ReplicationSection(props: SectionProps & { readonly withQuorum: boolean }) {
  const { draft, errorOf, onChange, onLeave, withQuorum } = props;
  const draws = Object.values(draft.plans).some((plan) => isDraw(plan.kind));
  const control = (field: keyof typeof HINTS) => ({
    id: fieldId(field),
    onBlur: () => onLeave(field),
    ...describedBy(fieldId(field), { hint: HINTS[field], error: errorOf(field) }),
  });
  return (
    <div className={styles.pair}>
      <Field id={fieldId("seeds")} label="Seeds" hint={HINTS.seeds} error={errorOf("seeds")}>
        <Input
          {...control("seeds")}
          value={draft.seeds}
          onChange={(event) => onChange({ seeds: event.target.value })}
        />
      </Field>
      {withQuorum ? (
        <Field id={fieldId("quorum")} label="Quorum" hint={HINTS.quorum} error={errorOf("quorum")}>
          <Select
            {...control("quorum")}
            value={draft.quorum}
            onChange={(event) => onChange({ quorum: event.target.value })}
          >
            {["1", "2", "3", "4", "5"].map((count) => (
              <option key={count} value={count}>
                {count === "1" ? "1, unchecked" : count}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {draws ? (
        <>
          <Field id={fieldId("draws")} label="Random draws" hint={HINTS.draws} error={errorOf("draws")}>
            <Input
              {...control("draws")}
              inputMode="numeric"
              value={draft.drawCount}
              onChange={(event) => onChange({ drawCount: event.target.value })}
            />
          </Field>
          <Field id={fieldId("drawSeed")} label="Seed of the draws" hint={HINTS.drawSeed} error={errorOf("drawSeed")}>
            <Input
              {...control("drawSeed")}
              inputMode="numeric"
              value={draft.drawSeed}
              onChange={(event) => onChange({ drawSeed: event.target.value })}
            />
          </Field>
        </>
      ) : null}
    </div>
  );
}
