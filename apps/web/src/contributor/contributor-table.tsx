import type { ContributorsPageQuery } from "@widefield/graphql/documents";
import Link from "next/link";
import { formatDay } from "../format/date.ts";
import { formatCount, formatFlops } from "../format/number.ts";
import { Badge } from "../ui/badge.tsx";
import { Table } from "../ui/table.tsx";
import styles from "./contributor.module.css";

export type Contributor = ContributorsPageQuery["contributors"]["edges"][number]["node"];

export interface ContributorTableProps {
  readonly contributors: readonly Contributor[];
  /** Rank of the row before the first. */
  readonly offset: number;
  readonly viewerId: string | null;
}

/** Accounts by credit, greatest first; the reader's own row stands out. */
export function ContributorTable({ contributors, offset, viewerId }: ContributorTableProps) {
  return (
    <Table caption="Contributors by credit" inset>
      <thead>
        <tr>
          <th scope="col" data-align="right">
            Rank
          </th>
          <th scope="col">Contributor</th>
          <th scope="col" data-align="right">
            Credit
          </th>
          <th scope="col" data-align="right">
            Valid results
          </th>
          <th scope="col" data-align="right">
            Waiting
          </th>
          <th scope="col" data-align="right">
            Invalid
          </th>
          <th scope="col" data-align="right">
            Hosts
          </th>
          <th scope="col" data-align="right">
            Since
          </th>
        </tr>
      </thead>
      <tbody>
        {contributors.map(({ id, name, createdAt, contribution }, index) => (
          <tr key={id} className={id === viewerId ? styles.own : undefined}>
            <td data-align="right">{formatCount(offset + index + 1)}</td>
            <th scope="row" className={styles.name}>
              <Link href={`/contributors/${encodeURIComponent(id)}`}>{name}</Link>{" "}
              {id === viewerId ? <Badge tone="accent">you</Badge> : null}
            </th>
            <td data-align="right">{formatFlops(contribution.validFlops)}</td>
            <td data-align="right">{formatCount(contribution.validResults)}</td>
            <td data-align="right">{formatCount(contribution.pendingResults)}</td>
            <td data-align="right">{formatCount(contribution.invalidResults)}</td>
            <td data-align="right">{formatCount(contribution.hosts)}</td>
            <td data-align="right">{formatDay(createdAt)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
