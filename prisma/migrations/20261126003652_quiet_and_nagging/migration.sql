-- AlterTable
ALTER TABLE "deliveries" ADD COLUMN     "gathered_by" BIGINT;

-- AlterTable
ALTER TABLE "people" ADD COLUMN     "quiet_hours" TEXT,
ADD COLUMN     "quiet_lets_urgent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "quiet_since" TIMESTAMPTZ(3),
ADD COLUMN     "quiet_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "reminders" ADD COLUMN     "nag_minutes" INTEGER,
ADD COLUMN     "nag_times" INTEGER,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "snoozed_at" TIMESTAMPTZ(3),
ADD COLUMN     "urgent" BOOLEAN;

-- From prisma/schema/extra.sql
CREATE INDEX deliveries_gathered ON deliveries (gathered_by) WHERE gathered_by IS NOT NULL;
