-- What each start wrote and nobody read: this one is there for the open conversations alone.
DROP INDEX conversations_by_identity_expiry;
-- A conversation comes into these when somebody takes it.
DROP INDEX conversations_by_agent;
CREATE INDEX conversations_by_agent ON conversations (agent_id, state, started_at) WHERE agent_id IS NOT NULL;
