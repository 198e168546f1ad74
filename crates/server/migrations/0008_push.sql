-- Who is given conversations without asking for them, and what a search reads. Portable SQL, like the migrations before.

-- Null while the operator is here.
ALTER TABLE operators ADD COLUMN away_since BIGINT;
ALTER TABLE operators ADD COLUMN away_reason TEXT;
-- How many conversations they are given at most; null for no limit.
ALTER TABLE operators ADD COLUMN capacity BIGINT;
-- When they last got a conversation, in whichever way. Of two who have as many, the next goes to the lower one.
ALTER TABLE operators ADD COLUMN last_got_at BIGINT NOT NULL DEFAULT 0;

-- 'pick' or 'push'.
ALTER TABLE queues ADD COLUMN assignment TEXT NOT NULL DEFAULT 'pick';

-- Whether whoever has or had it did not take it themselves.
ALTER TABLE conversations ADD COLUMN pushed BOOLEAN NOT NULL DEFAULT FALSE;

-- Agents to whom an open conversation is not pushed again: they lost it by an absence, or put it into a queue themselves.
CREATE TABLE push_exclusions (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    operator_id TEXT NOT NULL,
    PRIMARY KEY (conversation_id, operator_id)
);

-- What a search reads, newest start first: an agent's own, and with a null agent those that nobody has or had.
CREATE INDEX conversations_by_agent_and_start ON conversations (agent_id, started_at, id);
-- The same for supervisors, who may read what everybody has.
CREATE INDEX conversations_by_start ON conversations (started_at, id);
