import type { VolunteerPageQuery, VolunteerStudyQuery } from "@widefield/graphql/documents";
import { formatCount } from "../format/number.ts";
import type { WorkChoice } from "./work-choice.ts";

/** The study that an address names, open or not; null where there is none. */
export type AskedStudy = VolunteerStudyQuery["study"];

/** Why the work that an address names is not to be had. */
export interface NoWork {
  readonly title: string;
  readonly message: string;
  /** Where what came of it can be read. */
  readonly href: string | null;
}

/** Null where the work is open, or where none is named. `study` is the study of that slug, wherever it was found. */
export function noWork(
  { study: slug, family }: WorkChoice,
  open: VolunteerPageQuery["studies"]["nodes"],
  study: AskedStudy,
): NoWork | null {
  if (family !== null && !open.some((one) => one.family === family)) {
    return { title: `No open study is of the family “${family}”`, message: "", href: null };
  }
  if (slug === null || open.some((one) => one.slug === slug)) return null;
  if (study === null) {
    const message = "The link may be mistyped, or the study is a draft that only its author sees.";
    return { title: `There is no study “${slug}”`, message, href: null };
  }
  const { title, state, progress } = study;
  const href = `/studies/${study.slug}`;
  switch (state) {
    case "FINISHED": {
      const message = `Each of its ${formatCount(progress.trials)} trials is decided: nothing is left to compute.`;
      return { title: `“${title}” is finished`, message, href };
    }
    case "PAUSED":
      return {
        title: `“${title}” is paused`,
        message: "Its author lets it rest; it gives out no work meanwhile.",
        href,
      };
    case "DRAFT":
      return { title: `“${title}” is a draft`, message: "Publish it, and volunteers can compute it.", href };
    case "ACTIVE":
      return null;
    default:
      return state satisfies never;
  }
}
