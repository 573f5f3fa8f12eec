import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { backend, engine, type Tensor } from "@tensorflow/tfjs-core";

type Program = Parameters<WebGPUBackend["runWebGPUProgram"]>[0];

export interface Kernel {
  /** Names the pipeline in tfjs's cache: equal names must have equal code. */
  readonly name: string;
  /** Shape of the f32 output, `result`. */
  readonly shape: readonly number[];
  /** Storage buffers by name, in order. */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Whole numbers and floats that the code reads as `uniforms.<name>`. */
  readonly integers?: Readonly<Record<string, number>>;
  readonly floats?: Readonly<Record<string, number>>;
  /** 4 where a buffer is an array of vec4<f32>, else 1. */
  readonly components?: { readonly inputs: readonly (1 | 4)[]; readonly output: 1 | 4 };
  /** Workgroups along x, y, z, of 8 × 8 × 1 invocations; left out, `main(index : i32)` is called for each of `invocations`. */
  readonly grid?: readonly [number, number, number];
  readonly invocations?: number;
  /** WGSL with `fn main()`, or `fn main(index : i32)` without a grid. */
  readonly code: () => string;
}

/** Runs own WGSL among tfjs's kernels, in the same command queue. The tensor is the caller's. tfjs's backend must be webgpu. */
export function runKernel(kernel: Kernel): Tensor {
  const { integers = {}, floats = {}, invocations = 0 } = kernel;
  const names = Object.keys(kernel.inputs);
  const shape = [...kernel.shape];
  const program: Program = {
    variableNames: names,
    variableComponents: [...(kernel.components?.inputs ?? names.map(() => 1))],
    outputComponent: kernel.components?.output ?? 1,
    outputShape: shape,
    workgroupSize: kernel.grid ? [8, 8, 1] : [64, 1, 1],
    dispatchLayout: kernel.grid ? { x: [0], y: [1], z: [2] } : { x: shape.map((_, axis) => axis) },
    dispatch: kernel.grid ? [...kernel.grid] : [Math.ceil(invocations / 64), 1, 1],
    uniforms: [
      ...Object.keys(integers).map((name) => `${name} : i32,`),
      ...Object.keys(floats).map((name) => `${name} : f32,`),
    ].join(" "),
    shaderKey: kernel.name,
    getUserCode: kernel.code,
  };
  const device = backend() as WebGPUBackend;
  const made = device.runWebGPUProgram(program, Object.values(kernel.inputs), "float32", [
    ...Object.values(integers).map((value) => ({ type: "int32", data: [value] })),
    ...Object.values(floats).map((value) => ({ type: "float32", data: [value] })),
  ]);
  return engine().makeTensorFromTensorInfo(made);
}
