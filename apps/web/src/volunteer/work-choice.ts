/** Which work a person wants to do: a study, a family, or whatever is needed most. */
export interface WorkChoice {
  readonly study: string | null;
  readonly family: string | null;
}

/** Whether it asks for certain work, not for whatever is needed most. */
export function namesWork({ study, family }: WorkChoice): boolean {
  return study !== null || family !== null;
}

/** What a page begins with: the work that its address names, else what the volunteer of this tab is at, else whatever is needed most. */
export function firstChoice(asked: WorkChoice, running: WorkChoice | null): WorkChoice {
  return namesWork(asked) || running === null ? asked : { study: running.study, family: running.family };
}

/** As one word, for a select's value and the page's address. */
export function choiceValue({ study, family }: WorkChoice): string {
  if (study !== null) return `study:${study}`;
  return family === null ? "" : `family:${family}`;
}

export function choiceOf(value: string): WorkChoice {
  const [kind, ...rest] = value.split(":");
  const name = rest.join(":");
  return { study: kind === "study" ? name : null, family: kind === "family" ? name : null };
}

/** The page's address with that choice: `/volunteer?study=slug`. */
export function choiceAddress({ study, family }: WorkChoice): string {
  const params = new URLSearchParams({ ...(study !== null && { study }), ...(family !== null && { family }) });
  return params.size === 0 ? "/volunteer" : `/volunteer?${params}`;
}
