-- CreateEnum
CREATE TYPE "AttemptOutcome" AS ENUM ('completed', 'failed', 'lost', 'handed_back', 'canceled', 'superseded');

-- CreateTable
CREATE TABLE "TaskAttempt" (
    "taskId" UUID NOT NULL,
    "token" INTEGER NOT NULL,
    "workerId" TEXT NOT NULL,
    "queuedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "outcome" "AttemptOutcome",
    "failureCode" TEXT,
    "failureText" TEXT,

    CONSTRAINT "TaskAttempt_pkey" PRIMARY KEY ("taskId","token")
);

-- CreateIndex
CREATE INDEX "TaskAttempt_endedAt_idx" ON "TaskAttempt"("endedAt");

-- AddForeignKey
ALTER TABLE "TaskAttempt" ADD CONSTRAINT "TaskAttempt_taskId_fkey" FOREIGN KEY ("taskId") REFERENCES "Task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was begun and lost goes first in its queue; most often there is none.
CREATE INDEX "Task_begun_and_waiting_idx" ON "Task"("class", "priority", "queuedAt") WHERE "state" = 'queued' AND "token" > 0;
