/** A computation that may be interrupted wherever it yields. */
export type Computation<Result> = Generator<void, Result, void>;

/** Runs it to its end without a pause. */
export function atOnce<Result>(computation: Computation<Result>): Result {
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
  }
}

/** Milliseconds for which others wait at most, give or take one step. */
const pieceMs = 5;

/** Runs it to its end, letting the event loop serve others every few milliseconds. Node alone. */
export async function inPieces<Result>(computation: Computation<Result>): Promise<Result> {
  let until = performance.now() + pieceMs;
  for (;;) {
    const { done, value } = computation.next();
    if (done) return value;
    if (performance.now() < until) continue;
    // Unlike a microtask, this lets the event loop read from its sockets first.
    await new Promise<void>((resolve) => setImmediate(resolve));
    until = performance.now() + pieceMs;
  }
}
