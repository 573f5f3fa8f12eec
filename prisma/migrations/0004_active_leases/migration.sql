-- By hand: what a host holds now is counted at every lease; its past ones, which grow for ever, are not read.
CREATE INDEX "leases_active_host_idx" ON "leases"("host_id") WHERE "state" = 'ACTIVE';
