import type { Tensor } from "@tensorflow/tfjs-core";
import { runKernel } from "./webgpu-kernel.ts";

/**
 * One dispatch for an expression in the entries of tensors of one shape, where tfjs would take one for each operation.
 * `expression` is WGSL in the names of `inputs`; `name` stands for it in the pipeline cache.
 */
export function entrywise(name: string, inputs: Readonly<Record<string, Tensor>>, expression: string): Tensor {
  const [like] = Object.values(inputs);
  if (!like) throw new TypeError("An entrywise kernel needs an input.");
  const count = like.size;
  // Four entries an invocation, where they come out even.
  const wide = count % 4 === 0;
  const buffers = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [`${key}Buffer`, value]));
  return runKernel({
    name: `entrywise_${name}_${wide}`,
    shape: like.shape,
    inputs: buffers,
    integers: { count: wide ? count / 4 : count },
    components: { inputs: Object.keys(inputs).map(() => (wide ? 4 : 1)), output: wide ? 4 : 1 },
    invocations: wide ? count / 4 : count,
    code: () => `fn main(index : i32) {
      if (index >= uniforms.count) { return; }
      ${Object.keys(inputs)
        .map((key) => `let ${key} = ${key}Buffer[index];`)
        .join("\n")}
      result[index] = ${expression};
    }`,
  });
}
