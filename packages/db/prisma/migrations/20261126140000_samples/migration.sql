-- AlterTable
ALTER TABLE "Worker" ADD COLUMN "gpuAbsence" TEXT;

-- CreateTable
CREATE TABLE "WorkerSample" (
    "workerId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cpuCores" DOUBLE PRECISION NOT NULL,
    "memoryBytes" BIGINT NOT NULL,
    "loadAverage" DOUBLE PRECISION NOT NULL,
    "machineUsedBytes" BIGINT NOT NULL,
    "machineTotalBytes" BIGINT NOT NULL,
    "scratchFreeBytes" BIGINT NOT NULL,
    "scratchTotalBytes" BIGINT NOT NULL,
    "slotsUsed" INTEGER NOT NULL,

    CONSTRAINT "WorkerSample_pkey" PRIMARY KEY ("workerId","at")
);

-- CreateTable
CREATE TABLE "GpuSample" (
    "workerId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uuid" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "utilisation" DOUBLE PRECISION,
    "encoder" DOUBLE PRECISION,
    "decoder" DOUBLE PRECISION,
    "memoryUsedBytes" BIGINT,
    "memoryTotalBytes" BIGINT,
    "celsius" DOUBLE PRECISION,
    "watts" DOUBLE PRECISION,
    "wattsLimit" DOUBLE PRECISION,
    "encoderSessions" INTEGER,

    CONSTRAINT "GpuSample_pkey" PRIMARY KEY ("workerId","uuid","at")
);

-- CreateTable
CREATE TABLE "BacklogSample" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "class" "TaskClass" NOT NULL,
    "waiting" INTEGER NOT NULL,
    "running" INTEGER NOT NULL,

    CONSTRAINT "BacklogSample_pkey" PRIMARY KEY ("at","class")
);

-- CreateTable
CREATE TABLE "OutputSample" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "videos" INTEGER NOT NULL,
    "videoSeconds" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "OutputSample_pkey" PRIMARY KEY ("at")
);

-- CreateTable
CREATE TABLE "StorageSample" (
    "at" TIMESTAMPTZ(3) NOT NULL,
    "videos" INTEGER NOT NULL,
    "sourceBytes" BIGINT NOT NULL,
    "publishedBytes" BIGINT NOT NULL,
    "tookMs" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "StorageSample_pkey" PRIMARY KEY ("at")
);

-- CreateIndex
CREATE INDEX "WorkerSample_at_idx" ON "WorkerSample"("at");

-- CreateIndex
CREATE INDEX "GpuSample_at_idx" ON "GpuSample"("at");

-- AddForeignKey
ALTER TABLE "WorkerSample" ADD CONSTRAINT "WorkerSample_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "Worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GpuSample" ADD CONSTRAINT "GpuSample_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "Worker"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The overview asks again and again for what ended lately, of a million rows that did so long ago. Prisma has no words for partial
-- indexes, nor for what one carries along.
CREATE INDEX "Job_failed_at_idx" ON "Job"("endedAt") INCLUDE ("failureCode", "videoId") WHERE "state" = 'failed';
CREATE INDEX "Task_completed_at_idx" ON "Task"("endedAt") INCLUDE ("class") WHERE "state" = 'completed';
CREATE INDEX "Video_ready_at_idx" ON "Video"("readyAt") WHERE "readyAt" IS NOT NULL;
CREATE INDEX "Task_running_idx" ON "Task"("workerId") WHERE "state" = 'running';
