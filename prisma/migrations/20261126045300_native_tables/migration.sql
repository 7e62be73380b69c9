-- AlterTable
ALTER TABLE "people" ADD COLUMN     "native_tables" BOOLEAN NOT NULL DEFAULT false;
