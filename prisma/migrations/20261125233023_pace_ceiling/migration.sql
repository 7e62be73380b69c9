-- AlterTable
ALTER TABLE "pace" ADD COLUMN     "ceiling" DOUBLE PRECISION;
