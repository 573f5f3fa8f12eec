import { mkdir, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";

const largestBytes = 20 * 1024 * 1024;

/** A file that a child process writes its log to. Close `fd` once the child has it. */
export interface LogFile {
  readonly path: string;
  readonly fd: number;
  close(): Promise<void>;
}

/** Opens `<data folder>/logs/<name>.log` to append; one that has grown large is first put aside as `.1`. */
export async function openLog(folder: string, name: string): Promise<LogFile> {
  const logs = join(folder, "logs");
  await mkdir(logs, { recursive: true });
  const path = join(logs, `${name}.log`);
  const size = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (size > largestBytes) await rename(path, `${path}.1`);
  const handle = await open(path, "a");
  return { path, fd: handle.fd, close: () => handle.close() };
}
