-- CreateEnum
CREATE TYPE "ControlState" AS ENUM ('paused', 'draining');

-- AlterTable
ALTER TABLE "Task" ADD COLUMN "failedBy" TEXT,
ADD COLUMN "outages" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Worker" ADD COLUMN "ableSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN "quarantineReason" TEXT,
ADD COLUMN "quarantinedAt" TIMESTAMPTZ(3),
ADD COLUMN "quarantinedUntil" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "WorkControl" (
    "scope" TEXT NOT NULL,
    "state" "ControlState" NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkControl_pkey" PRIMARY KEY ("scope")
);

-- Few of many queued tasks wait for a certain encoder, and the reconciler asks for them in every round. Prisma has no words for
-- a partial index.
CREATE INDEX "Task_waiting_for_encoder_idx" ON "Task"("jobId") WHERE "state" = 'queued' AND "requires" <> '{}';
