import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { eventOf } from "./recorded-event.ts";

/** One instance of the deployed function. */
export interface Instance {
  invoke(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** GraphQL through an event, as the account of a token. @throws when the answer has errors. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  ask(query: string, variables?: object, token?: string): Promise<any>;
  /** As the platform does with an instance that it no longer wants. */
  kill(): void;
}

const program = fileURLToPath(new URL("instance.mjs", import.meta.url));

export async function startInstance(env: Readonly<Record<string, string>>): Promise<Instance> {
  const child = fork(program, { env: { ...process.env, WIDEFIELD_LOG_LEVEL: "error", ...env } });
  const waiting = new Map<number, (result: APIGatewayProxyStructuredResultV2) => void>();
  let last = 0;
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`The instance ended with ${code} before it was ready.`)));
  });
  child.on("message", ({ id, result }: { id: number; result: APIGatewayProxyStructuredResultV2 }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  const invoke = (event: APIGatewayProxyEventV2) =>
    new Promise<APIGatewayProxyStructuredResultV2>((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      child.send({ id, event });
    });
  return {
    invoke,
    ask: async (query, variables = {}, token) => {
      const headers = token ? { authorization: `Bearer ${token}` } : {};
      const { body = "" } = await invoke(eventOf({ path: "/api/graphql", body: { query, variables }, headers }));
      const { data, errors } = JSON.parse(body);
      if (errors) throw new Error(body);
      return data;
    },
    kill: () => child.kill("SIGKILL"),
  };
}
