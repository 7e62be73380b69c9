-- AlterTable
ALTER TABLE "groups" ADD COLUMN     "quiet_lets_urgent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "quiet_since" TIMESTAMPTZ(3),
ADD COLUMN     "quiet_until" TIMESTAMPTZ(3);
