-- Files that visitors and agents send. Portable SQL, like the migrations before. What a file holds lies outside of the
-- database, under the file's id.

-- Which files may be sent in a chat widget's conversations, as JSON; null where none may.
ALTER TABLE chat_widgets ADD COLUMN files TEXT;

-- A row is there before anything of its file is written, and is completed together with its message: what lies in the
-- store without a completed row belongs to nobody, and is found by the row that was never completed.
CREATE TABLE files (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    began_at BIGINT NOT NULL,
    -- While it arrives, the most that it may have; 0 once it was given up, and what there is of it is removed.
    bytes BIGINT NOT NULL,
    -- The rest is known once it is complete.
    stored_at BIGINT,
    name TEXT,
    type TEXT,
    width BIGINT,
    height BIGINT,
    -- Of its content, as hex: tells whether the same file is sent again.
    sha256 TEXT,
    CHECK ((stored_at IS NULL) = (name IS NULL)),
    CHECK ((stored_at IS NULL) = (type IS NULL)),
    CHECK ((stored_at IS NULL) = (sha256 IS NULL))
);
CREATE INDEX files_of_conversation ON files (conversation_id);
CREATE INDEX files_that_arrive ON files (began_at) WHERE stored_at IS NULL;

-- The file that a message brings.
ALTER TABLE messages ADD COLUMN file_id TEXT REFERENCES files (id);
