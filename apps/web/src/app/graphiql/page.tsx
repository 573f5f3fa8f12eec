import type { Metadata } from "next";
import { examples } from "../../graphiql/examples.ts";
import { LazyExplorer } from "../../graphiql/lazy-explorer.tsx";
import { VisuallyHidden } from "../../ui/visually-hidden.tsx";
import styles from "./page.module.css";

export const metadata: Metadata = {
  title: "GraphQL API",
  description: "Ask the API in the browser: worked examples, the schema, and every result.",
};

/** What a browser sees at /api/graphql; see the rewrite in next.config.ts. */
export default function GraphiqlPage() {
  return (
    <div className={styles.page} data-full-height>
      <VisuallyHidden>
        <h1>GraphQL API</h1>
      </VisuallyHidden>
      <LazyExplorer examples={examples} />
    </div>
  );
}
