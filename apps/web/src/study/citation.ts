interface Cited {
  readonly slug: string;
  readonly title: string;
  readonly digest: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly createdBy: { readonly name: string } | null;
}

/** BibTeX of a study at its present revision: the digest names the question, the revision the answers so far. */
export function citation(study: Cited, origin: string): string {
  const year = (study.publishedAt ?? study.createdAt).slice(0, 4);
  return [
    `@misc{widefield-${study.slug},`,
    `  title        = {${escaped(study.title)}},`,
    `  author       = {${escaped(study.createdBy?.name ?? "Widefield volunteers")}},`,
    `  year         = {${year}},`,
    `  howpublished = {Widefield, \\url{${origin}/studies/${study.slug}}},`,
    `  note         = {Study ${study.digest.slice(0, 16)}, revision ${study.revision}; computed by volunteers}`,
    "}",
  ].join("\n");
}

function escaped(text: string): string {
  return text.replace(/[{}\\]/g, "").replace(/[&%$#_]/g, (sign) => `\\${sign}`);
}
