-- Work that is no video's, which people ask for and follow; and who does it beside this database.
CREATE TYPE "OperationKind" AS ENUM ('backup', 'drill');
CREATE TYPE "OperationState" AS ENUM ('queued', 'running', 'completed', 'failed', 'canceled');

CREATE TABLE "Operation" (
    "id" UUID NOT NULL,
    "kind" "OperationKind" NOT NULL,
    "state" "OperationState" NOT NULL DEFAULT 'queued',
    "askedBy" TEXT,
    "step" INTEGER NOT NULL DEFAULT 0,
    "doing" TEXT,
    "canceledBy" TEXT,
    "sentence" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Operation_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Operation_state_id_idx" ON "Operation"("state", "id");
-- One of a kind at a time: who asks again is shown the same. Prisma has no words for a partial index.
CREATE UNIQUE INDEX "Operation_open_key" ON "Operation"("kind") WHERE "state" IN ('queued', 'running');

CREATE TABLE "BackupRunner" (
    "host" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "nextBackupAt" TIMESTAMPTZ(3) NOT NULL,
    "nextDrillAt" TIMESTAMPTZ(3),

    CONSTRAINT "BackupRunner_pkey" PRIMARY KEY ("host")
);
