/** What one poll hands to everybody who listens for the same thing. */
export interface Channel<Value> {
  /** The newest value at once, where there is one, then every change; ends when the channel or the listener closes. */
  listen(): AsyncIterableIterator<Value, undefined>;
  /** Tells the listeners, unless the value is the one they have. */
  publish(value: Value): void;
  close(): void;
}

interface Kept<Value> {
  readonly value: Value;
  readonly text: string;
}

/**
 * A slow listener gets the newest value, never a queue: each value replaces the one before it.
 * @param onIdle called when the last listener has gone.
 */
export function openChannel<Value>(onIdle: () => void): Channel<Value> {
  let latest: Kept<Value> | null = null;
  let closed = false;
  const listeners = new Set<() => void>();

  return {
    listen: () =>
      listener(
        () => ({ latest, closed }),
        (wake) => {
          listeners.add(wake);
          return () => {
            if (listeners.delete(wake) && listeners.size === 0) onIdle();
          };
        },
      ),
    publish: (value) => {
      const text = JSON.stringify(value);
      if (text === latest?.text) return;
      latest = { value, text };
      for (const wake of [...listeners]) wake();
    },
    close: () => {
      closed = true;
      for (const wake of [...listeners]) wake();
    },
  };
}

/**
 * By hand, not an async generator: `return()` of a generator waits for the `next()` under way, which here may wait for ever,
 * and a stream that its reader has left would never end.
 */
function listener<Value>(
  channel: () => { readonly latest: Kept<Value> | null; readonly closed: boolean },
  join: (wake: () => void) => () => void,
): AsyncIterableIterator<Value, undefined> {
  let seen: Kept<Value> | null = null;
  let gone = false;
  let wake: () => void = () => undefined;
  const leave = join(() => wake());
  const end = { done: true, value: undefined } as const;

  const iterator: AsyncIterableIterator<Value, undefined> = {
    next: async () => {
      for (;;) {
        const { latest, closed } = channel();
        if (gone) return end;
        if (latest !== null && latest !== seen) {
          seen = latest;
          return { done: false, value: latest.value };
        }
        if (closed) {
          leave();
          return end;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    return: async () => {
      gone = true;
      leave();
      wake();
      return end;
    },
    throw: async (error) => {
      await iterator.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
