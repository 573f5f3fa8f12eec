import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Another process of this machine volunteers with the same folder for the same server. */
export class AlreadyVolunteering extends Error {
  override readonly name = "AlreadyVolunteering";
}

/**
 * Takes a folder for this process, until it ends or lets go.
 * A listening socket is the claim: the kernel drops it with its process, however that ends, where a file with a process
 * number would outlive a `kill -9` and point at whoever has that number next.
 * @returns what lets go
 * @throws AlreadyVolunteering
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const name = `widefield-${createHash("sha256").update(folder).digest("hex").slice(0, 24)}`;
  const path = process.platform === "win32" ? `\\\\?\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  const server = (await listen(path)) ?? (await takeOver(path, folder));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

async function takeOver(path: string, folder: string): Promise<Server> {
  if (!(await answers(path))) {
    // Left behind by a process that was killed.
    await rm(path, { force: true });
    const server = await listen(path);
    if (server !== null) return server;
  }
  throw new AlreadyVolunteering(
    `Another volunteer on this machine works with ${folder}. Stop it, choose another data folder, or ask that one for more --concurrency.`,
  );
}

/** Null when the path is taken. */
function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
