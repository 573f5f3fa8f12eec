import { backend, env } from "@tensorflow/tfjs-core";

/** Bytes of disposed tensors that may wait for a submit: beside them a submit at each dispatch would cost no memory, and time. */
export const waitingBytes = 2 ** 26;

/**
 * tfjs takes the buffers of disposed tensors back only when it submits its commands, by default every 15 dispatches: with the large buffers of
 * wide nets that is more than the net itself (measured for Adam, depth 3, width 1024: 2.2 times what its tensors take; submitting each time, 1.03).
 */
export function submitForBuffersOf(bytes: number): void {
  const dispatches = Math.min(15, Math.max(1, Math.floor(waitingBytes / bytes)));
  env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", dispatches);
}

/** What tfjs's buffer manager keeps to itself. */
interface BufferManager {
  readonly freeBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
}

/** tfjs keeps every buffer that was ever given back for a tensor of exactly its size; the next pack has other sizes, and they would add up. */
export function destroyFreeBuffers(): void {
  const { bufferManager } = backend() as unknown as { bufferManager: BufferManager };
  for (const buffers of bufferManager.freeBuffers.values()) {
    for (const buffer of buffers) {
      bufferManager.numBytesAllocated -= buffer.size;
      buffer.destroy();
    }
    buffers.length = 0;
  }
  bufferManager.numFreeBuffers = 0;
}
