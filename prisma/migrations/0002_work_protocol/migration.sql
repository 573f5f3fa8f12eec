-- AlterTable
ALTER TABLE "trials" ADD COLUMN     "wanted" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "work_units" ADD COLUMN     "active_leases" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "wanted" INTEGER NOT NULL DEFAULT 0;

-- By hand: what rows of before would have had.
UPDATE "work_units" u SET
  "active_leases" = (SELECT count(*) FROM "leases" l WHERE l."unit_id" = u."id" AND l."state" = 'ACTIVE');
UPDATE "work_units" SET "open_slots" = 0 WHERE "state" = 'CLOSED';
UPDATE "work_units" SET "wanted" = "open_slots" + "active_leases" WHERE "state" = 'OPEN';
UPDATE "trials" t SET "wanted" = u."wanted" FROM "work_units" u WHERE u."id" = t."unit_id" AND t."state" = 'PENDING';

-- By hand: what the schema language cannot say.

-- Slots follow from what is wanted and what is out, whatever the code believes.
ALTER TABLE "work_units" ADD CONSTRAINT "work_units_slots_check"
  CHECK ("open_slots" = CASE WHEN "state" = 'OPEN' THEN greatest("wanted" - "active_leases", 0) ELSE 0 END);
ALTER TABLE "work_units" ADD CONSTRAINT "work_units_active_leases_check" CHECK ("active_leases" >= 0);

-- One network never supplies two replicas of one quorum, not even when two of its hosts ask at the same moment.
CREATE UNIQUE INDEX "leases_one_network_key" ON "leases"("unit_id", "network_hash")
  WHERE "state" IN ('ACTIVE', 'SUBMITTED') AND "network_hash" IS NOT NULL;

-- Every grant and every submission updates these rows: room on their pages, and a vacuum before the dead outnumber the living.
ALTER TABLE "work_units" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE "leases" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
