import type { TypedDocument } from "./typed-document.ts";

export interface RequestOptions {
  /** Bearer token. A browser on the same origin needs none: its cookie goes along. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lets the request outlive its page (64 KiB at most): for the last words of a closing tab. */
  readonly keepalive?: boolean | undefined;
  /** Instead of the global fetch: a handler in the same process, or a test's. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Why no answer came, in words for a person. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** `network`: nobody answered. `http`: something else than the API answered, or it refused. `graphql`: the API says no. */
  readonly kind: "network" | "http" | "graphql";
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** `extensions.code` of the first GraphQL error. */
  readonly code: string | undefined;

  constructor(
    kind: ApiError["kind"],
    message: string,
    details: { status?: number; code?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.status = details.status ?? 0;
    this.code = details.code;
  }

  /** Whether the same request may well succeed later: the server was away, busy or broken. */
  get retryable(): boolean {
    if (this.kind === "network") return true;
    if (this.kind === "http") return this.status === 408 || this.status === 429 || this.status >= 500;
    return this.code === "INTERNAL_SERVER_ERROR" || this.code === "SERVICE_UNAVAILABLE";
  }
}

/**
 * Asks the API at `url` (that of the GraphQL endpoint, `https://…/api/graphql`) and gives back the data.
 * @throws `ApiError`; the signal's reason when aborted.
 */
export async function request<Result, Variables>(
  url: string,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  options: RequestOptions = {},
): Promise<Result> {
  const response = await send(url, JSON.stringify({ query: document, variables }), options);
  const text = await response.text().catch((cause: unknown) => {
    options.signal?.throwIfAborted();
    throw new ApiError("network", `The answer of ${url} broke off.`, { cause });
  });
  const answer = parseAnswer(text);
  const [first] = answer?.errors ?? [];
  if (first) {
    const message = answer?.errors?.map((error) => error.message).join(" ") ?? first.message;
    throw new ApiError("graphql", message, { status: response.status, ...codeOf(first) });
  }
  if (!response.ok || !answer || answer.data === undefined || answer.data === null) {
    throw new ApiError("http", explain(url, response, text), { status: response.status });
  }
  // The schema vouches for the shape: documents are generated against it.
  return answer.data as Result;
}

async function send(url: string, body: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({
    "content-type": "application/json",
    accept: "application/graphql-response+json, application/json",
  });
  if (options.token) headers.set("authorization", `Bearer ${options.token}`);
  const init: RequestInit = { method: "POST", headers, body };
  if (options.signal) init.signal = options.signal;
  if (options.keepalive) init.keepalive = true;
  try {
    return await (options.fetch ?? fetch)(new Request(url, init));
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new ApiError("network", `${url} does not answer. Is the server running, and the network there?`, { cause });
  }
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly AnswerError[];
}

interface AnswerError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown };
}

function parseAnswer(text: string): Answer | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : null;
  } catch {
    return null;
  }
}

function codeOf(error: AnswerError): { code?: string } {
  return typeof error.extensions?.code === "string" ? { code: error.extensions.code } : {};
}

function explain(url: string, response: Response, text: string): string {
  const type = response.headers.get("content-type") ?? "";
  if (response.ok) return `${url} answered something that is not GraphQL (${type || "no type"}). Is the address right?`;
  const detail = type.startsWith("text/plain") ? ` ${text.slice(0, 300)}` : "";
  return `${url} answered ${response.status} ${response.statusText}.${detail}`.replace(" .", ".");
}
