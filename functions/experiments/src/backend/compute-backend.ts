/** The device that a run computes on. tfjs's global engine is set to it for the length of a run. */
export interface ComputeBackend {
  readonly name: BackendName;
  /** The adapter as it describes itself; empty strings where there is none. */
  readonly adapter: AdapterInfo;
  readonly limits: DeviceLimits;
  /** Resolves when the device is gone; never for wasm and cpu. */
  readonly lost: Promise<string>;
  /** Frees the device. */
  dispose(): Promise<void>;
}

export type BackendName = "webgpu" | "wasm" | "cpu";

export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
}

export interface DeviceLimits {
  /** Largest buffer that a program may bind, in bytes. */
  readonly maxBufferBytes: number;
  /** Bytes that this host is willing to use. */
  readonly memoryBytes: number;
}
