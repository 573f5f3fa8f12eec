/** How requests show whose they are. */
export interface Account {
  /** Bearer token; undefined where a cookie does it. */
  token(): string | undefined;
  /**
   * Makes sure that there is an account, an anonymous one if need be.
   * @throws ApiError of the loop's ports
   */
  signIn(): Promise<void>;
  /** The token `used` was refused: the next sign-in makes a new one, where that is allowed, unless another has replaced it already. */
  forget(used: string | undefined): Promise<void>;
}
