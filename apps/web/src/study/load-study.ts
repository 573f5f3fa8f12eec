import { StudyPageDocument, StudyTheoryDocument } from "@widefield/graphql/documents";
import { cache } from "react";
import { query } from "../api/query.ts";
import type { PageStudy } from "./study-facts.tsx";
import { theoryGrouping } from "./theory-grouping.ts";

/** The study of a slug, once per request however many parts of the page ask; null when there is none for this reader. */
export const loadStudy = cache(async (slug: string): Promise<PageStudy | null> => {
  const { study } = await query(StudyPageDocument, { slug });
  if (!study) return null;
  // What theory tells apart depends on the axes, so it is asked after them.
  const groupBy = theoryGrouping(study.axes, study.experiment?.view ?? null);
  const found = study.experiment ? await query(StudyTheoryDocument, { slug, groupBy }) : null;
  return { ...study, theory: found?.study?.theory ?? [] };
});
