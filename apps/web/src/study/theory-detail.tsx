import { formatParam } from "../format/number.ts";
import { Table } from "../ui/table.tsx";
import styles from "./theory-section.module.css";

interface Condition {
  readonly text: string;
  readonly value: number;
  readonly holds: boolean;
  readonly needs: string;
}

/** The conditions behind a verdict with their numbers, where the theory gives any. */
export function TheoryDetail({ detail }: { detail: unknown }) {
  const conditions = conditionsOf(detail);
  if (conditions.length === 0) return null;
  return (
    <details className={styles.detail}>
      <summary>The conditions behind this verdict</summary>
      <Table caption="Conditions">
        <thead>
          <tr>
            <th scope="col">Condition</th>
            <th scope="col">Needed to be</th>
            <th scope="col" data-align="right">
              Left side
            </th>
            <th scope="col">Holds</th>
          </tr>
        </thead>
        <tbody>
          {conditions.map(({ text, value, holds, needs }) => (
            <tr key={`${text} ${needs}`}>
              <td>{text}</td>
              <td>{needs}</td>
              <td data-align="right">{formatParam(value).replace("-", "−")}</td>
              <td>{holds ? "yes" : "no"}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}

function conditionsOf(detail: unknown): Condition[] {
  if (detail === null || typeof detail !== "object" || !("inequalities" in detail)) return [];
  return Array.isArray(detail.inequalities) ? detail.inequalities.filter(isCondition) : [];
}

function isCondition(value: unknown): value is Condition {
  return (
    value !== null &&
    typeof value === "object" &&
    "text" in value &&
    typeof value.text === "string" &&
    "value" in value &&
    typeof value.value === "number" &&
    "holds" in value &&
    typeof value.holds === "boolean" &&
    "needs" in value &&
    typeof value.needs === "string"
  );
}
