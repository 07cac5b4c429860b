-- DropIndex
DROP INDEX "Task_state_class_priority_idx";

-- CreateIndex
CREATE INDEX "Task_state_class_priority_queuedAt_idx" ON "Task"("state", "class", "priority" DESC, "queuedAt");

-- CreateTable
CREATE TABLE "Election" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "backendPid" INTEGER NOT NULL,
    "electedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "beatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Election_pkey" PRIMARY KEY ("name")
);

-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "lateAt" TIMESTAMPTZ(3),
ADD COLUMN     "sweptAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Job_sweptAt_id_idx" ON "Job"("sweptAt", "id");

-- AlterTable
ALTER TABLE "Upload" ADD COLUMN     "sweptAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Upload_state_sweptAt_idx" ON "Upload"("state", "sweptAt");
