-- CreateTable
CREATE TABLE "actions" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "space_id" INTEGER NOT NULL,
    "person_id" INTEGER,
    "via" TEXT NOT NULL DEFAULT 'person',
    "kind" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "result" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" BIGINT,

    CONSTRAINT "actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "changes" (
    "id" BIGSERIAL NOT NULL,
    "action_id" BIGINT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" INTEGER NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "updates" (
    "bot_id" BIGINT NOT NULL,
    "update_id" BIGINT NOT NULL,
    "lane" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "payload" JSONB,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "media_group" TEXT,
    "error_ref" TEXT,

    CONSTRAINT "updates_pkey" PRIMARY KEY ("bot_id","update_id")
);

-- CreateTable
CREATE TABLE "leases" (
    "name" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leases_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "bot_facts" (
    "bot_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bot_facts_pkey" PRIMARY KEY ("bot_id","name")
);

-- CreateTable
CREATE TABLE "stored_errors" (
    "fingerprint" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 1,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_ref" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "stored_errors_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "window" TIMESTAMPTZ(3) NOT NULL,
    "hits" INTEGER NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key","window")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "bot_id" BIGINT NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "priority" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "payload" JSONB,
    "delivery_id" BIGINT,
    "link" JSONB,
    "state" TEXT NOT NULL DEFAULT 'due',
    "reason" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "repeat" BOOLEAN NOT NULL DEFAULT false,
    "not_before" TIMESTAMPTZ(3),
    "order_at" TIMESTAMPTZ(3) NOT NULL,
    "owner" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "caused_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "message_id" BIGINT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "space_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "reminder_id" INTEGER,
    "occurrence" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "reason" TEXT,
    "held_until" TIMESTAMPTZ(3),
    "queued_at" TIMESTAMPTZ(3),
    "first_attempt_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "lateness_ms" INTEGER,
    "message_id" BIGINT,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_links" (
    "bot_id" BIGINT NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "message_id" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" INTEGER,
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_links_pkey" PRIMARY KEY ("bot_id","chat_id","message_id","role")
);

-- CreateTable
CREATE TABLE "pace" (
    "bot_id" BIGINT NOT NULL,
    "tokens" DOUBLE PRECISION NOT NULL,
    "rate" DOUBLE PRECISION,
    "refilled_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_until" TIMESTAMPTZ(3),

    CONSTRAINT "pace_pkey" PRIMARY KEY ("bot_id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" SERIAL NOT NULL,
    "telegram_user_id" BIGINT,
    "name" TEXT NOT NULL,
    "username" TEXT,
    "role" TEXT NOT NULL DEFAULT 'member',
    "language" TEXT NOT NULL DEFAULT 'en',
    "locale" TEXT NOT NULL DEFAULT 'en',
    "timezone" TEXT NOT NULL,
    "date_order" TEXT,
    "clock" TEXT,
    "week_start" INTEGER NOT NULL DEFAULT 1,
    "day_parts" JSONB NOT NULL DEFAULT '{}',
    "onboarded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spaces" (
    "id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "owner_id" INTEGER,
    "chat_id" BIGINT,
    "next_number" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memberships" (
    "space_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("space_id","person_id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "code_hash" TEXT NOT NULL,
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_by" INTEGER,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("code_hash")
);

-- CreateTable
CREATE TABLE "chats" (
    "chat_id" BIGINT NOT NULL,
    "person_id" INTEGER,
    "space_id" INTEGER NOT NULL,
    "unreachable_since" TIMESTAMPTZ(3),
    "unreachable_reason" TEXT,
    "paused_until" TIMESTAMPTZ(3),
    "migrated_to" BIGINT,

    CONSTRAINT "chats_pkey" PRIMARY KEY ("chat_id")
);

-- CreateTable
CREATE TABLE "flows" (
    "chat_id" BIGINT NOT NULL,
    "person_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flows_pkey" PRIMARY KEY ("chat_id","person_id")
);

-- CreateTable
CREATE TABLE "reminders" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "task_id" INTEGER,
    "text" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "local_at" TIMESTAMP(0),
    "fixed_at" TIMESTAMPTZ(3),
    "minutes_before" INTEGER,
    "rrule" TEXT,
    "rrule_basis" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "paused_until" DATE,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "late_policy" TEXT NOT NULL DEFAULT 'send',
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_words" (
    "task_id" INTEGER NOT NULL,
    "space_id" INTEGER NOT NULL,
    "title" tsvector NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "task_words_pkey" PRIMARY KEY ("task_id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'todo',
    "priority" INTEGER NOT NULL DEFAULT 2,
    "start_date" DATE,
    "due_date" DATE,
    "due_time" TIME(0),
    "estimate_minutes" INTEGER,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "project_id" INTEGER,
    "client_id" INTEGER,
    "recurrence" JSONB,
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "projects" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clients" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notes" (
    "id" SERIAL NOT NULL,
    "space_id" INTEGER NOT NULL,
    "task_id" INTEGER NOT NULL,
    "person_id" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "actions_key_key" ON "actions"("key");

-- CreateIndex
CREATE INDEX "actions_space_id_id_idx" ON "actions"("space_id", "id");

-- CreateIndex
CREATE INDEX "changes_entity_entity_id_id_idx" ON "changes"("entity", "entity_id", "id");

-- CreateIndex
CREATE INDEX "changes_action_id_idx" ON "changes"("action_id");

-- CreateIndex
CREATE INDEX "outbox_delivery_id_idx" ON "outbox"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_occurrence_key" ON "deliveries"("occurrence");

-- CreateIndex
CREATE INDEX "deliveries_reminder_id_id_idx" ON "deliveries"("reminder_id", "id");

-- CreateIndex
CREATE INDEX "message_links_entity_entity_id_idx" ON "message_links"("entity", "entity_id");

-- CreateIndex
CREATE UNIQUE INDEX "people_telegram_user_id_key" ON "people"("telegram_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "spaces_owner_id_key" ON "spaces"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "spaces_chat_id_key" ON "spaces"("chat_id");

-- CreateIndex
CREATE INDEX "memberships_person_id_idx" ON "memberships"("person_id");

-- CreateIndex
CREATE INDEX "reminders_task_id_idx" ON "reminders"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "reminders_space_id_number_key" ON "reminders"("space_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_space_id_number_key" ON "tasks"("space_id", "number");

-- CreateIndex
CREATE INDEX "notes_task_id_id_idx" ON "notes"("task_id", "id");

-- From prisma/schema/extra.sql
CREATE INDEX updates_waiting ON updates (lane, update_id) WHERE state = 'waiting';
CREATE INDEX updates_parked ON updates (handled_at) WHERE state = 'parked';
CREATE INDEX updates_handled ON updates (handled_at) WHERE state = 'handled';
CREATE INDEX outbox_waiting ON outbox (bot_id, chat_id, priority, order_at, id) WHERE state IN ('due', 'sending', 'unknown');
CREATE INDEX outbox_next ON outbox (bot_id, priority, order_at, id) WHERE state IN ('due', 'unknown');
CREATE INDEX outbox_sending ON outbox (bot_id, chat_id, owner) WHERE state = 'sending';
CREATE INDEX outbox_ended ON outbox (created_at) WHERE state IN ('sent', 'failed', 'cancelled');
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'due' AND queued_at IS NULL;
CREATE INDEX deliveries_held ON deliveries (held_until) WHERE state = 'held';
CREATE INDEX tasks_open_due ON tasks (space_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled');
CREATE INDEX tasks_closed ON tasks (space_id, completed_at) WHERE status IN ('done', 'cancelled');
CREATE INDEX tasks_tags ON tasks USING gin (tags);
CREATE UNIQUE INDEX projects_name ON projects (space_id, lower(name));
CREATE UNIQUE INDEX clients_name ON clients (space_id, lower(name));
CREATE INDEX reminders_active ON reminders (space_id, number) WHERE status IN ('active', 'paused');
ALTER TABLE tasks ADD CONSTRAINT tasks_status_known CHECK (status IN ('todo', 'in_progress', 'review', 'blocked', 'done', 'cancelled'));
ALTER TABLE tasks ADD CONSTRAINT tasks_priority_known CHECK (priority BETWEEN 1 AND 5);
ALTER TABLE tasks ADD CONSTRAINT tasks_time_needs_date CHECK (due_time IS NULL OR due_date IS NOT NULL);
ALTER TABLE reminders ADD CONSTRAINT reminders_basis_known CHECK ((basis = 'wall' AND local_at IS NOT NULL) OR (basis = 'instant' AND fixed_at IS NOT NULL) OR (basis = 'relative' AND minutes_before IS NOT NULL AND task_id IS NOT NULL));
CREATE INDEX task_words_words ON task_words USING gin (words);
CREATE INDEX task_words_title ON task_words USING gin (title);
CREATE INDEX tasks_open_project ON tasks (project_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled') AND project_id IS NOT NULL;
CREATE INDEX tasks_open_client ON tasks (client_id, due_date, due_time, priority DESC, number) WHERE status NOT IN ('done', 'cancelled') AND client_id IS NOT NULL;
