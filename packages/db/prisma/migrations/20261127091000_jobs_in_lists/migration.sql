-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "videoDeleted" BOOLEAN NOT NULL DEFAULT false;

UPDATE "Job" j SET "videoDeleted" = true FROM "Video" v WHERE v."id" = j."videoId" AND v."state" = 'deleted';

-- Each combination of filters of a list reads the rows of its page from an index in their order, with a workspace or without one.
-- Lists go over states and priorities one by one (src/find-jobs.ts).
DROP INDEX "Job_workspaceId_id_idx";
CREATE INDEX "Job_listed_idx" ON "Job"("id" DESC) WHERE NOT "videoDeleted";
CREATE INDEX "Job_listed_state_idx" ON "Job"("state", "priority", "id" DESC) WHERE NOT "videoDeleted";
CREATE INDEX "Job_listed_preset_idx" ON "Job"("preset", "state", "priority", "id" DESC) WHERE NOT "videoDeleted";
CREATE INDEX "Job_listed_failure_idx" ON "Job"("failureCode", "id" DESC) WHERE NOT "videoDeleted" AND "failureCode" IS NOT NULL;
CREATE INDEX "Job_listed_workspace_idx" ON "Job"("workspaceId", "id" DESC) WHERE NOT "videoDeleted";
CREATE INDEX "Job_listed_workspace_state_idx" ON "Job"("workspaceId", "state", "priority", "id" DESC) WHERE NOT "videoDeleted";
CREATE INDEX "Job_listed_workspace_preset_idx" ON "Job"("workspaceId", "preset", "state", "priority", "id" DESC) WHERE NOT "videoDeleted";
CREATE INDEX "Job_listed_workspace_failure_idx" ON "Job"("workspaceId", "failureCode", "id" DESC) WHERE NOT "videoDeleted" AND "failureCode" IS NOT NULL;

-- What failed lately, by cause.
CREATE INDEX "Job_failed_lately_idx" ON "Job"("endedAt") WHERE NOT "videoDeleted" AND "state" = 'failed';

-- Search by a part of the title. The extension comes with Postgres.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "Video_title_trgm_idx" ON "Video" USING gin ("title" gin_trgm_ops);
