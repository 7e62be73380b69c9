-- AlterTable
ALTER TABLE "tasks" ADD COLUMN     "series" JSONB;
