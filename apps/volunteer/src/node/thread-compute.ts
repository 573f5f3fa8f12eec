import { Worker } from "node:worker_threads";
import type { Progress } from "@widefield/experiments/contract/program";
import type { Compute, ComputeEnd, DeviceFacts } from "../loop/ports.ts";
import { sentence } from "../loop/to-failure.ts";
import type { ThreadData, ThreadOrder, ThreadReport } from "./thread-message.ts";

const CLOSE_MS = 3_000;

interface Running {
  readonly leaseId: string;
  onProgress(progress: Progress): void;
  end(end: ComputeEnd): void;
}

interface Opening {
  done(device: DeviceFacts): void;
  failed(error: Error): void;
}

/** Computes in a thread of its own. A thread that breaks down is a lost device: the next `open` starts another. */
export function createThreadCompute(data: ThreadData): Compute {
  let worker: Worker | null = null;
  let opening: Opening | null = null;
  let running: Running | null = null;
  let onLost = (_message: string): void => undefined;
  let onClosed = (): void => undefined;
  let pace: ThreadOrder = { kind: "pace", intensity: 1, suspended: false };

  function start(): Worker {
    const started = new Worker(new URL("./compute-thread.mjs", import.meta.url), { workerData: data });
    started.on("message", (report: ThreadReport) => hear(report));
    started.on("error", (error) => breakDown(started, sentence(error)));
    started.on("exit", () => breakDown(started, "The compute thread ended."));
    started.postMessage(pace);
    return started;
  }

  function hear(report: ThreadReport): void {
    switch (report.kind) {
      case "opened":
        opening?.done(report.device);
        opening = null;
        return;
      case "refused":
        opening?.failed(new Error(report.message));
        opening = null;
        return;
      case "lost":
        onLost(report.message);
        return;
      case "progress":
        if (running?.leaseId === report.leaseId) running.onProgress(report.progress);
        return;
      case "ended":
        if (running?.leaseId === report.leaseId) endRun(report.end);
        return;
      case "closed":
        onClosed();
        return;
      default:
        report satisfies never;
    }
  }

  function endRun(end: ComputeEnd): void {
    const ended = running;
    running = null;
    ended?.end(end);
  }

  function breakDown(broken: Worker, message: string): void {
    if (worker !== broken) return;
    worker = null;
    if (opening !== null) opening.failed(new Error(`The compute thread broke down: ${message}`));
    else onLost(message);
    opening = null;
    endRun({ kind: "stopped" });
    onClosed();
  }

  return {
    open(backend, lost) {
      onLost = lost;
      worker ??= start();
      const order: ThreadOrder = { kind: "open", backend };
      worker.postMessage(order);
      return new Promise((done, failed) => {
        opening = { done, failed };
      });
    },
    run(unit, onProgress) {
      return new Promise((end) => {
        if (worker === null) return end({ kind: "stopped" });
        running = { leaseId: unit.leaseId, onProgress, end };
        const order: ThreadOrder = { kind: "run", unit };
        worker.postMessage(order);
      });
    },
    abort() {
      const order: ThreadOrder = { kind: "abort" };
      worker?.postMessage(order);
    },
    pace(intensity, suspended) {
      pace = { kind: "pace", intensity, suspended };
      worker?.postMessage(pace);
    },
    async close() {
      const closing = worker;
      if (closing === null) return;
      const closed = new Promise<void>((resolve) => {
        onClosed = resolve;
        setTimeout(resolve, CLOSE_MS).unref();
      });
      const order: ThreadOrder = { kind: "close" };
      closing.postMessage(order);
      await closed;
      worker = null;
      endRun({ kind: "stopped" });
      await closing.terminate();
    },
  };
}
