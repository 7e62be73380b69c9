-- AlterTable
ALTER TABLE "reminders" ADD COLUMN     "of_series" INTEGER;
