import { formatParam } from "../format/number.ts";
import { Table } from "../ui/table.tsx";
import type { Condition, TheoryCase } from "./theory-case.ts";
import styles from "./theory-section.module.css";

/** The inequalities behind the verdicts with the value of their left sides, where the theory gives any. */
export function TheoryConditions({ cases }: { cases: readonly TheoryCase[] }) {
  const rows = new Map(cases.flatMap(({ conditions }) => conditions.map((one) => [idOf(one), one] as const)));
  if (rows.size === 0) return null;
  return (
    <details className={styles.conditions}>
      <summary>The conditions behind {cases.length === 1 ? "this verdict" : "these verdicts"}</summary>
      <Table caption="Conditions of each verdict, with the value of their left sides">
        <thead>
          <tr>
            <th scope="col">Condition</th>
            <th scope="col">Needed to be</th>
            {cases.map(({ id, name }) => (
              <th key={id} scope="col" data-align="right">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([row, { text, needs }]) => (
            <tr key={row}>
              <th scope="row">{text}</th>
              <td>{needs}</td>
              {cases.map(({ id, conditions }) => (
                <ConditionCell key={id} condition={conditions.find((one) => idOf(one) === row)} />
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}

function ConditionCell({ condition }: { condition: Condition | undefined }) {
  if (!condition) return <td data-align="right">–</td>;
  const { value, holds } = condition;
  return (
    <td data-align="right">
      {formatParam(value)} <span className={holds ? styles.holds : styles.fails}>{holds ? "holds" : "fails"}</span>
    </td>
  );
}

function idOf({ text, needs }: Condition): string {
  return `${text} ${needs}`;
}
