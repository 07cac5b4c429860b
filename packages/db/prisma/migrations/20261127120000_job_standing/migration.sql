-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "standing" JSONB;
