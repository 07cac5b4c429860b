-- Jobs are searched by the title of their video: where each has it, no job is looked up by its video.
ALTER TABLE "Job" ADD COLUMN     "videoTitle" TEXT;

UPDATE "Job" j SET "videoTitle" = v."title" FROM "Video" v WHERE v."id" = j."videoId";

ALTER TABLE "Job" ALTER COLUMN "videoTitle" SET NOT NULL;

DROP FUNCTION "videos_titled_like"(text, int);
DROP INDEX "Video_title_trgm_idx";
CREATE INDEX "Job_listed_title_idx" ON "Job" USING gin ("videoTitle" gin_trgm_ops) WHERE NOT "videoDeleted";

-- Some jobs by a part of their title, always by its index. How many titles have something in the middle is guessed, and where it is
-- guessed as many, all of them would be read instead.
CREATE FUNCTION "jobs_titled_like"("pattern" text, "most" int) RETURNS TABLE (
  "id" uuid, "workspaceId" uuid, "preset" text, "priority" "Priority", "state" "JobState", "failureCode" text, "endedAt" timestamptz,
  "videoTitle" text, "videoDeleted" boolean
)
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off
AS $$
  SELECT j."id", j."workspaceId", j."preset", j."priority", j."state", j."failureCode", j."endedAt", j."videoTitle", j."videoDeleted"
  FROM "Job" j WHERE NOT j."videoDeleted" AND j."videoTitle" ILIKE "pattern" LIMIT "most"
$$;
