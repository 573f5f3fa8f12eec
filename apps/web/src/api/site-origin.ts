import { headers } from "next/headers";

/** The address that people use: as the operator declares it, else as this request names it. */
export async function siteOrigin(): Promise<string> {
  return process.env.WIDEFIELD_BASE_URL ?? `http://${(await headers()).get("host") ?? "localhost"}`;
}
