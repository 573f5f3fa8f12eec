"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { ComponentProps } from "react";
import { Pagination } from "../ui/pagination.tsx";
import { withSelected } from "./address.ts";

/**
 * The selection may have changed since the server wrote its links, and changes without asking it: links of the results
 * take it from the address as it is now.
 */
function useKept(): (address: string) => string {
  const now = useSearchParams();
  return (address) => withSelected(address, now);
}

/** A link within the study's page, to another order of its results. */
export function ResultsLink({ href, ...rest }: Omit<ComponentProps<typeof Link>, "href"> & { readonly href: string }) {
  return <Link href={useKept()(href)} scroll={false} prefetch={false} {...rest} />;
}

/** The ways to neighbouring pages of the results. */
export function ResultsPagination({ previous, next, ...rest }: ComponentProps<typeof Pagination>) {
  const kept = useKept();
  return <Pagination previous={previous && kept(previous)} next={next && kept(next)} {...rest} />;
}
