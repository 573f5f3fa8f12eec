/** A string that is equal for equal JSON values, whatever the order of their keys. */
export function jsonKey(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** A param's value in a group's key or a trial's params; dotted paths reach inside. */
export function paramAt(params: unknown, path: string): unknown {
  if (params === null || typeof params !== "object") return undefined;
  const record = params as Readonly<Record<string, unknown>>;
  if (path in record) return record[path];
  return path.split(".").reduce<unknown>((inner, name) => {
    return inner !== null && typeof inner === "object" ? (inner as Readonly<Record<string, unknown>>)[name] : undefined;
  }, record);
}
