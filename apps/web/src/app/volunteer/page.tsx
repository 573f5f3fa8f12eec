import { VolunteerPageDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import { query } from "../../api/query.ts";
import { Page, PageHead, Section } from "../../layout/page.tsx";
import { VolunteerPanel } from "../../volunteer/volunteer-panel.tsx";
import { WhatHappens } from "../../volunteer/what-happens.tsx";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Volunteer",
  description:
    "Lend your GPU to open experiments about wide neural networks: one button, no account, stop at any moment.",
};

interface VolunteerPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function VolunteerPage({ searchParams }: VolunteerPageProps) {
  const [page, params] = await Promise.all([query(VolunteerPageDocument, {}), searchParams]);
  const one = (value: string | string[] | undefined) => (typeof value === "string" && value !== "" ? value : null);
  const study = one(params.study);
  return (
    <Page>
      <PageHead
        title="Lend your GPU"
        lead="Open studies ask how neural networks change as they grow wider. This page computes small pieces of them, for as long as you let it."
      />
      <VolunteerPanel page={page} choice={{ study, family: study === null ? one(params.family) : null }} />
      <Section id="what-happens" title="What happens when you press start">
        <WhatHappens />
      </Section>
    </Page>
  );
}
