/** Sliced work in one go. */
export async function finish<T>(work: Generator<void, T, void> | AsyncGenerator<void, T, void>): Promise<T> {
  for (;;) {
    const slice = await work.next();
    if (slice.done) return slice.value;
  }
}
