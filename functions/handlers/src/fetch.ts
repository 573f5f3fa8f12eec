import { handlerFromEnv } from "@widefield/graphql/http/handler-from-env";
import { createFetchHandler } from "./fetch/fetch-handler.ts";

const handler = createFetchHandler((request, peer) => handlerFromEnv()(request, peer));

/** Netlify (a function of a request) and Cloudflare-like platforms (an object with `fetch`). */
export default handler;

/** Vercel and others that take one export per method. */
export {
  handler as DELETE,
  handler as GET,
  handler as HEAD,
  handler as OPTIONS,
  handler as PATCH,
  handler as POST,
  handler as PUT,
};
