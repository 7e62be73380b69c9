-- AlterTable
ALTER TABLE "reminders" ADD COLUMN     "thread_id" BIGINT;

-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "assignee_id" INTEGER;

-- CreateTable
CREATE TABLE "groups" (
    "id" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "date_order" TEXT,
    "clock" TEXT,
    "week_start" INTEGER NOT NULL,
    "quiet_hours" TEXT,
    "added_by" INTEGER,
    "absence_told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- From prisma/schema/extra.sql
CREATE INDEX tasks_open_assignee ON tasks (assignee_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled') AND assignee_id IS NOT NULL;
