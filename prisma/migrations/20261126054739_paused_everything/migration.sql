-- AlterTable
ALTER TABLE "groups" ADD COLUMN     "paused_since" TIMESTAMPTZ(3),
ADD COLUMN     "paused_until" DATE;

-- AlterTable
ALTER TABLE "people" ADD COLUMN     "paused_since" TIMESTAMPTZ(3),
ADD COLUMN     "paused_until" DATE;
