/** Who asks, as far as the work protocol cares. */
export interface Caller {
  readonly volunteerId: string;
  /** The operator's own account. */
  readonly trusted: boolean;
  /** Keyed hash of the caller's network; null for loopback. */
  readonly networkHash: string | null;
}
