-- AlterTable
ALTER TABLE "files" ADD COLUMN     "message_id" BIGINT,
ADD COLUMN     "unique_id" TEXT;
