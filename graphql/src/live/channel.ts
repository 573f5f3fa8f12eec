/** What one poll hands to everybody who listens for the same thing. */
export interface Channel<Value> {
  /** The newest value at once, where there is one, then every change; ends when the channel or the listener closes. */
  listen(): AsyncGenerator<Value, void, void>;
  /** Tells the listeners, unless the value is the one they have. */
  publish(value: Value): void;
  close(): void;
  readonly listeners: number;
}

/** A slow listener gets the newest value, never a queue: each value replaces the one before it. */
export function openChannel<Value>(onIdle: () => void): Channel<Value> {
  let latest: { readonly value: Value; readonly text: string } | null = null;
  let closed = false;
  const wake = new Set<() => void>();

  async function* listen(): AsyncGenerator<Value, void, void> {
    let seen: typeof latest = null;
    let notify: () => void = () => undefined;
    const ring = () => notify();
    wake.add(ring);
    try {
      for (;;) {
        if (latest !== null && latest !== seen) {
          seen = latest;
          yield latest.value;
        } else if (closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            notify = resolve;
          });
        }
      }
    } finally {
      wake.delete(ring);
      if (wake.size === 0) onIdle();
    }
  }

  return {
    listen,
    publish: (value) => {
      const text = JSON.stringify(value);
      if (text === latest?.text) return;
      latest = { value, text };
      for (const ring of wake) ring();
    },
    close: () => {
      closed = true;
      for (const ring of wake) ring();
    },
    get listeners() {
      return wake.size;
    },
  };
}
