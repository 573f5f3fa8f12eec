import type { ContributionFiguresFragment } from "@widefield/graphql/documents";
import { formatCount, formatFlops } from "../format/number.ts";
import { Stat, StatGroup } from "../ui/stat.tsx";

/** What an account gave, in figures. */
export function ContributionStats({ contribution }: { readonly contribution: ContributionFiguresFragment }) {
  const { validFlops, validResults, pendingResults, invalidResults, hosts } = contribution;
  return (
    <StatGroup>
      <Stat label="Credit" value={formatFlops(validFlops)} note="in valid results" />
      <Stat label="Valid results" value={formatCount(validResults)} />
      <Stat label="Waiting" value={formatCount(pendingResults)} note="for another host’s answer" />
      <Stat label="Invalid" value={formatCount(invalidResults)} note="others disagreed" />
      <Stat label="Hosts" value={formatCount(hosts)} />
    </StatGroup>
  );
}
