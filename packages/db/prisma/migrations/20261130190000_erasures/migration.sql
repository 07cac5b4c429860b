-- What was erased, and what the store of backups has to be told of it.
CREATE TYPE "ErasureKind" AS ENUM ('video', 'user', 'workspace');

CREATE TABLE "Erasure" (
    "id" UUID NOT NULL,
    "kind" "ErasureKind" NOT NULL,
    "subjectId" UUID NOT NULL,
    "askedByUserId" UUID,
    "askedByKeyId" UUID,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erasedAt" TIMESTAMPTZ(3),
    "rows" INTEGER NOT NULL DEFAULT 0,
    "objects" INTEGER NOT NULL DEFAULT 0,
    "tombstoneAt" TIMESTAMPTZ(3),
    "receiptAt" TIMESTAMPTZ(3),
    "reappliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Erasure_kind_subjectId_key" ON "Erasure"("kind", "subjectId");
-- What has still to be written. Prisma has no words for a partial index.
CREATE INDEX "Erasure_unwritten_idx" ON "Erasure"("id")
    WHERE "tombstoneAt" IS NULL OR ("erasedAt" IS NOT NULL AND "receiptAt" IS NULL);

-- Since then it is not there for anybody, and goes once its videos have.
ALTER TABLE "Workspace" ADD COLUMN "erasingAt" TIMESTAMPTZ(3);

-- Videos that were deleted before kept their titles until they went: they are swept once more.
INSERT INTO "Erasure" ("id", "kind", "subjectId", "askedAt")
    SELECT gen_random_uuid(), 'video', "id", coalesce("deletedAt", now()) FROM "Video" WHERE "state" = 'deleted';
UPDATE "Job" SET "sweptAt" = NULL FROM "Video" WHERE "Video"."id" = "Job"."videoId" AND "Video"."state" = 'deleted';
