-- What agents keep beside the messages: notes for colleagues, what happened to a conversation, canned replies, and why a
-- conversation was closed. Visitors see none of it. Portable SQL, like the migrations before.

-- How many notes and events a conversation has: the number of the last one.
ALTER TABLE conversations ADD COLUMN last_note BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN last_event BIGINT NOT NULL DEFAULT 0;

CREATE TABLE notes (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    number BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    -- The last message before it.
    after_seq BIGINT NOT NULL,
    operator_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, number),
    UNIQUE (conversation_id, operator_id, client_id)
);

CREATE TABLE conversation_events (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    number BIGINT NOT NULL,
    -- The last message before it.
    after_seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    party TEXT NOT NULL,
    name TEXT,
    detail TEXT,
    happened_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, number)
);

-- The identity_expires_at whose passing is among the events; null when none is. Only open conversations lapse.
ALTER TABLE conversations ADD COLUMN lapse_noted BIGINT;
CREATE INDEX conversations_that_may_lapse ON conversations (identity_expires_at) WHERE open_queue_id IS NOT NULL;

CREATE TABLE canned_replies (
    id TEXT PRIMARY KEY,
    -- Whose it is; null for those that all agents share.
    owner_id TEXT REFERENCES operators (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    text TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX canned_replies_by_name ON canned_replies (COALESCE(owner_id, ''), name_key);

-- The reasons an agent may choose from at the close, as a JSON list, and whether one must be.
ALTER TABLE work_streams ADD COLUMN closing_reasons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE work_streams ADD COLUMN closing_reason_required BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE conversations ADD COLUMN closing_reason TEXT;
