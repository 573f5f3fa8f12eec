import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { env, setBackend } from "@tensorflow/tfjs-core";
import { ExperimentError } from "../contract/program.ts";
import type { ComputeBackend } from "./compute-backend.ts";

export interface WasmOptions {
  /** Where the `.wasm` files are: a folder ending in `/`, or a full address for each. Under Node they are found beside the package. */
  readonly paths?: string | WasmPaths;
}

export interface WasmPaths {
  readonly plain: string;
  readonly simd: string;
}

/**
 * WebAssembly with SIMD on one thread.
 * Threads stay off: under cross-origin isolation tfjs starts its pool from its own source text, which minifiers break.
 * @throws ExperimentError when the binary cannot be loaded.
 */
export async function openWasm({ paths }: WasmOptions = {}): Promise<ComputeBackend> {
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (typeof paths === "string") {
    setWasmPaths(paths);
  } else if (paths) {
    setWasmPaths({
      "tfjs-backend-wasm.wasm": paths.plain,
      "tfjs-backend-wasm-simd.wasm": paths.simd,
      // tfjs asks for all three names, and never loads this one without threads.
      "tfjs-backend-wasm-threaded-simd.wasm": paths.simd,
    });
  }
  const before = processListeners();
  const loaded = await setBackend("wasm").catch(() => false);
  for (const [event, listeners] of processListeners()) {
    for (const listener of listeners) if (!before.get(event)?.includes(listener)) nodeProcess()?.off(event, listener);
  }
  if (!loaded) throw new ExperimentError("WebAssembly did not start: its .wasm file could not be loaded.");
  return {
    name: "wasm",
    adapter: { vendor: "", architecture: "", description: "WebAssembly SIMD, one thread" },
    // Its heap grows to 2 GiB and is never given back.
    limits: { maxBufferBytes: 2 ** 29, memoryBytes: 1.5 * 2 ** 30 },
    lost: new Promise(() => {}),
    async dispose() {},
  };
}

type Listener = (...args: unknown[]) => void;

/** Under Node the wasm module listens to these two and answers by throwing with its whole source text; its listeners are taken off again. */
function processListeners(): Map<string, readonly Listener[]> {
  const emitter = nodeProcess();
  return new Map(["uncaughtException", "unhandledRejection"].map((event) => [event, emitter?.listeners(event) ?? []]));
}

interface Emitter {
  listeners(event: string): Listener[];
  off(event: string, listener: Listener): unknown;
}

function nodeProcess(): Emitter | undefined {
  const found = (globalThis as { process?: Partial<Emitter> }).process;
  return typeof found?.listeners === "function" && typeof found.off === "function" ? (found as Emitter) : undefined;
}
