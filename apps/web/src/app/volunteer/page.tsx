import { VolunteerPageDocument, VolunteerStudyDocument } from "@widefield/graphql/documents";
import type { Metadata } from "next";
import { query } from "../../api/query.ts";
import { queryIfKnown } from "../../api/query-if-known.ts";
import { single } from "../../host/page-window.ts";
import { Page, PageHead, Section } from "../../layout/page.tsx";
import type { SearchParams } from "../../study/address.ts";
import { VolunteerPanel } from "../../volunteer/volunteer-panel.tsx";
import { WhatHappens } from "../../volunteer/what-happens.tsx";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Volunteer",
  description:
    "Lend your GPU to open experiments about wide neural networks: one button, no account, stop at any moment.",
};

interface VolunteerPageProps {
  readonly searchParams: Promise<SearchParams>;
}

export default async function VolunteerPage({ searchParams }: VolunteerPageProps) {
  const params = await searchParams;
  const [slug, family] = [single(params.study) || null, single(params.family) || null];
  const [page, asked] = await Promise.all([
    query(VolunteerPageDocument, {}),
    slug === null ? null : queryIfKnown(VolunteerStudyDocument, { slug }),
  ]);
  return (
    <Page>
      <PageHead
        title="Lend your GPU"
        lead="Open studies ask how neural networks change as they grow wider. This page computes small pieces of them, for as long as you let it."
      />
      <VolunteerPanel
        page={page}
        choice={{ study: slug, family: slug === null ? family : null }}
        askedStudy={asked?.study ?? null}
      />
      <Section id="what-happens" title="What happens when you press start">
        <WhatHappens />
      </Section>
    </Page>
  );
}
