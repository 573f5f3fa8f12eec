import { request } from "@widefield/graphql/documents/client";
import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { handlerFromEnv } from "@widefield/graphql/http/handler-from-env";
import { headers } from "next/headers";
import { siteOrigin } from "./site-origin.ts";

/**
 * Asks the API from a server component, in this process: the same handler that answers the network, with the reader's own cookie.
 * @throws `ApiError`, which the nearest error page shows.
 */
export async function query<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const cookie = (await headers()).get("cookie");
  return await request(new URL("/api/graphql", await siteOrigin()).href, document, variables, {
    fetch: (asked) => {
      if (cookie) {
        asked.headers.set("cookie", cookie);
        // What a browser would say of a request that its own page makes.
        asked.headers.set("sec-fetch-site", "same-origin");
      }
      return handlerFromEnv()(asked, {});
    },
  });
}
