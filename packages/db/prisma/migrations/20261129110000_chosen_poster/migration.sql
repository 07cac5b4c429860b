-- AlterEnum
ALTER TYPE "Stage" ADD VALUE 'poster';

-- AlterTable
ALTER TABLE "Video" ADD COLUMN "posterSeconds" DOUBLE PRECISION;
