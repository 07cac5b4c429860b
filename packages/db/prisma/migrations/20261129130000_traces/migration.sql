-- Where the trace of the work goes on, and which request it came from.
ALTER TABLE "Upload" ADD COLUMN "traceparent" TEXT;
ALTER TABLE "Job" ADD COLUMN "traceparent" TEXT, ADD COLUMN "requestId" TEXT;
ALTER TABLE "Task" ADD COLUMN "traceparent" TEXT;
