-- CreateEnum
CREATE TYPE "KeyReach" AS ENUM ('workspace', 'all');

-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "local" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "parentId" UUID,
ADD COLUMN     "reach" "KeyReach" NOT NULL DEFAULT 'workspace';

-- CreateIndex
CREATE INDEX "ApiKey_parentId_idx" ON "ApiKey"("parentId");

-- AddForeignKey
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "ApiKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who made the keys that name nobody, the log of changes knows. Of whom it does not know, they open nothing from here on.
UPDATE "ApiKey" k SET "parentId" = a."actorKeyId"
FROM "Audit" a JOIN "ApiKey" p ON p."id" = a."actorKeyId"
WHERE a."action" = 'key.create' AND a."target" = k."id"::text AND k."createdById" IS NULL AND p."id" <> k."id";

UPDATE "ApiKey" k SET "local" = true
FROM "Audit" a
WHERE a."action" = 'key.create' AND a."target" = k."id"::text AND k."createdById" IS NULL AND k."parentId" IS NULL
  AND a."details" ->> 'local' = 'true';

WITH RECURSIVE made AS (
  SELECT "id", "createdById" FROM "ApiKey" WHERE "createdById" IS NOT NULL
  UNION ALL
  SELECT k."id", made."createdById" FROM "ApiKey" k JOIN made ON k."parentId" = made."id" WHERE k."createdById" IS NULL
)
UPDATE "ApiKey" k SET "createdById" = made."createdById" FROM made WHERE k."id" = made."id" AND k."createdById" IS NULL;
