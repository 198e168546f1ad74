-- All conversations of one person, newest start first, also those that are over: the same subject of the same issuer, proved
-- under the same setting. An agent sees them beside the open one. Portable SQL, like the migrations before.
CREATE INDEX conversations_of_person ON conversations (subject, issuer, setting_id, started_at, id) WHERE subject IS NOT NULL;

-- The index of the open ones gets the same columns: of two that fit as well SQLite takes the smaller one. With fewer, a look for
-- a person's open conversation would read all that they ever had.
DROP INDEX conversations_by_person;
CREATE INDEX conversations_by_person ON conversations (subject, issuer, setting_id, started_at, id) WHERE open_queue_id IS NOT NULL;
