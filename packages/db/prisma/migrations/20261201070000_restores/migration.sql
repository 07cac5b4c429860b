-- Restores of one video are operations, too: what each is asked, what it found, and what it did.
ALTER TYPE "OperationKind" ADD VALUE 'restorePlan';
ALTER TYPE "OperationKind" ADD VALUE 'restore';
ALTER TABLE "Operation"
    ADD COLUMN "steps" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "input" JSONB,
    ADD COLUMN "result" JSONB;
