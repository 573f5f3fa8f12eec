"use client";

import { useSearchParams } from "next/navigation";
import type { ComponentProps } from "react";
import { FilterForm } from "../ui/filter-form.tsx";
import { selected } from "./address.ts";

/** A form of the study's page. What is selected stays so, and is taken from the address as it is now: the server wrote the form before. */
export function StudyForm({ keep = [], ...rest }: ComponentProps<typeof FilterForm>) {
  return <FilterForm keep={[...keep, ...selected(useSearchParams())]} {...rest} />;
}
