/** Whose replicas decide a trial: "2 replicas from different people, or one from a trusted host". A trusted host decides alone. */
export function agreementInWords(quorum: number): string {
  return quorum === 1 ? "one replica" : `${quorum} replicas from different people, or one from a trusted host`;
}
