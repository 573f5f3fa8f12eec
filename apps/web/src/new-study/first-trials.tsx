import { cellsOf } from "@widefield/graphql/sweep/cells";
import { countTrials, seedsOf } from "@widefield/graphql/sweep/count-trials";
import type { Sweep } from "@widefield/graphql/sweep/sweep";
import { spellValue } from "../chart/param-title.ts";
import { formatCount, formatCounted, formatParam } from "../format/number.ts";
import { Table } from "../ui/table.tsx";
import type { ParamField } from "./param-field.ts";

const SHOWN = 8;

/** The trials that the sweep begins with: what varies, and the seed. Equal trials fall together when the study is published. */
export function FirstTrials({ sweep, fields }: { readonly sweep: Sweep; readonly fields: readonly ParamField[] }) {
  const trials = firstTrials(sweep);
  const names = Object.keys(trials[0]?.coordinates ?? {});
  const titleOf = (name: string) => fields.find((field) => field.name === name)?.title ?? name;
  const total = countTrials(sweep);
  return (
    <Table
      caption={
        total > trials.length
          ? `The first ${trials.length} of ${formatCount(total)} trials`
          : `All ${formatCounted(total, "trial")}`
      }
      showCaption
      inset
    >
      <thead>
        <tr>
          <th scope="col">Trial</th>
          {names.map((name) => (
            <th key={name} scope="col">
              {titleOf(name)}
            </th>
          ))}
          <th scope="col" data-align="right">
            Seed
          </th>
        </tr>
      </thead>
      <tbody>
        {trials.map(({ coordinates, seed }, index) => (
          <tr key={JSON.stringify([coordinates, seed])}>
            <td>{index + 1}</td>
            {names.map((name) => (
              <td key={name}>{spellValue(name, coordinates[name]) ?? formatParam(coordinates[name])}</td>
            ))}
            <td data-align="right">{seed}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

interface FirstTrial {
  readonly coordinates: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/** Lazy: never expands more than it shows. */
function firstTrials(sweep: Sweep): FirstTrial[] {
  const trials: FirstTrial[] = [];
  const seeds = seedsOf(sweep);
  for (const { coordinates } of cellsOf(sweep)) {
    for (const seed of seeds) {
      if (trials.length === SHOWN) return trials;
      trials.push({ coordinates, seed });
    }
  }
  return trials;
}
