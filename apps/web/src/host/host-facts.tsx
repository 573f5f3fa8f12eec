import styles from "./host.module.css";
import { deviceOf, engineOf } from "./host-words.ts";

export interface HostFactsProps {
  readonly facts: {
    readonly gpuVendor: string;
    readonly gpuArchitecture: string;
    readonly gpuDescription: string;
    readonly engine: string;
    readonly numericsClass: string;
    readonly since: string;
    readonly seen: string;
  };
}

/** What a host says of itself. */
export function HostFacts({ facts }: HostFactsProps) {
  const rows: [string, string][] = [
    ["Device", deviceOf(facts)],
    ["Engine", engineOf(facts.engine)],
    ["Here since", facts.since],
    ["Last seen", facts.seen],
    ["Numerics class: hosts of one class agree closely", facts.numericsClass],
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
