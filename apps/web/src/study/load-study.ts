import { StudyPageDocument } from "@widefield/graphql/documents";
import { cache } from "react";
import { query } from "../api/query.ts";

/** The study of a slug, once per request however many parts of the page ask; null when there is none for this reader. */
export const loadStudy = cache(async (slug: string) => (await query(StudyPageDocument, { slug })).study);
