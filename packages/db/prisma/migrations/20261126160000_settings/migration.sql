-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "presetDefinition" JSONB;

-- CreateTable
CREATE TABLE "ShareLink" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "videoId" UUID NOT NULL,
    "createdById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ShareLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ShareLink_tokenHash_key" ON "ShareLink"("tokenHash");

-- CreateIndex
CREATE INDEX "ShareLink_videoId_id_idx" ON "ShareLink"("videoId", "id" DESC);

-- AddForeignKey
ALTER TABLE "ShareLink" ADD CONSTRAINT "ShareLink_videoId_fkey" FOREIGN KEY ("videoId") REFERENCES "Video"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ShareLink" ADD CONSTRAINT "ShareLink_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "Audit_actorUserId_id_idx" ON "Audit"("actorUserId", "id" DESC);

-- CreateIndex
CREATE INDEX "Audit_actorKeyId_id_idx" ON "Audit"("actorKeyId", "id" DESC);

-- CreateIndex
CREATE INDEX "Audit_workspaceId_id_idx" ON "Audit"("workspaceId", "id" DESC);

-- CreateIndex
CREATE INDEX "Audit_action_id_idx" ON "Audit"("action", "id" DESC);

-- CreateIndex
CREATE INDEX "Audit_target_id_idx" ON "Audit"("target", "id" DESC);
