import type { HostFilter, HostOrder } from "@widefield/graphql/documents";
import type { SearchParams } from "../study/address.ts";
import { BACKENDS, KINDS } from "./host-words.ts";
import { single } from "./page-window.ts";

/** Which hosts, and in what order, as the address says it. */
export interface HostView {
  /** The search params that say something, for links and the form. */
  readonly filters: Readonly<Record<string, string>>;
  readonly where: HostFilter;
  readonly orderBy: HostOrder;
}

const ORDERS = ["VALID_FLOPS", "FLOPS_PER_SECOND"] as const;

/** Unknown values are left out: a mistyped address shows more, never an error. */
export function hostView(params: SearchParams): HostView {
  const active = oneOf(["true", "false"] as const, single(params.active));
  const backend = oneOf(keysOf(BACKENDS), single(params.backend));
  const kind = oneOf(keysOf(KINDS), single(params.kind));
  const order = oneOf(ORDERS, single(params.order));
  return {
    filters: {
      ...(active && { active }),
      ...(backend && { backend }),
      ...(kind && { kind }),
      ...(order && { order }),
    },
    where: {
      ...(active && { active: active === "true" }),
      ...(backend && { backend: [backend] }),
      ...(kind && { kind: [kind] }),
    },
    orderBy: { field: order ?? "LAST_SEEN_AT", direction: "DESC" },
  };
}

function oneOf<const Word extends string>(words: readonly Word[], word: string | undefined): Word | undefined {
  return words.find((known) => known === word);
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record) as Key[];
}
