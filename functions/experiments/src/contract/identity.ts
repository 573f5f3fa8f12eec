import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";

/** Canonical JSON (RFC 8785). @throws TypeError for what JSON cannot say. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("This value has no JSON form.");
  return text;
}

/** Lower-case hex SHA-256 of the canonical JSON. */
export function digestOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

/** The content address of a trial: equal for equal questions, whoever asks. `params` are those after defaults. */
export function trialDigest(experiment: { id: string; version: number }, params: unknown, seed: number): string {
  return digestOf({ experiment: `${experiment.id}@${experiment.version}`, params, seed });
}
