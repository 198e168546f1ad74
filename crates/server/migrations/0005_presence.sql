-- How long people may be away before others go on without them, and who stands in front of a queue. Portable SQL, like the
-- migrations before.

-- How long an agent without a console keeps the conversations of this queue.
ALTER TABLE queues ADD COLUMN absence_seconds BIGINT NOT NULL DEFAULT 120;

-- How long a waiting visitor who is gone keeps their place.
ALTER TABLE chat_widgets ADD COLUMN release_seconds BIGINT NOT NULL DEFAULT 600;

-- 0 for a conversation that an agent had already and that waits again: it stands before the others of its priority, which
-- are 1.
ALTER TABLE conversations ADD COLUMN turn BIGINT NOT NULL DEFAULT 1;

-- The order in which a queue is served.
DROP INDEX conversations_by_queue;
CREATE INDEX conversations_by_queue ON conversations (queue_id, state, priority DESC, turn, started_at, id);

-- All that wait: looked through each second for visitors who are gone.
CREATE INDEX conversations_waiting ON conversations (widget_id, id) WHERE state = 'waiting';

-- Those that somebody has: looked through each second for agents who are away.
CREATE INDEX conversations_active ON conversations (agent_id, queue_id) WHERE state = 'active';

-- Those that ended while nobody had them, newest first. The two columns that never differ in it make it the best match for
-- its one query.
CREATE INDEX conversations_unanswered ON conversations (agent_id, state, closed_at, id)
    WHERE state = 'closed' AND agent_id IS NULL;
