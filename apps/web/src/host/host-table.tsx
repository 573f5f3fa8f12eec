import type { HostRowFragment } from "@widefield/graphql/documents";
import Link from "next/link";
import { formatCount, formatFlops } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Table } from "../ui/table.tsx";
import styles from "./host.module.css";
import { BACKENDS, deviceOf, engineOf, speedOf } from "./host-words.ts";

export interface HostTableProps {
  readonly caption: string;
  readonly hosts: readonly HostRowFragment[];
  /** On a contributor's own page the column would repeat itself. */
  readonly withVolunteer: boolean;
}

/** One row a host: what it is, how fast, and what it gave. */
export function HostTable({ caption, hosts, withVolunteer }: HostTableProps) {
  // A host tells its speed once it asks for its second unit.
  const withSpeed = hosts.some(({ flopsPerSecond }) => flopsPerSecond > 0);
  return (
    <Table caption={caption} inset>
      <thead>
        <tr>
          <th scope="col">Host</th>
          {withVolunteer ? <th scope="col">Contributor</th> : null}
          <th scope="col">Backend</th>
          <th scope="col">Engine</th>
          {withSpeed ? (
            <th scope="col" data-align="right">
              Speed
            </th>
          ) : null}
          <th scope="col" data-align="right">
            Valid results
          </th>
          <th scope="col" data-align="right">
            Credit
          </th>
          <th scope="col" data-align="right">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {hosts.map((host) => (
          <tr key={host.id}>
            <th scope="row" className={styles.host}>
              <Link href={`/hosts/${encodeURIComponent(host.id)}`}>{host.name}</Link>
              <span className={styles.device}>{deviceOf(host)}</span>
            </th>
            {withVolunteer ? (
              <td>
                <Link href={`/contributors/${encodeURIComponent(host.volunteer.id)}`}>{host.volunteer.name}</Link>
              </td>
            ) : null}
            <td className={styles.nowrap}>
              {BACKENDS[host.backend]} {host.trusted ? <Badge tone="accent">trusted</Badge> : null}
            </td>
            <td className={styles.nowrap}>{engineOf(host.engine)}</td>
            {withSpeed ? <td data-align="right">{speedOf(host.flopsPerSecond)}</td> : null}
            <td data-align="right">
              {formatCount(host.validResults)}
              {host.invalidResults > 0 ? (
                <span className={styles.invalid}>{formatCount(host.invalidResults)} invalid</span>
              ) : null}
            </td>
            <td data-align="right">{formatFlops(host.validFlops)}</td>
            <td data-align="right">
              {host.active ? (
                <Badge tone="good" dot>
                  now
                </Badge>
              ) : (
                <Age at={host.lastSeenAt} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
