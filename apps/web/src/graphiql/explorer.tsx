"use client";

import "graphiql/setup-workers/webpack";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { createFetcher } from "./fetcher.ts";
import { mendTabRoles } from "./tab-roles.ts";

export interface Example {
  readonly query: string;
  readonly variables?: string;
}

/** GraphiQL over this site's own API. It loads in the browser only, and everything it needs comes from here. */
export default function Explorer({ examples }: { examples: readonly Example[] }) {
  const fetcher = useMemo(createFetcher, []);
  const theme = useSyncExternalStore(subscribe, chosenTheme, () => "system" as const);
  const asked = useMemo(() => new URLSearchParams(location.search), []);
  const query = asked.get("query");
  const variables = asked.get("variables");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => (place.current ? mendTabRoles(place.current) : undefined), []);
  return (
    <div ref={place} style={{ height: "100%" }}>
      <GraphiQL
        fetcher={fetcher}
        forcedTheme={theme}
        defaultTabs={examples.map(({ query, variables = null }) => ({ query, variables }))}
        defaultEditorToolsVisibility={false}
        isHeadersEditorEnabled
        {...(query !== null && { initialQuery: query })}
        {...(variables !== null && { initialVariables: variables })}
      />
    </div>
  );
}

function chosenTheme(): "light" | "dark" | "system" {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "system";
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
