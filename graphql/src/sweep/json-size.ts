/**
 * Whether a value of JSON stays within so many values and levels. Walks without recursion, so that no nesting can exhaust the stack:
 * what reads a value afterwards may recurse.
 */
export function fitsJson(value: unknown, maxValues: number, maxDepth: number): boolean {
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (values > maxValues || depth > maxDepth) return false;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      for (const inner of Object.values(item)) {
        next.push(inner);
        if (values + next.length > maxValues) return false;
      }
    }
    level = next;
  }
  return true;
}
