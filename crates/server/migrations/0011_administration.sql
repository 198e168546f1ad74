-- Versions of what administrators record, so that two who change one record at once are told; and what an audit is looked
-- through by. Portable SQL, like the migrations before.

-- Counts a record's changes. A change names the version that it is based on, and is stored only while that is the last.
ALTER TABLE authentication_settings ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE chat_widgets ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE work_streams ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE queues ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE contacts ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE operators ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE canned_replies ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- The audit by what was done, by whom, and to what, newest first: an id is a place in the order.
CREATE INDEX audit_by_action ON audit (action, id);
CREATE INDEX audit_by_actor ON audit ((COALESCE(actor_id, actor_kind)), id);
CREATE INDEX audit_by_subject ON audit (subject, id);
CREATE INDEX audit_by_request ON audit (request_id, id);
