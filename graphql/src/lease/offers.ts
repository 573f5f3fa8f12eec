import type { Database } from "@widefield/prisma/open-database";
import { runStatement, type Statement } from "@widefield/prisma/statement";

/** An active study, and the cheapest of its units that has a slot. */
export interface Offer {
  readonly studyId: string;
  readonly slug: string;
  readonly family: string;
  /** `name@version` */
  readonly experiment: string;
  /** Null: no slot now, but perhaps a lease that has run out. */
  readonly unitFlops: number | null;
}

const offersStatement: Statement = {
  name: "widefield_offers",
  text: `
SELECT s.id AS "studyId", s.slug, s.family, s.experiment_id || '@' || s.experiment_version AS experiment, w.flops AS "unitFlops"
FROM studies s LEFT JOIN LATERAL (
  SELECT flops FROM work_units w WHERE w.study_id = s.id AND w.state = 'OPEN' AND w.open_slots > 0 ORDER BY w.flops, w.id LIMIT 1
) w ON true
WHERE s.state = 'ACTIVE' ORDER BY s.id`,
};

/** How old a list may be that the lottery is drawn from, in milliseconds. It never hides work: an empty grant asks again with a new one. */
const freshMs = 1000;
const remembered = new WeakMap<Database, { at: number; offers: Promise<readonly Offer[]> }>();

/** Active studies; a list of up to a second ago unless `fresh`. */
export function readOffers(database: Database, fresh = false): Promise<readonly Offer[]> {
  const known = remembered.get(database);
  if (known && !fresh && performance.now() - known.at < freshMs) return known.offers;
  const offers = runStatement<Offer & Record<string, unknown>>(database, offersStatement, []);
  remembered.set(database, { at: performance.now(), offers });
  offers.catch(() => remembered.delete(database));
  return offers;
}
