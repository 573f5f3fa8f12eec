import type { Backend } from "@widefield/prisma/client";
import type { Database } from "@widefield/prisma/open-database";

/** One active lease, without its secrets. */
export interface Activity {
  readonly leaseId: string;
  readonly studyId: string;
  readonly hostName: string;
  readonly backend: Backend;
  readonly trialCount: number;
  readonly progress: number;
  readonly grantedAt: Date;
}

/** Activities shown at most. */
const maxActivity = 50;

/** What is being computed now, newest first. */
export async function readActivity({ prisma }: Database, now: Date): Promise<Activity[]> {
  const leases = await prisma.lease.findMany({
    where: { state: "ACTIVE", reissueAt: { gt: now } },
    orderBy: [{ grantedAt: "desc" }, { id: "desc" }],
    take: maxActivity,
    include: { host: { select: { name: true, backend: true } } },
  });
  return leases.map((lease) => ({
    leaseId: lease.id,
    studyId: lease.studyId,
    hostName: lease.host.name,
    backend: lease.host.backend,
    trialCount: lease.trialIds.length,
    progress: lease.progress,
    grantedAt: lease.grantedAt,
  }));
}
