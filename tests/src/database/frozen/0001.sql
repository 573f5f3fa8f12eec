CREATE TYPE public."Backend" AS ENUM (
    'WEBGPU',
    'WASM',
    'CPU'
);
CREATE TYPE public."DecisionKind" AS ENUM (
    'PUBLISHED',
    'EXTENDED',
    'PAUSED',
    'RESUMED',
    'FINISHED',
    'CANONICAL',
    'ADOPTED',
    'NONDETERMINISTIC',
    'FAILED'
);
CREATE TYPE public."HostKind" AS ENUM (
    'BROWSER',
    'NODE'
);
CREATE TYPE public."LeaseState" AS ENUM (
    'ACTIVE',
    'SUBMITTED',
    'RELEASED',
    'EXPIRED'
);
CREATE TYPE public."Outcome" AS ENUM (
    'SUCCEEDED',
    'DIVERGED',
    'FAILED'
);
CREATE TYPE public."StudyState" AS ENUM (
    'DRAFT',
    'ACTIVE',
    'PAUSED',
    'FINISHED'
);
CREATE TYPE public."TrialState" AS ENUM (
    'PENDING',
    'VALID',
    'NONDETERMINISTIC',
    'FAILED'
);
CREATE TYPE public."Verdict" AS ENUM (
    'PENDING',
    'VALID',
    'INVALID',
    'INCONCLUSIVE',
    'LATE'
);
CREATE TYPE public."WorkUnitState" AS ENUM (
    'OPEN',
    'CLOSED'
);
CREATE TABLE public._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.blob_chunks (
    sha256 text NOT NULL,
    index integer NOT NULL,
    data bytea NOT NULL
);
ALTER TABLE ONLY public.blob_chunks ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE TABLE public.blobs (
    sha256 text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    stored_bytes bigint NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.credentials (
    id uuid NOT NULL,
    account_id text NOT NULL,
    provider_id text NOT NULL,
    user_id uuid NOT NULL,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamp(3) with time zone,
    refresh_token_expires_at timestamp(3) with time zone,
    scope text,
    password text,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.curves (
    result_id uuid NOT NULL,
    metric text NOT NULL,
    steps integer[],
    "values" double precision[]
);
CREATE TABLE public.datasets (
    id text NOT NULL,
    title text NOT NULL,
    manifest jsonb NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.decisions (
    id uuid NOT NULL,
    study_id uuid NOT NULL,
    revision integer NOT NULL,
    kind public."DecisionKind" NOT NULL,
    trial_id uuid,
    result_id uuid,
    digest text,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.hosts (
    id uuid NOT NULL,
    volunteer_id uuid NOT NULL,
    name text NOT NULL,
    kind public."HostKind" NOT NULL,
    backend public."Backend" NOT NULL,
    gpu_vendor text DEFAULT ''::text NOT NULL,
    gpu_architecture text DEFAULT ''::text NOT NULL,
    gpu_description text DEFAULT ''::text NOT NULL,
    engine text NOT NULL,
    kernel_digest text NOT NULL,
    numerics_class text NOT NULL,
    max_buffer_bytes bigint NOT NULL,
    memory_bytes bigint NOT NULL,
    flops_per_second double precision DEFAULT 0 NOT NULL,
    trusted boolean DEFAULT false NOT NULL,
    valid_results integer DEFAULT 0 NOT NULL,
    invalid_results integer DEFAULT 0 NOT NULL,
    valid_flops double precision DEFAULT 0 NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    last_seen_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.leases (
    id uuid NOT NULL,
    unit_id uuid NOT NULL,
    study_id uuid NOT NULL,
    host_id uuid NOT NULL,
    volunteer_id uuid NOT NULL,
    network_hash text,
    token_hash text NOT NULL,
    state public."LeaseState" DEFAULT 'ACTIVE'::public."LeaseState" NOT NULL,
    trial_ids uuid[],
    progress double precision DEFAULT 0 NOT NULL,
    granted_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    reissue_at timestamp(3) with time zone NOT NULL,
    refuse_at timestamp(3) with time zone NOT NULL,
    ended_at timestamp(3) with time zone
);
CREATE TABLE public.measurements (
    result_id uuid NOT NULL,
    metric text NOT NULL,
    value double precision
);
CREATE TABLE public.results (
    id uuid NOT NULL,
    trial_id uuid NOT NULL,
    lease_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    study_id uuid NOT NULL,
    host_id uuid NOT NULL,
    volunteer_id uuid NOT NULL,
    backend public."Backend" NOT NULL,
    numerics_class text NOT NULL,
    outcome public."Outcome" NOT NULL,
    verdict public."Verdict" DEFAULT 'PENDING'::public."Verdict" NOT NULL,
    diverged_at_step integer,
    error text,
    elapsed_ms double precision NOT NULL,
    flops double precision NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    decided_at timestamp(3) with time zone
);
CREATE TABLE public.sessions (
    id uuid NOT NULL,
    token text NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    ip_address text,
    user_agent text,
    user_id uuid NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.studies (
    id uuid NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    question text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    family text NOT NULL,
    experiment_id text NOT NULL,
    experiment_version integer NOT NULL,
    sweeps jsonb NOT NULL,
    digest text NOT NULL,
    quorum integer NOT NULL,
    max_results integer NOT NULL,
    max_failures integer NOT NULL,
    license text DEFAULT 'CC-BY-4.0'::text NOT NULL,
    state public."StudyState" DEFAULT 'DRAFT'::public."StudyState" NOT NULL,
    revision integer DEFAULT 0 NOT NULL,
    trial_count integer DEFAULT 0 NOT NULL,
    decided_count integer DEFAULT 0 NOT NULL,
    flops double precision DEFAULT 0 NOT NULL,
    created_by_id uuid,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    published_at timestamp(3) with time zone,
    finished_at timestamp(3) with time zone
);
CREATE TABLE public.trials (
    id uuid NOT NULL,
    study_id uuid NOT NULL,
    unit_id uuid,
    digest text NOT NULL,
    params jsonb NOT NULL,
    seed integer NOT NULL,
    "position" integer NOT NULL,
    flops double precision NOT NULL,
    state public."TrialState" DEFAULT 'PENDING'::public."TrialState" NOT NULL,
    canonical_result_id uuid,
    adopted boolean DEFAULT false NOT NULL,
    decided_revision integer
);
CREATE TABLE public.verifications (
    id uuid NOT NULL,
    identifier text NOT NULL,
    value text NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.volunteers (
    id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    email_verified boolean DEFAULT false NOT NULL,
    image text,
    is_anonymous boolean DEFAULT true NOT NULL,
    trusted boolean DEFAULT false NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL
);
CREATE TABLE public.work_units (
    id uuid NOT NULL,
    study_id uuid NOT NULL,
    experiment_id text NOT NULL,
    experiment_version integer NOT NULL,
    pack_key text NOT NULL,
    state public."WorkUnitState" DEFAULT 'OPEN'::public."WorkUnitState" NOT NULL,
    open_slots integer NOT NULL,
    trial_count integer NOT NULL,
    flops double precision NOT NULL,
    peak_bytes bigint NOT NULL,
    largest_buffer_bytes bigint NOT NULL,
    download_bytes bigint NOT NULL,
    created_at timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT work_units_open_slots_check CHECK ((open_slots >= 0))
);
INSERT INTO public._prisma_migrations VALUES ('322a970f-24b4-478d-b64c-36e86ee94fe0', '2b0c815b19aedf16ad6aa9cc8bdb1a71a10e44f2553209d76872deb7af99b1ac', '2026-11-23 09:57:10.865371+00', '0001_init', NULL, NULL, '2026-11-23 09:57:10.836914+00', 1);
INSERT INTO public.blob_chunks VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 0, '\x00ff');
INSERT INTO public.blobs VALUES ('bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'two bytes', 'application/octet-stream', 2, 2, '2026-11-23 09:57:11.119+00');
INSERT INTO public.curves VALUES ('01900000-0000-7000-8000-000000000007', 'trainLoss', '{0,10,20}', '{0.1234567890123456,1,0.1}');
INSERT INTO public.decisions VALUES ('01a207d6-8d48-763b-baa7-7e5dbbe63e5e', '01900000-0000-7000-8000-000000000003', 1, 'PUBLISHED', NULL, NULL, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-11-23 09:57:11.112+00');
INSERT INTO public.decisions VALUES ('01a207d6-8d48-763b-baa7-80fc2f85eae9', '01900000-0000-7000-8000-000000000003', 2, 'CANONICAL', '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000007', NULL, '2026-11-23 09:57:11.112+00');
INSERT INTO public.hosts VALUES ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', 'Ada''s laptop', 'BROWSER', 'WEBGPU', '', '', '', 'chromium-156', 'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk', 'apple/m2/chromium-156', 4294967292, 8589934592, 0, false, 0, 0, 0, '2026-11-23 09:57:11.021+00', '2026-11-23 09:57:11.021+00');
INSERT INTO public.leases VALUES ('01a207d6-8d0b-74f6-b6df-727ed13a1ef0', '01900000-0000-7000-8000-000000000008', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', NULL, 'iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii', 'ACTIVE', '{01900000-0000-7000-8000-000000000009}', 0, '2026-11-23 09:57:11.051+00', '2026-11-20 13:00:00+00', '2026-11-20 13:00:00+00', NULL);
INSERT INTO public.leases VALUES ('01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', NULL, 'hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh', 'SUBMITTED', '{01900000-0000-7000-8000-000000000005}', 0, '2026-11-23 09:57:11.058+00', '2026-11-20 13:00:00+00', '2026-11-20 13:00:00+00', NULL);
INSERT INTO public.measurements VALUES ('01900000-0000-7000-8000-000000000007', 'testLoss', 0.125);
INSERT INTO public.measurements VALUES ('01900000-0000-7000-8000-000000000007', 'testAccuracy', NULL);
INSERT INTO public.results VALUES ('01900000-0000-7000-8000-000000000007', '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000006', '01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000001', 'WEBGPU', 'apple/m2/chromium-156', 'SUCCEEDED', 'VALID', NULL, NULL, 1234.5, 1000000000, '2026-11-20 12:00:00+00', NULL);
INSERT INTO public.sessions VALUES ('01a207d6-8ce4-744f-900b-937fd6905747', 'a token', '2026-11-20 13:00:00+00', NULL, NULL, '01900000-0000-7000-8000-000000000001', '2026-11-23 09:57:11.017+00', '2026-11-23 09:57:11.017+00');
INSERT INTO public.studies VALUES ('01900000-0000-7000-8000-000000000003', 'does-width-help', 'Does width help?', 'How does the loss fall with width?', '', 'feature-learning', 'feature-learning.mlp', 1, '[{"base": {"width": 64}, "seeds": 2}]', 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 1, 4, 4, 'CC-BY-4.0', 'DRAFT', 2, 2, 1, 0, '01900000-0000-7000-8000-000000000001', '2026-11-20 12:00:00+00', NULL, NULL);
INSERT INTO public.trials VALUES ('01900000-0000-7000-8000-000000000009', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000008', 'uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu', '{"width": 64, "parametrization": "mup"}', 8, 1, 1000000000, 'PENDING', NULL, false, NULL);
INSERT INTO public.trials VALUES ('01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000004', 'tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt', '{"width": 64, "parametrization": "mup"}', 7, 0, 1000000000, 'VALID', '01900000-0000-7000-8000-000000000007', false, 2);
INSERT INTO public.volunteers VALUES ('01900000-0000-7000-8000-000000000001', 'Ada', 'ada@example.org', false, NULL, true, false, '2026-11-20 12:00:00+00', '2026-11-23 09:57:10.995+00');
INSERT INTO public.work_units VALUES ('01900000-0000-7000-8000-000000000004', '01900000-0000-7000-8000-000000000003', 'feature-learning.mlp', 1, '64', 'CLOSED', 0, 1, 1000000000, 1000000, 500000, 0, '2026-11-23 09:57:11.034+00');
INSERT INTO public.work_units VALUES ('01900000-0000-7000-8000-000000000008', '01900000-0000-7000-8000-000000000003', 'feature-learning.mlp', 1, '64', 'OPEN', 1, 1, 1000000000, 1000000, 500000, 0, '2026-11-23 09:57:11.042+00');
ALTER TABLE ONLY public._prisma_migrations
    ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.blob_chunks
    ADD CONSTRAINT blob_chunks_pkey PRIMARY KEY (sha256, index);
ALTER TABLE ONLY public.blobs
    ADD CONSTRAINT blobs_pkey PRIMARY KEY (sha256);
ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.curves
    ADD CONSTRAINT curves_pkey PRIMARY KEY (result_id, metric);
ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT datasets_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.measurements
    ADD CONSTRAINT measurements_pkey PRIMARY KEY (result_id, metric);
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.studies
    ADD CONSTRAINT studies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trials
    ADD CONSTRAINT trials_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.verifications
    ADD CONSTRAINT verifications_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.volunteers
    ADD CONSTRAINT volunteers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.work_units
    ADD CONSTRAINT work_units_pkey PRIMARY KEY (id);
CREATE INDEX credentials_user_id_idx ON public.credentials USING btree (user_id);
CREATE UNIQUE INDEX decisions_study_id_revision_key ON public.decisions USING btree (study_id, revision);
CREATE INDEX decisions_trial_id_idx ON public.decisions USING btree (trial_id);
CREATE INDEX hosts_last_seen_at_id_idx ON public.hosts USING btree (last_seen_at, id);
CREATE INDEX hosts_volunteer_id_idx ON public.hosts USING btree (volunteer_id);
CREATE INDEX leases_host_id_idx ON public.leases USING btree (host_id);
CREATE UNIQUE INDEX leases_one_voice_key ON public.leases USING btree (unit_id, volunteer_id) WHERE (state = ANY (ARRAY['ACTIVE'::public."LeaseState", 'SUBMITTED'::public."LeaseState"]));
CREATE INDEX leases_reclaim_idx ON public.leases USING btree (reissue_at) WHERE (state = 'ACTIVE'::public."LeaseState");
CREATE UNIQUE INDEX leases_token_hash_key ON public.leases USING btree (token_hash);
CREATE INDEX leases_unit_id_idx ON public.leases USING btree (unit_id);
CREATE INDEX leases_volunteer_id_idx ON public.leases USING btree (volunteer_id);
CREATE INDEX measurements_metric_value_result_id_idx ON public.measurements USING btree (metric, value, result_id);
CREATE INDEX results_created_at_id_idx ON public.results USING btree (created_at, id);
CREATE INDEX results_host_id_created_at_id_idx ON public.results USING btree (host_id, created_at, id);
CREATE UNIQUE INDEX results_lease_id_trial_id_key ON public.results USING btree (lease_id, trial_id);
CREATE INDEX results_study_id_created_at_id_idx ON public.results USING btree (study_id, created_at, id);
CREATE UNIQUE INDEX results_trial_id_volunteer_id_key ON public.results USING btree (trial_id, volunteer_id);
CREATE INDEX results_unit_id_idx ON public.results USING btree (unit_id);
CREATE INDEX results_volunteer_id_created_at_id_idx ON public.results USING btree (volunteer_id, created_at, id);
CREATE UNIQUE INDEX sessions_token_key ON public.sessions USING btree (token);
CREATE INDEX sessions_user_id_idx ON public.sessions USING btree (user_id);
CREATE INDEX studies_created_at_id_idx ON public.studies USING btree (created_at, id);
CREATE INDEX studies_family_idx ON public.studies USING btree (family);
CREATE UNIQUE INDEX studies_slug_key ON public.studies USING btree (slug);
CREATE INDEX studies_state_idx ON public.studies USING btree (state);
CREATE INDEX trials_canonical_result_id_idx ON public.trials USING btree (canonical_result_id);
CREATE INDEX trials_digest_idx ON public.trials USING btree (digest);
CREATE UNIQUE INDEX trials_study_id_digest_key ON public.trials USING btree (study_id, digest);
CREATE UNIQUE INDEX trials_study_id_position_key ON public.trials USING btree (study_id, "position");
CREATE INDEX trials_study_id_state_position_idx ON public.trials USING btree (study_id, state, "position");
CREATE INDEX trials_unit_id_idx ON public.trials USING btree (unit_id);
CREATE INDEX verifications_identifier_idx ON public.verifications USING btree (identifier);
CREATE UNIQUE INDEX volunteers_email_key ON public.volunteers USING btree (email);
CREATE INDEX work_units_grantable_idx ON public.work_units USING btree (study_id, flops, id) WHERE ((state = 'OPEN'::public."WorkUnitState") AND (open_slots > 0));
CREATE INDEX work_units_study_id_state_idx ON public.work_units USING btree (study_id, state);
ALTER TABLE ONLY public.blob_chunks
    ADD CONSTRAINT blob_chunks_sha256_fkey FOREIGN KEY (sha256) REFERENCES public.blobs(sha256) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.credentials
    ADD CONSTRAINT credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.volunteers(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.curves
    ADD CONSTRAINT curves_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.results(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.results(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_study_id_fkey FOREIGN KEY (study_id) REFERENCES public.studies(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_trial_id_fkey FOREIGN KEY (trial_id) REFERENCES public.trials(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES public.volunteers(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_host_id_fkey FOREIGN KEY (host_id) REFERENCES public.hosts(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_study_id_fkey FOREIGN KEY (study_id) REFERENCES public.studies(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.work_units(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.leases
    ADD CONSTRAINT leases_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES public.volunteers(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.measurements
    ADD CONSTRAINT measurements_result_id_fkey FOREIGN KEY (result_id) REFERENCES public.results(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_host_id_fkey FOREIGN KEY (host_id) REFERENCES public.hosts(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_lease_id_fkey FOREIGN KEY (lease_id) REFERENCES public.leases(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_study_id_fkey FOREIGN KEY (study_id) REFERENCES public.studies(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_trial_id_fkey FOREIGN KEY (trial_id) REFERENCES public.trials(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.work_units(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES public.volunteers(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.volunteers(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.studies
    ADD CONSTRAINT studies_created_by_id_fkey FOREIGN KEY (created_by_id) REFERENCES public.volunteers(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.trials
    ADD CONSTRAINT trials_canonical_result_id_fkey FOREIGN KEY (canonical_result_id) REFERENCES public.results(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.trials
    ADD CONSTRAINT trials_study_id_fkey FOREIGN KEY (study_id) REFERENCES public.studies(id) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.trials
    ADD CONSTRAINT trials_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES public.work_units(id) ON UPDATE CASCADE ON DELETE SET NULL;
ALTER TABLE ONLY public.work_units
    ADD CONSTRAINT work_units_study_id_fkey FOREIGN KEY (study_id) REFERENCES public.studies(id) ON UPDATE CASCADE ON DELETE CASCADE;
