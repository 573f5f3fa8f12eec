-- AlterTable: JSONB would sort the axes by name.
ALTER TABLE "studies" ALTER COLUMN "sweeps" SET DATA TYPE JSON;
