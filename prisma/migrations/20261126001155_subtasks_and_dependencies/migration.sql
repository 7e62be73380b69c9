-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "parent_id" INTEGER;

-- CreateTable
CREATE TABLE "dependencies" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "task_id" INTEGER NOT NULL,
    "blocker_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dependencies_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dependencies_blocker_id_idx" ON "dependencies"("blocker_id");

-- CreateIndex
CREATE INDEX "dependencies_space_id_id_idx" ON "dependencies"("space_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "dependencies_task_id_blocker_id_key" ON "dependencies"("task_id", "blocker_id");

-- From prisma/schema/extra.sql
CREATE INDEX tasks_parent ON tasks (parent_id, id) WHERE parent_id IS NOT NULL;
