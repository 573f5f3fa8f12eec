-- AlterTable. By hand: leases of before are of their host's class of today; what it was when they were granted is not known.
ALTER TABLE "leases" ADD COLUMN     "numerics_class" TEXT;
UPDATE "leases" l SET "numerics_class" = h."numerics_class" FROM "hosts" h WHERE h."id" = l."host_id";
ALTER TABLE "leases" ALTER COLUMN "numerics_class" SET NOT NULL;
