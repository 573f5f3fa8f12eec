import { Page } from "../layout/page.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { VisuallyHidden } from "../ui/visually-hidden.tsx";

export default function Loading() {
  return (
    <Page>
      <div role="status" style={{ display: "grid", gap: "1.25rem" }}>
        <VisuallyHidden>Loading</VisuallyHidden>
        <Skeleton width="min(28rem, 80%)" height="2.5rem" />
        <Skeleton width="min(40rem, 100%)" height="1.25rem" />
        <Skeleton height="18rem" />
      </div>
    </Page>
  );
}
