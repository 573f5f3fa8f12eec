"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "../ui/skeleton.tsx";

/** The editor needs a browser: it is not rendered on the server. */
export const LazyExplorer = dynamic(() => import("./explorer.tsx"), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
});
