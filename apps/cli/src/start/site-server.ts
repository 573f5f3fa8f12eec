import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { closeHandlerFromEnv } from "@widefield/graphql/http/handler-from-env";
import { webFolder } from "../place/repository.ts";
import { endWithParent } from "./child.ts";

export interface SiteServerOptions {
  readonly port: number;
  /** `localhost` listens on both loopback addresses. */
  readonly host: string;
}

/** How long answers under way may take once the server is told to end; live streams never end by themselves. */
const patienceMs = 2_000;

/**
 * Serves the built site until SIGTERM or SIGINT, or until its parent is gone. Next's own `next start` waits for open streams for ever
 * and believes a caller's X-Forwarded-For; this server cuts the first and, beyond the declared proxies, does not pass on the second.
 */
export async function serveSite({ port, host }: SiteServerOptions): Promise<void> {
  const { default: next } = await import("next");
  const app = next({ dev: false, dir: webFolder, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const proxies = Number(process.env.WIDEFIELD_TRUSTED_PROXY ?? 0) || 0;
  // Next hides the socket from its routes. So this server is the last proxy in front of them, and adds the address that it sees.
  process.env.WIDEFIELD_TRUSTED_PROXY = String(proxies + 1);
  const listener: RequestListener = (request, response) => {
    if (!isWellFormed(request.url ?? "/")) {
      response.writeHead(400, { "content-type": "text/plain; charset=utf-8" });
      response.end("This address is not well-formed: a % must be followed by two hexadecimal digits.\n");
      return;
    }
    if (proxies === 0) for (const name of forwardingHeaders) delete request.headers[name];
    const chain = [request.headers["x-forwarded-for"], request.socket.remoteAddress].flat().filter(Boolean);
    request.headers["x-forwarded-for"] = chain.join(", ");
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  };
  const servers = await listen(listener, port, host);
  process.send?.("listening");
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", resolve);
    process.once("SIGINT", resolve);
    endWithParent(resolve);
  });
  // The handler lives on the process, whoever loaded it: this ends the live streams that Next's routes opened.
  await Promise.all([...servers.map(close), closeHandlerFromEnv()]);
  // Connections to the database and Next's own timers would keep the process alive.
  process.exit(0);
}

/** Next answers 500 where a percent sign in the path begins nothing. */
function isWellFormed(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

const forwardingHeaders = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "forwarded",
  "x-real-ip",
];

async function listen(listener: RequestListener, port: number, host: string): Promise<Server[]> {
  const hosts = host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  const servers: Server[] = [];
  for (const address of hosts) {
    const server = createServer(listener);
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ port, host: address, exclusive: true }, resolve);
      });
      servers.push(server);
    } catch (error) {
      // Many machines have no IPv6, by address or in the kernel; one loopback address is enough.
      const code = error instanceof Error && "code" in error ? error.code : null;
      const unavailable = code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT";
      if (!unavailable || servers.length === 0) throw error;
    }
  }
  const bound = servers.map((server) => server.address() as AddressInfo).map(({ address }) => address);
  console.log(JSON.stringify({ level: "info", msg: `listening on ${bound.join(" and ")}, port ${port}` }));
  return servers;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(timer);
}
