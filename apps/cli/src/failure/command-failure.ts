/** What the shell learns from the exit code. */
export const exitCodes = {
  /** It did not work: the server said no, cannot be reached, or something broke. */
  failed: 1,
  /** The command was called wrongly: unknown options, bad params, an unreadable file. */
  usage: 2,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** A command cannot go on. The message is all that the person sees: what is wrong and what to do. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The caller gave something that cannot be used: exit code 2. */
export function usageFailure(message: string): CommandFailure {
  return new CommandFailure(message, exitCodes.usage);
}
