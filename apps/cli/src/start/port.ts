import { createServer } from "node:net";
import { CommandFailure, usageFailure } from "../failure/command-failure.ts";

/** The port to serve on: the option, PORT, else 3000. @throws CommandFailure (exit code 2) for what is no port. */
export function choosePort(option: string | undefined, env: NodeJS.ProcessEnv = process.env): number {
  const text = option ?? (env.PORT || "3000");
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw usageFailure(`"${text}" is not a port. Give a whole number from 1 to 65535 by --port or PORT.`);
  }
  return port;
}

/**
 * Finds out before the long work begins whether the port can be had.
 * @throws CommandFailure that says who answers there, as far as it can be known, and what to do.
 */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const code = await tryPort(port, host);
  if (code === null) return;
  if (code === "EACCES")
    throw new CommandFailure(
      `Port ${port} needs rights that you do not have. Choose one from 1024 up by PORT or --port.`,
    );
  if (code !== "EADDRINUSE") throw new CommandFailure(`Cannot listen on ${host}, port ${port} (${code}).`);
  const other = (await isWidefield(port)) ? "another Widefield" : "another program";
  throw new CommandFailure(
    `Port ${port} is taken by ${other}. Stop it, or choose another port: PORT=${port + 1} npm start`,
  );
}

/** Null when the port is free, else the system's code. */
function tryPort(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

async function isWidefield(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://localhost:${port}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return (answer.headers.get("content-type") ?? "").includes("json");
  } catch {
    return false;
  }
}
