import type { TypedDocument } from "@widefield/graphql/documents/typed-document";
import { createClient } from "graphql-sse";
import { request } from "./request.ts";

interface LiveQuery<Pushed, Asked, Variables, Value> {
  /** Tried first, over server-sent events. */
  readonly subscription: TypedDocument<Pushed, Variables>;
  /** Asked every few seconds while the stream is away. */
  readonly query: TypedDocument<Asked, Variables>;
  readonly variables: Variables;
  pushed(data: Pushed): Value | null;
  asked(data: Asked): Value | null;
  onValue(value: Value): void;
  /** A value after which none comes: the stream's end is then the end. Any other end is the server going away. */
  isLast?(value: Value): boolean;
}

const pollEvery = 5_000;
const reopenAfter = 30_000;

/**
 * Keeps a value up to date: by the stream, else by polling, and by neither while the page is hidden, because a browser opens
 * few connections to one host. Returns what ends it.
 */
export function watch<Pushed, Asked, Variables extends Record<string, unknown>, Value>(
  live: LiveQuery<Pushed, Asked, Variables, Value>,
): () => void {
  let close: (() => void) | null = null;

  function open(): () => void {
    const stopped = new AbortController();
    const client = createClient({ url: new URL("/api/graphql/stream", location.href).href, retryAttempts: 2 });
    let poll: ReturnType<typeof setInterval> | undefined;
    let reopen: ReturnType<typeof setTimeout> | undefined;
    let ended = false;

    const give = (value: Value | null) => {
      if (value === null || stopped.signal.aborted) return;
      ended = live.isLast?.(value) ?? false;
      if (ended) rest();
      live.onValue(value);
    };
    const ask = () => {
      request(live.query, live.variables, stopped.signal).then(
        (data) => give(live.asked(data)),
        // The server is away; the next turn asks again.
        () => undefined,
      );
    };
    const rest = () => {
      clearInterval(poll);
      clearTimeout(reopen);
    };
    const fallBack = () => {
      rest();
      if (stopped.signal.aborted || ended) return;
      poll = setInterval(ask, pollEvery);
      reopen = setTimeout(stream, reopenAfter);
      ask();
    };
    const stream = () => {
      client.subscribe<Pushed>(
        { query: live.subscription, variables: live.variables },
        {
          next: ({ data }) => {
            clearInterval(poll);
            if (data) give(live.pushed(data));
          },
          error: fallBack,
          // A server that shuts down ends its streams in good order.
          complete: fallBack,
        },
      );
    };
    stream();
    return () => {
      stopped.abort();
      rest();
      client.dispose();
    };
  }

  const onVisibility = () => {
    if (document.visibilityState === "hidden") {
      close?.();
      close = null;
    } else {
      close ??= open();
    }
  };
  document.addEventListener("visibilitychange", onVisibility);
  onVisibility();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    close?.();
  };
}
