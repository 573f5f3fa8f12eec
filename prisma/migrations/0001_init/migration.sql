-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "HostKind" AS ENUM ('BROWSER', 'NODE');

-- CreateEnum
CREATE TYPE "Backend" AS ENUM ('WEBGPU', 'WASM', 'CPU');

-- CreateEnum
CREATE TYPE "StudyState" AS ENUM ('DRAFT', 'ACTIVE', 'PAUSED', 'FINISHED');

-- CreateEnum
CREATE TYPE "TrialState" AS ENUM ('PENDING', 'VALID', 'NONDETERMINISTIC', 'FAILED');

-- CreateEnum
CREATE TYPE "WorkUnitState" AS ENUM ('OPEN', 'CLOSED');

-- CreateEnum
CREATE TYPE "LeaseState" AS ENUM ('ACTIVE', 'SUBMITTED', 'RELEASED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "Outcome" AS ENUM ('SUCCEEDED', 'DIVERGED', 'FAILED');

-- CreateEnum
CREATE TYPE "Verdict" AS ENUM ('PENDING', 'VALID', 'INVALID', 'INCONCLUSIVE', 'LATE');

-- CreateEnum
CREATE TYPE "DecisionKind" AS ENUM ('PUBLISHED', 'EXTENDED', 'PAUSED', 'RESUMED', 'FINISHED', 'CANONICAL', 'ADOPTED', 'NONDETERMINISTIC', 'FAILED');

-- CreateTable
CREATE TABLE "volunteers" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "is_anonymous" BOOLEAN NOT NULL DEFAULT true,
    "trusted" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "volunteers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credentials" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credentials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hosts" (
    "id" UUID NOT NULL,
    "volunteer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "HostKind" NOT NULL,
    "backend" "Backend" NOT NULL,
    "gpu_vendor" TEXT NOT NULL DEFAULT '',
    "gpu_architecture" TEXT NOT NULL DEFAULT '',
    "gpu_description" TEXT NOT NULL DEFAULT '',
    "engine" TEXT NOT NULL,
    "kernel_digest" TEXT NOT NULL,
    "numerics_class" TEXT NOT NULL,
    "max_buffer_bytes" BIGINT NOT NULL,
    "memory_bytes" BIGINT NOT NULL,
    "flops_per_second" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "trusted" BOOLEAN NOT NULL DEFAULT false,
    "valid_results" INTEGER NOT NULL DEFAULT 0,
    "invalid_results" INTEGER NOT NULL DEFAULT 0,
    "valid_flops" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hosts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "studies" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "family" TEXT NOT NULL,
    "experiment_id" TEXT NOT NULL,
    "experiment_version" INTEGER NOT NULL,
    "sweeps" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "quorum" INTEGER NOT NULL,
    "max_results" INTEGER NOT NULL,
    "max_failures" INTEGER NOT NULL,
    "license" TEXT NOT NULL DEFAULT 'CC-BY-4.0',
    "state" "StudyState" NOT NULL DEFAULT 'DRAFT',
    "revision" INTEGER NOT NULL DEFAULT 0,
    "trial_count" INTEGER NOT NULL DEFAULT 0,
    "decided_count" INTEGER NOT NULL DEFAULT 0,
    "flops" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "studies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trials" (
    "id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "unit_id" UUID,
    "digest" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "flops" DOUBLE PRECISION NOT NULL,
    "state" "TrialState" NOT NULL DEFAULT 'PENDING',
    "canonical_result_id" UUID,
    "adopted" BOOLEAN NOT NULL DEFAULT false,
    "decided_revision" INTEGER,

    CONSTRAINT "trials_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_units" (
    "id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "experiment_id" TEXT NOT NULL,
    "experiment_version" INTEGER NOT NULL,
    "pack_key" TEXT NOT NULL,
    "state" "WorkUnitState" NOT NULL DEFAULT 'OPEN',
    "open_slots" INTEGER NOT NULL,
    "trial_count" INTEGER NOT NULL,
    "flops" DOUBLE PRECISION NOT NULL,
    "peak_bytes" BIGINT NOT NULL,
    "largest_buffer_bytes" BIGINT NOT NULL,
    "download_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "work_units_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leases" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "volunteer_id" UUID NOT NULL,
    "network_hash" TEXT,
    "token_hash" TEXT NOT NULL,
    "state" "LeaseState" NOT NULL DEFAULT 'ACTIVE',
    "trial_ids" UUID[],
    "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reissue_at" TIMESTAMPTZ(3) NOT NULL,
    "refuse_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "leases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "results" (
    "id" UUID NOT NULL,
    "trial_id" UUID NOT NULL,
    "lease_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "volunteer_id" UUID NOT NULL,
    "backend" "Backend" NOT NULL,
    "numerics_class" TEXT NOT NULL,
    "outcome" "Outcome" NOT NULL,
    "verdict" "Verdict" NOT NULL DEFAULT 'PENDING',
    "diverged_at_step" INTEGER,
    "error" TEXT,
    "elapsed_ms" DOUBLE PRECISION NOT NULL,
    "flops" DOUBLE PRECISION NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "results_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "measurements" (
    "result_id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "value" DOUBLE PRECISION,

    CONSTRAINT "measurements_pkey" PRIMARY KEY ("result_id","metric")
);

-- CreateTable
CREATE TABLE "curves" (
    "result_id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "steps" INTEGER[],
    "values" DOUBLE PRECISION[],

    CONSTRAINT "curves_pkey" PRIMARY KEY ("result_id","metric")
);

-- CreateTable
CREATE TABLE "decisions" (
    "id" UUID NOT NULL,
    "study_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "kind" "DecisionKind" NOT NULL,
    "trial_id" UUID,
    "result_id" UUID,
    "digest" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decisions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blobs" (
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "stored_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blobs_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "blob_chunks" (
    "sha256" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "blob_chunks_pkey" PRIMARY KEY ("sha256","index")
);

-- CreateTable
CREATE TABLE "datasets" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "manifest" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "datasets_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "volunteers_email_key" ON "volunteers"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "credentials_user_id_idx" ON "credentials"("user_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE INDEX "hosts_volunteer_id_idx" ON "hosts"("volunteer_id");

-- CreateIndex
CREATE INDEX "hosts_last_seen_at_id_idx" ON "hosts"("last_seen_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "studies_slug_key" ON "studies"("slug");

-- CreateIndex
CREATE INDEX "studies_state_idx" ON "studies"("state");

-- CreateIndex
CREATE INDEX "studies_created_at_id_idx" ON "studies"("created_at", "id");

-- CreateIndex
CREATE INDEX "studies_family_idx" ON "studies"("family");

-- CreateIndex
CREATE INDEX "trials_study_id_state_position_idx" ON "trials"("study_id", "state", "position");

-- CreateIndex
CREATE INDEX "trials_digest_idx" ON "trials"("digest");

-- CreateIndex
CREATE INDEX "trials_unit_id_idx" ON "trials"("unit_id");

-- CreateIndex
CREATE INDEX "trials_canonical_result_id_idx" ON "trials"("canonical_result_id");

-- CreateIndex
CREATE UNIQUE INDEX "trials_study_id_digest_key" ON "trials"("study_id", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "trials_study_id_position_key" ON "trials"("study_id", "position");

-- CreateIndex
CREATE INDEX "work_units_study_id_state_idx" ON "work_units"("study_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "leases_token_hash_key" ON "leases"("token_hash");

-- CreateIndex
CREATE INDEX "leases_unit_id_idx" ON "leases"("unit_id");

-- CreateIndex
CREATE INDEX "leases_host_id_idx" ON "leases"("host_id");

-- CreateIndex
CREATE INDEX "leases_volunteer_id_idx" ON "leases"("volunteer_id");

-- CreateIndex
CREATE INDEX "results_created_at_id_idx" ON "results"("created_at", "id");

-- CreateIndex
CREATE INDEX "results_study_id_created_at_id_idx" ON "results"("study_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "results_host_id_created_at_id_idx" ON "results"("host_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "results_volunteer_id_created_at_id_idx" ON "results"("volunteer_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "results_unit_id_idx" ON "results"("unit_id");

-- CreateIndex
CREATE UNIQUE INDEX "results_lease_id_trial_id_key" ON "results"("lease_id", "trial_id");

-- CreateIndex
CREATE UNIQUE INDEX "results_trial_id_volunteer_id_key" ON "results"("trial_id", "volunteer_id");

-- CreateIndex
CREATE INDEX "measurements_metric_value_result_id_idx" ON "measurements"("metric", "value", "result_id");

-- CreateIndex
CREATE INDEX "decisions_trial_id_idx" ON "decisions"("trial_id");

-- CreateIndex
CREATE UNIQUE INDEX "decisions_study_id_revision_key" ON "decisions"("study_id", "revision");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "volunteers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "volunteers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hosts" ADD CONSTRAINT "hosts_volunteer_id_fkey" FOREIGN KEY ("volunteer_id") REFERENCES "volunteers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "studies" ADD CONSTRAINT "studies_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "volunteers"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trials" ADD CONSTRAINT "trials_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trials" ADD CONSTRAINT "trials_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "work_units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trials" ADD CONSTRAINT "trials_canonical_result_id_fkey" FOREIGN KEY ("canonical_result_id") REFERENCES "results"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_units" ADD CONSTRAINT "work_units_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leases" ADD CONSTRAINT "leases_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "work_units"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leases" ADD CONSTRAINT "leases_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leases" ADD CONSTRAINT "leases_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leases" ADD CONSTRAINT "leases_volunteer_id_fkey" FOREIGN KEY ("volunteer_id") REFERENCES "volunteers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "trials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_lease_id_fkey" FOREIGN KEY ("lease_id") REFERENCES "leases"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "work_units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_host_id_fkey" FOREIGN KEY ("host_id") REFERENCES "hosts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "results" ADD CONSTRAINT "results_volunteer_id_fkey" FOREIGN KEY ("volunteer_id") REFERENCES "volunteers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_result_id_fkey" FOREIGN KEY ("result_id") REFERENCES "results"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "curves" ADD CONSTRAINT "curves_result_id_fkey" FOREIGN KEY ("result_id") REFERENCES "results"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_study_id_fkey" FOREIGN KEY ("study_id") REFERENCES "studies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_trial_id_fkey" FOREIGN KEY ("trial_id") REFERENCES "trials"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_result_id_fkey" FOREIGN KEY ("result_id") REFERENCES "results"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blob_chunks" ADD CONSTRAINT "blob_chunks_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "blobs"("sha256") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what the schema language cannot say.

-- What a lease statement looks through: units with a slot to grant, cheapest first, study by study.
CREATE INDEX "work_units_grantable_idx" ON "work_units"("study_id", "flops", "id") WHERE "state" = 'OPEN' AND "open_slots" > 0;

-- A unit is never granted beyond its replicas, whatever the code believes.
ALTER TABLE "work_units" ADD CONSTRAINT "work_units_open_slots_check" CHECK ("open_slots" >= 0);

-- A volunteer never holds, and never answers, one unit twice.
CREATE UNIQUE INDEX "leases_one_voice_key" ON "leases"("unit_id", "volunteer_id") WHERE "state" IN ('ACTIVE', 'SUBMITTED');

-- Expired leases are reclaimed inside the lease statement.
CREATE INDEX "leases_reclaim_idx" ON "leases"("reissue_at") WHERE "state" = 'ACTIVE';

-- Already gzip: a second compression only costs time.
ALTER TABLE "blob_chunks" ALTER COLUMN "data" SET STORAGE EXTERNAL;
