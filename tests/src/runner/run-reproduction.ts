import { listEntries, loadEntry } from "./entry.ts";
import { formatMeasurement, type Reproduction } from "./reproduction.ts";

/**
 * `npm run reproduce -- <family> [row …]`: measures the rows of a family's table and prints each beside what is expected.
 * `tests/src/reproduce/<family>.ts` exports `reproduction`; without a family lists them.
 * @returns the exit code: 1 when a row is off.
 */
export async function runReproduction([family, ...rows]: readonly string[]): Promise<number> {
  const families = listEntries("reproduce", "reproduction");
  if (family === undefined || !families.includes(family)) {
    if (family !== undefined) console.error(`There is no reproduction of "${family}".`);
    console.error(`npm run reproduce -- <family> [row …], with one of: ${families.join(", ") || "(none)"}`);
    return family === undefined ? 0 : 2;
  }
  const { reproduction } = (await loadEntry("reproduce", family)) as { reproduction: Reproduction };
  const chosen = reproduction.rows.filter((row) => rows.length === 0 || rows.includes(row.id));
  const unknown = rows.filter((id) => !reproduction.rows.some((row) => row.id === id));
  if (unknown.length > 0) {
    console.error(
      `${family} has no row ${unknown.join(", ")}; its rows: ${reproduction.rows.map((row) => row.id).join(", ")}`,
    );
    return 2;
  }
  let off = 0;
  for (const row of chosen) {
    console.log(`\n${row.id}. ${row.title}`);
    const started = performance.now();
    for await (const measurement of row.measure()) {
      if (!measurement.holds) off += 1;
      console.log(formatMeasurement(measurement));
    }
    console.log(`   ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  console.log(off === 0 ? "\nEvery row holds." : `\n${off} off.`);
  return off === 0 ? 0 : 1;
}
