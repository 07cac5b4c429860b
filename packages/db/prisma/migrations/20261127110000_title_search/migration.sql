-- Some videos by a part of their title, always by its index. How many titles have something in the middle is guessed, and where it is
-- guessed as many, all of them would be read instead.
CREATE FUNCTION "videos_titled_like"("pattern" text, "most" int) RETURNS TABLE ("id" uuid, "title" text)
LANGUAGE sql STABLE SET enable_seqscan = off
AS $$ SELECT v."id", v."title" FROM "Video" v WHERE v."title" ILIKE "pattern" LIMIT "most" $$;
