-- Conversations that go from one colleague to another, and supervisors. Portable SQL, like the migrations before.

-- To whom the agent who has it offers it, until when (unix milliseconds), and with which note; null when to nobody.
ALTER TABLE conversations ADD COLUMN offered_to_id TEXT;
ALTER TABLE conversations ADD COLUMN offered_to_name TEXT;
ALTER TABLE conversations ADD COLUMN offer_note TEXT;
ALTER TABLE conversations ADD COLUMN offer_lapses_at BIGINT;

-- Who had it before it was handed over, and in which queue; null when nobody handed it over.
ALTER TABLE conversations ADD COLUMN came_from_id TEXT;
ALTER TABLE conversations ADD COLUMN came_from_name TEXT;
ALTER TABLE conversations ADD COLUMN came_from_queue_id TEXT;
ALTER TABLE conversations ADD COLUMN came_from_queue_name TEXT;

-- Whether an agent put it into its queue: there it stays, whatever the rules say of its visitor afterwards.
ALTER TABLE conversations ADD COLUMN placed BOOLEAN NOT NULL DEFAULT FALSE;

-- The supervisors who write in it beside its agent, as a JSON list of id and name.
ALTER TABLE conversations ADD COLUMN joined TEXT NOT NULL DEFAULT '[]';

-- What is offered to an agent, and what lapses next.
CREATE INDEX conversations_offered ON conversations (offered_to_id, started_at, id) WHERE offered_to_id IS NOT NULL;
CREATE INDEX conversations_offers_by_lapse ON conversations (offer_lapses_at) WHERE offered_to_id IS NOT NULL;

-- All that are not over, of all queues, in the order in which supervisors see them.
CREATE INDEX conversations_all_waiting ON conversations (priority DESC, turn, started_at, id) WHERE state = 'waiting';
CREATE INDEX conversations_all_active ON conversations (started_at, id) WHERE state = 'active';
