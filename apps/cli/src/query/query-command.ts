import type { Command } from "commander";
import { readStructured } from "../argument/structured-argument.ts";
import { readText } from "../argument/text-argument.ts";
import { CommandFailure, exitCodes } from "../failure/command-failure.ts";
import { tokenFor } from "../server/credentials.ts";
import { parseServerAddress, urlOption } from "../server/server-address.ts";

interface QueryOptions {
  readonly url: string;
  readonly variables?: string;
  readonly operator?: boolean;
  readonly signedIn?: boolean;
}

export function addQueryCommand(program: Command): void {
  program
    .command("query")
    .description("ask the API in GraphQL and print its answer")
    .argument("<query>", "GraphQL text, @file.graphql, or - for standard input")
    .addOption(urlOption())
    .option("--variables <json>", "as JSON or @file")
    .option("--signed-in", "as this machine's account, which mutations need")
    .option("--operator", "act as the operator of the server on this machine")
    .addHelpText("after", "\n  widefield query '{ commons { studies decidedTrials } }'")
    .action(async (query: string, options: QueryOptions) => {
      const server = parseServerAddress(options.url);
      const variables = options.variables ? await readStructured(options.variables, "--variables") : undefined;
      const text = await readText(query);
      const known = process.env.WIDEFIELD_TOKEN || options.operator || options.signedIn;
      const answer = await post(server, { query: text, variables }, known ? await tokenFor(server, options) : null);
      console.log(JSON.stringify(answer, null, 2));
      if (answer.errors !== undefined) process.exitCode = exitCodes.failed;
    });
}

/** The answer as it came, errors and all: whoever writes GraphQL wants to see them. */
async function post(server: URL, body: unknown, token: string | null): Promise<{ readonly errors?: unknown }> {
  const response = await fetch(new URL("/api/graphql", server), {
    method: "POST",
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new CommandFailure(`${server.origin} does not answer. Is the server running, and the network there?`, 1, {
      cause,
    });
  });
  try {
    return (await response.json()) as { readonly errors?: unknown };
  } catch (cause) {
    throw new CommandFailure(
      `${server.origin} answered ${response.status}, and no JSON. Is it a Widefield server?`,
      1,
      {
        cause,
      },
    );
  }
}
