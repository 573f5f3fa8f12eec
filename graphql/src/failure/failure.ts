import type { StudyState } from "@widefield/prisma/client";

/**
 * An expected failure: an answer, not an accident. Domain functions return or throw one of its classes;
 * fields whose type is an `errorUnion` with that class answer it as data.
 * Needs no GraphQL, so that domain code may use it anywhere.
 */
export abstract class Failure extends Error {}

/** No account came with the request. */
export class NotAuthenticated extends Failure {
  override readonly name = "NotAuthenticated";
  constructor(message = "Sign in first: POST /api/auth/sign-in/anonymous gives an account at once.") {
    super(message);
  }
}

/** The account may not do this. */
export class NotAllowed extends Failure {
  override readonly name = "NotAllowed";
}

/** What is named does not exist, or is not the caller's to see. */
export class NotFound extends Failure {
  override readonly name = "NotFound";
}

export interface InputIssue {
  /** Dotted path into the input, empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** The input cannot be used, and why, place by place. */
export class InvalidInput extends Failure {
  override readonly name = "InvalidInput";
  readonly issues: readonly InputIssue[];

  /** @param message left out: the issues joined. */
  constructor(issues: readonly InputIssue[], message?: string) {
    super(
      message ??
        issues.map((issue) => (issue.path ? `${issue.path}: ${issue.message}` : issue.message)).join(" ") ??
        "The input cannot be used.",
    );
    this.issues = issues;
  }

  /** One issue. */
  static at(path: string, message: string): InvalidInput {
    return new InvalidInput([{ path, message }]);
  }

  /** The issues of a failed zod parse. */
  static fromZod(
    error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] },
    prefix = "",
  ): InvalidInput {
    return new InvalidInput(
      error.issues.map((issue) => ({
        path: [prefix, ...issue.path.map(String)].filter((part) => part !== "").join("."),
        message: issue.message,
      })),
    );
  }
}

/** The caller's program is older (or newer) than the server's experiments. */
export class ClientOutdated extends Failure {
  override readonly name = "ClientOutdated";
  readonly expectedKernelDigest: string;

  constructor(
    expectedKernelDigest: string,
    message = "This program runs another version of the experiments than the server expects: reload the page, or update.",
  ) {
    super(message);
    this.expectedKernelDigest = expectedKernelDigest;
  }
}

/** The fencing token is unknown, past its refusal deadline, or somebody else's. Nothing was changed. */
export class StaleLease extends Failure {
  override readonly name = "StaleLease";
  /** As the caller gave it: a global id. */
  readonly leaseId: string;

  constructor(leaseId: string, message: string) {
    super(message);
    this.leaseId = leaseId;
  }
}

/** The study's state forbids this now. */
export class StudyNotActive extends Failure {
  override readonly name = "StudyNotActive";
  readonly state: StudyState;

  constructor(state: StudyState, message: string) {
    super(message);
    this.state = state;
  }
}
