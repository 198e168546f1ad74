-- Whether a start by a person whose conversation runs already continues it: 'never' or 'same-person'. Portable SQL, like
-- the migrations before.
ALTER TABLE work_streams ADD COLUMN resume TEXT NOT NULL DEFAULT 'never';

-- One person's open conversations: the same subject of the same issuer, proved under the same setting.
CREATE INDEX conversations_by_person ON conversations (subject, issuer, setting_id) WHERE open_queue_id IS NOT NULL;
