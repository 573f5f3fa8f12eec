import type { Backend, Host, HostKind } from "@widefield/prisma/client";
import { newId } from "@widefield/prisma/new-id";
import type { Database } from "@widefield/prisma/open-database";
import { z } from "zod";
import { ClientOutdated, InvalidInput, NotFound } from "../failure/failure.ts";
import { inputWords } from "../failure/input-words.ts";
import type { Caller } from "./caller.ts";
import { numericsClass } from "./numerics-class.ts";

const short = z.string().trim().max(200);
const bytes = z
  .number()
  .positive()
  .max(2 ** 53)
  .transform(Math.floor);

const hostFields = z.object({
  name: short.nullish(),
  gpuVendor: short.nullish(),
  gpuArchitecture: short.nullish(),
  gpuDescription: short.nullish(),
  engine: short.min(1, "Say which engine: chromium-156, node-20-dawn, …"),
  kernelDigest: short.min(1),
  maxBufferBytes: bytes,
  memoryBytes: bytes,
});

export interface HostDescription extends z.input<typeof hostFields> {
  /** Of a host of the caller's; null: a new one. */
  readonly id: string | null;
  readonly kind: HostKind;
  readonly backend: Backend;
}

/**
 * Makes a host known, or brings what it can do up to date.
 * @param expectedDigest of the programs that this server takes results from.
 */
export async function registerHost(
  database: Database,
  caller: Caller,
  description: HostDescription,
  expectedDigest: string,
): Promise<Host | InvalidInput | NotFound | ClientOutdated> {
  const parsed = hostFields.safeParse(description, { error: inputWords });
  if (!parsed.success) return InvalidInput.fromZod(parsed.error);
  if (parsed.data.kernelDigest !== expectedDigest) return new ClientOutdated(expectedDigest);
  const { name, gpuVendor, gpuArchitecture, gpuDescription, maxBufferBytes, memoryBytes, ...rest } = parsed.data;
  const about = {
    ...rest,
    kind: description.kind,
    backend: description.backend,
    gpuVendor: gpuVendor ?? "",
    gpuArchitecture: gpuArchitecture ?? "",
    gpuDescription: gpuDescription ?? "",
    maxBufferBytes: BigInt(maxBufferBytes),
    memoryBytes: BigInt(memoryBytes),
    trusted: caller.trusted,
  };
  const data = { ...about, numericsClass: numericsClass(about), lastSeenAt: new Date() };
  const hosts = database.prisma.host;
  if (description.id === null) {
    return hosts.create({
      data: { id: newId(), volunteerId: caller.volunteerId, name: name || defaultName(about), ...data },
    });
  }
  const own = { id: description.id, volunteerId: caller.volunteerId };
  const [host] = await hosts.updateManyAndReturn({ where: own, data: { ...data, ...(name ? { name } : {}) } });
  return host ?? new NotFound("You have no host with this id. Leave the id out to register a new one.");
}

/** `Chromium on nvidia ampere`, `Node on WebAssembly` */
function defaultName(host: { engine: string; gpuVendor: string; gpuArchitecture: string; backend: string }): string {
  const engine = host.engine.replace(/-\d+(\.\d+)*/, "").replace(/^./, (first) => first.toUpperCase());
  const gpu = [host.gpuVendor, host.gpuArchitecture].filter((part) => part !== "").join(" ");
  return `${engine} on ${gpu || { WASM: "WebAssembly", CPU: "the processor" }[host.backend] || "WebGPU"}`;
}
