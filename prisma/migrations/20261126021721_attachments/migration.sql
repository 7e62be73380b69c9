-- CreateTable
CREATE TABLE "attachments" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "task_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "file_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "files" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "telegram_file" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "duration" INTEGER,
    "bytes" INTEGER,
    "media_type" TEXT,
    "sha256" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "taken_until" TIMESTAMPTZ(3),
    "batch" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contents" (
    "sha256" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "touched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contents_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "content_parts" (
    "sha256" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "content_parts_pkey" PRIMARY KEY ("sha256","part")
);

-- CreateIndex
CREATE INDEX "attachments_task_id_id_idx" ON "attachments"("task_id", "id");

-- CreateIndex
CREATE INDEX "attachments_space_id_id_idx" ON "attachments"("space_id", "id");

-- CreateIndex
CREATE INDEX "attachments_file_id_idx" ON "attachments"("file_id");

-- CreateIndex
CREATE INDEX "files_space_id_id_idx" ON "files"("space_id", "id");

-- CreateIndex
CREATE INDEX "files_sha256_idx" ON "files"("sha256");

-- CreateIndex
CREATE INDEX "files_batch_idx" ON "files"("batch");

-- From prisma/schema/extra.sql
CREATE INDEX files_waiting ON files (id) WHERE state = 'waiting';
CREATE INDEX changes_of_attachments ON changes (((coalesce(after, before) ->> 'task_id')::int)) WHERE entity = 'attachments';
CREATE INDEX changes_of_files ON changes (((coalesce(after, before) ->> 'file_id')::int)) WHERE entity = 'attachments';
