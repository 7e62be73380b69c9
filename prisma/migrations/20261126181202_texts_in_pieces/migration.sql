-- AlterTable
ALTER TABLE "chats" ADD COLUMN     "long_update" BIGINT;
