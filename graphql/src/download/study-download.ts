import { Prisma } from "@widefield/prisma/client";
import { coerceInputValue, GraphQLError, type GraphQLSchema, isInputObjectType } from "graphql";
import type { ApiContext } from "../context.ts";
import { errorResponse } from "../http/error-response.ts";
import { type ResultFilter, studyListing } from "../result/result-listing.ts";
import { visibleStudies } from "../study/study-visibility.ts";
import { type Download, type Format, formats } from "./download-format.ts";
import { downloadColumns, downloadRows } from "./download-rows.ts";

/**
 * `/api/studies/<slug>/results.csv`, `.ndjson` and `.json`: all results of a study as one stream, as of the revision that the study has
 * when it begins. `?where=` takes a ResultFilter of the API as JSON.
 * @param path slug and file name.
 */
export async function studyDownload(
  request: Request,
  path: readonly string[],
  context: ApiContext,
  schema: GraphQLSchema,
  baseUrl: string,
): Promise<Response> {
  const [slug = "", file = ""] = path.map(decoded);
  const format = /^results\.(csv|ndjson|json)$/.exec(file)?.[1] as Format | undefined;
  if (!format) return errorResponse(404, "Downloads are called results.csv, results.ndjson and results.json.", request);
  if (request.method !== "GET" && request.method !== "HEAD") {
    return errorResponse(405, "Downloads are read by GET.", request, { allow: "GET, HEAD" });
  }
  const study = slug.includes("\0")
    ? null
    : await context.database.prisma.study.findFirst({ where: { slug, AND: [visibleStudies(context.viewer)] } });
  if (!study) return errorResponse(404, `There is no study "${slug.slice(0, 100)}".`, request);
  try {
    const where = readFilter(new URL(request.url).searchParams.get("where"), schema);
    const listing = studyListing(where, context.viewer, study);
    // What is decided while the download runs belongs to the next one.
    const fixed = Boolean(where.verdict) || typeof where.asOf === "number";
    const settled = fixed
      ? listing
      : { ...listing, where: [...listing.where, Prisma.sql`t.decided_revision <= ${study.revision}::int`] };
    const download: Download = {
      study,
      url: `${baseUrl}/studies/${encodeURIComponent(study.slug)}`,
      columns: () => downloadColumns(context.database, settled),
      pages: downloadRows(context.database, settled),
    };
    const headers = {
      "content-type": formats[format].mediaType,
      "content-disposition": `attachment; filename="${study.slug}-r${where.asOf ?? study.revision}.${format}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    };
    return new Response(request.method === "HEAD" ? null : streamOf(formats[format].encode(download)), { headers });
  } catch (error) {
    if (error instanceof GraphQLError) return errorResponse(400, error.message, request);
    throw error;
  }
}

/** @throws GraphQLError for what is no ResultFilter. */
function readFilter(text: string | null, schema: GraphQLSchema): ResultFilter {
  if (text === null || text === "") return {};
  if (text.includes("\0") || text.includes("\\u0000")) {
    throw new GraphQLError("The character U+0000 cannot be used in a value.");
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new GraphQLError('"where" is not valid JSON. It takes a ResultFilter, such as {"seed":[0]}.');
  }
  const type = schema.getType("ResultFilter");
  if (!isInputObjectType(type)) throw new Error("The schema has no ResultFilter.");
  return coerceInputValue(raw, type, (at, _value, error) => {
    throw new GraphQLError(`where${at.map((part) => `.${part}`).join("")}: ${error.message}`);
  }) as ResultFilter;
}

/** Text as bytes, made as fast as it is taken; a failure breaks the stream off, so that no part passes for the whole. */
function streamOf(parts: AsyncGenerator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await parts.return();
    },
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
