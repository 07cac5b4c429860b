-- One that went silent is told apart from one that stopped; one that took the name of a process that died says so.
ALTER TABLE "Worker" ADD COLUMN "lostAt" TIMESTAMPTZ(3),
ADD COLUMN "replacedPid" INTEGER,
ADD COLUMN "replacedSeenAt" TIMESTAMPTZ(3);
