-- A start writes as few pages as it can. Ids of conversations and requests begin with their time, so what comes at once stands
-- beside each other; what stands under another key is a page of its own for each start.

-- Nobody reads this one: there is one of the open conversations.
DROP INDEX conversations_by_identity_expiry;
-- A conversation comes into it when somebody takes it.
DROP INDEX conversations_by_agent;
CREATE INDEX conversations_by_agent ON conversations (agent_id, state, started_at) WHERE agent_id IS NOT NULL;

-- A person's open conversations, and those that are over: each stands in one of both.
DROP INDEX conversations_by_person;
CREATE INDEX conversations_by_person ON conversations (subject, issuer, setting_id, started_at, id)
    WHERE subject IS NOT NULL AND open_queue_id IS NOT NULL;
DROP INDEX conversations_of_person;
CREATE INDEX conversations_of_person ON conversations (subject, issuer, setting_id, started_at, id)
    WHERE subject IS NOT NULL AND open_queue_id IS NULL;

-- Whoever has a session's secret says which conversation it is for, so that comes first.
DROP INDEX visitor_sessions_by_conversation;
DROP INDEX visitor_sessions_by_expiry;
ALTER TABLE visitor_sessions RENAME TO visitor_sessions_before;
CREATE TABLE visitor_sessions (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    secret_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, secret_hash)
);
INSERT INTO visitor_sessions (conversation_id, secret_hash, created_at, expires_at)
    SELECT conversation_id, secret_hash, created_at, expires_at FROM visitor_sessions_before;
DROP TABLE visitor_sessions_before;
CREATE INDEX visitor_sessions_by_expiry ON visitor_sessions (expires_at);
