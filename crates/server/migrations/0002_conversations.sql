-- Conversations, their messages, and what visitors hold of them. Portable SQL, like the migration before:
-- times are BIGINT (unix milliseconds unless said otherwise), JSON is TEXT.
--
-- A conversation keeps what it needs of the widget, queue and setting it began with, and no foreign key to
-- them: history must not stand in the way of deleting a widget, nor vanish with it. Only while it is open does
-- it hold its queue.

CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    widget_id TEXT NOT NULL,
    work_stream_id TEXT NOT NULL,
    queue_id TEXT NOT NULL,
    queue_name TEXT NOT NULL,
    -- The queue again until the conversation is closed: keeps a queue from being deleted under it.
    open_queue_id TEXT REFERENCES queues (id),
    -- The routing rule that chose the queue; null for the fallback.
    rule_name TEXT,
    priority BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'closed')),
    agent_id TEXT,
    agent_name TEXT,
    started_at BIGINT NOT NULL,
    accepted_at BIGINT,
    closed_at BIGINT,
    page_url TEXT NOT NULL,
    page_title TEXT NOT NULL,
    page_locale TEXT NOT NULL,
    -- Why nobody is proved; null exactly when the identity columns below are filled.
    unverified_reason TEXT,
    setting_id TEXT,
    setting_name TEXT,
    issuer TEXT,
    subject TEXT,
    key_id TEXT,
    key_fingerprint TEXT,
    verified_at BIGINT,
    -- The token's exp, in unix seconds.
    identity_expires_at BIGINT,
    profile TEXT,
    -- The contact that the verified subject names; null when there was none or it was not active.
    contact_id TEXT,
    not_linked TEXT,
    context_signed TEXT NOT NULL,
    context_unsigned TEXT NOT NULL,
    last_seq BIGINT NOT NULL,
    last_text TEXT,
    read_by_agent BIGINT NOT NULL,
    read_by_visitor BIGINT NOT NULL,
    CHECK ((open_queue_id IS NULL) = (state = 'closed')),
    CHECK ((unverified_reason IS NULL) = (subject IS NOT NULL))
);
CREATE INDEX conversations_by_open_queue ON conversations (open_queue_id);
-- The order in which a queue is served.
CREATE INDEX conversations_by_queue ON conversations (queue_id, state, priority DESC, started_at, id);
CREATE INDEX conversations_by_agent ON conversations (agent_id, state, started_at);
CREATE INDEX conversations_by_identity_expiry ON conversations (identity_expires_at);

CREATE TABLE messages (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    -- 'visitor', or the operator's id: two senders may choose the same client id.
    sender TEXT NOT NULL,
    client_id TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('visitor', 'agent')),
    name TEXT,
    text TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, seq),
    UNIQUE (conversation_id, sender, client_id)
);

-- What opens a conversation for its visitor. The key is the SHA-256 of the secret, so a copy of this file
-- opens nothing.
CREATE TABLE visitor_sessions (
    secret_hash TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX visitor_sessions_by_conversation ON visitor_sessions (conversation_id);
CREATE INDEX visitor_sessions_by_expiry ON visitor_sessions (expires_at);

-- Single-use tokens that were used. The key is a SHA-256 over issuer and jti; a row may go once the token it
-- stands for is refused for its age anyway (unix seconds).
CREATE TABLE token_ids (
    id_hash TEXT PRIMARY KEY,
    forget_after BIGINT NOT NULL
);
CREATE INDEX token_ids_by_age ON token_ids (forget_after);

-- The keys each public key URL published last, so that a change is noticed across restarts too.
CREATE TABLE published_keys (
    url TEXT PRIMARY KEY,
    fingerprints TEXT NOT NULL,
    seen_at BIGINT NOT NULL
);
