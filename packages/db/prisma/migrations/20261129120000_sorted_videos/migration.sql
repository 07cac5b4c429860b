-- Each order of a list of videos reads the rows of its page from an index, with a workspace or without one. Lists go over states one by
-- one (src/find-videos.ts). What has no length yet is shorter than all.
CREATE INDEX "Video_by_time_idx" ON "Video"("state", "id");
CREATE INDEX "Video_by_title_idx" ON "Video"("state", lower("title"), "id");
CREATE INDEX "Video_by_size_idx" ON "Video"("state", "sourceBytes", "id");
CREATE INDEX "Video_by_length_idx" ON "Video"("state", (coalesce(("probe" ->> 'durationSeconds')::float8, -1)), "id");
CREATE INDEX "Video_workspace_by_title_idx" ON "Video"("workspaceId", "state", lower("title"), "id");
CREATE INDEX "Video_workspace_by_size_idx" ON "Video"("workspaceId", "state", "sourceBytes", "id");
CREATE INDEX "Video_workspace_by_length_idx" ON "Video"("workspaceId", "state", (coalesce(("probe" ->> 'durationSeconds')::float8, -1)), "id");
