import { Option } from "commander";
import { usageFailure } from "../failure/command-failure.ts";

const defaultAddress = "http://localhost:3000";

/** `--url`, with WIDEFIELD_URL behind it. */
export function urlOption(): Option {
  return new Option("--url <address>", "of the Widefield server").env("WIDEFIELD_URL").default(defaultAddress);
}

/**
 * The origin of a server as people write it: `localhost:3000` and a page of the site are understood too.
 * @throws CommandFailure (exit code 2) for what is no address.
 */
export function parseServerAddress(text: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:") || url.hostname === "") {
    throw usageFailure(`"${text}" is not the address of a server. Give one like ${defaultAddress}.`);
  }
  return new URL(url.origin);
}

/** Options that every command about a server may have. */
export interface ServerOptions {
  readonly url: string;
  readonly operator?: boolean;
  readonly json?: boolean;
}

/** `--operator` */
export function operatorOption(): Option {
  return new Option("--operator", "act as the operator of the server on this machine");
}
