import type { DatasetManifest, FileRole } from "./manifest.ts";

/**
 * The datasets that Widefield knows by name. Checksums of the uncompressed files, as their publishers' archives unpack;
 * copies elsewhere name the same (for MNIST also MD5 6bbc9ace898e44ae57da46a324031adb of the train images).
 */
export const builtInManifests: readonly DatasetManifest[] = [
  {
    id: "mnist",
    title: "MNIST handwritten digits",
    source: "Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits, 1998",
    license: "CC BY-SA 3.0",
    features: 784,
    classes: 10,
    files: idxFiles({
      "train-inputs": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "train-labels": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "test-inputs": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "test-labels": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    }),
  },
  {
    id: "fashion-mnist",
    title: "Fashion-MNIST articles of clothing",
    source: "H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST: a Novel Image Dataset, arXiv:1708.07747, 2017",
    license: "MIT",
    features: 784,
    classes: 10,
    files: idxFiles({
      "train-inputs": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "train-labels": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "test-inputs": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "test-labels": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    }),
  },
];

/** 60 000 and 10 000 images of 28 x 28 bytes. */
function idxFiles(sha256: Readonly<Record<FileRole, string>>): DatasetManifest["files"] {
  const file = (role: FileRole, name: string, bytes: number) => ({
    name,
    mediaType: "application/octet-stream",
    sha256: sha256[role],
    bytes,
  });
  return {
    "train-inputs": file("train-inputs", "train-images-idx3-ubyte", 16 + 60_000 * 784),
    "train-labels": file("train-labels", "train-labels-idx1-ubyte", 8 + 60_000),
    "test-inputs": file("test-inputs", "t10k-images-idx3-ubyte", 16 + 10_000 * 784),
    "test-labels": file("test-labels", "t10k-labels-idx1-ubyte", 8 + 10_000),
  };
}
