-- AlterTable
ALTER TABLE "stored_errors" ADD COLUMN     "refs" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "source" TEXT;

-- CreateTable
CREATE TABLE "transfer_files" (
    "file" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transfer_files_pkey" PRIMARY KEY ("file","part")
);

-- CreateTable
CREATE TABLE "data_imports" (
    "id" SERIAL NOT NULL,
    "person_id" INTEGER NOT NULL,
    "space_id" INTEGER NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "telegram_file" TEXT NOT NULL,
    "file" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "taken_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "data_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "origins" (
    "space_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" INTEGER NOT NULL,

    CONSTRAINT "origins_pkey" PRIMARY KEY ("space_id","key")
);

-- CreateIndex
CREATE INDEX "transfer_files_created_at_idx" ON "transfer_files"("created_at");

-- CreateIndex
CREATE INDEX "data_imports_state_idx" ON "data_imports"("state");

-- CreateIndex
CREATE INDEX "origins_entity_entity_id_idx" ON "origins"("entity", "entity_id");
