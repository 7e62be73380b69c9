-- AlterTable
ALTER TABLE "pace" ADD COLUMN     "others_paused_until" TIMESTAMPTZ(3);
