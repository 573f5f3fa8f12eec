import type { DatasetSource, Examples } from "@widefield/experiments/contract/program";
import { openStream } from "@widefield/experiments/random/random-stream";

/** A source of random 784-byte images, whose label is written into their first pixels so that there is something to learn. */
export function noiseImages(count: number): DatasetSource {
  return {
    async labelled(id) {
      return { id, train: examples(1, count), test: examples(2, count), features: 784, classes: 10 };
    },
  };
}

function examples(seed: number, count: number): Examples {
  const words = new Uint32Array(count * 785);
  openStream(seed, "trainInputs").fillWords(words);
  const labels = Uint8Array.from({ length: count }, (_, i) => (words[i] ?? 0) % 10);
  const inputs = Uint8Array.from({ length: count * 784 }, (_, i) => {
    const pixel = i % 784;
    const noise = (words[count + i] ?? 0) >>> 25;
    return pixel < 280 && Math.floor(pixel / 28) === labels[Math.floor(i / 784)] ? 255 - noise : noise;
  });
  return { count, inputs, labels };
}
