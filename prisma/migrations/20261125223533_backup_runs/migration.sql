-- CreateTable
CREATE TABLE "backup_runs" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "archive" TEXT,
    "asked_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "bytes" BIGINT,
    "rows" BIGINT,
    "sha256" TEXT,
    "encrypted" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "chat_id" BIGINT,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "backup_runs_pkey" PRIMARY KEY ("id")
);

-- From prisma/schema/extra.sql
CREATE INDEX backup_runs_latest ON backup_runs (kind, state, started_at DESC);
CREATE INDEX backup_runs_open ON backup_runs (id) WHERE state IN ('asked', 'running');
