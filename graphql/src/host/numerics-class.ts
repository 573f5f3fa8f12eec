/** Hosts of one class are expected to agree closely: they run the same program on the same kind of arithmetic. */
export function numericsClass(host: {
  readonly backend: string;
  readonly gpuVendor: string;
  readonly gpuArchitecture: string;
  readonly engine: string;
  readonly kernelDigest: string;
}): string {
  const gpu = [host.gpuVendor, host.gpuArchitecture].filter((part) => part !== "").join("-");
  return [host.backend.toLowerCase(), gpu, host.engine, host.kernelDigest.slice(0, 12)]
    .filter((part) => part !== "")
    .join("/");
}
