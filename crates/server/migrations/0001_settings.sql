-- Operators and what administrators record. Portable SQL: times and integers are BIGINT (unix milliseconds),
-- JSON is TEXT, ids are TEXT made by the server. `name_key` is the lower-case name, so that two resources
-- cannot differ in case only.

CREATE TABLE operators (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    -- Raised when the password changes or the operator is disabled: sessions of an older epoch are over.
    session_epoch BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Sessions of the consoles. The key is the SHA-256 of the cookie's id, so a copy of this file opens nothing.
CREATE TABLE operator_sessions (
    id_hash TEXT PRIMARY KEY,
    data TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    operator_id TEXT NOT NULL REFERENCES operators (id) ON DELETE CASCADE,
    secret_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- At most one row: the set-up link of a server without an administrator.
CREATE TABLE set_up (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    secret_hash TEXT NOT NULL
);

CREATE TABLE authentication_settings (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    public_key_url TEXT NOT NULL,
    client_function TEXT NOT NULL,
    expected_issuer TEXT,
    expected_audience TEXT,
    leeway_seconds BIGINT NOT NULL,
    single_use BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE queues (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    -- True: all operators serve it, and queue_members has no rows for it.
    everyone BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE queue_members (
    queue_id TEXT NOT NULL REFERENCES queues (id) ON DELETE CASCADE,
    operator_id TEXT NOT NULL REFERENCES operators (id),
    PRIMARY KEY (queue_id, operator_id)
);
CREATE INDEX queue_members_by_operator ON queue_members (operator_id);

CREATE TABLE work_streams (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    context_variables TEXT NOT NULL,
    rules TEXT NOT NULL,
    fallback_queue_id TEXT NOT NULL REFERENCES queues (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The queues that a work stream's rules and fallback name: keeps a queue in use from being deleted.
CREATE TABLE work_stream_queues (
    work_stream_id TEXT NOT NULL REFERENCES work_streams (id) ON DELETE CASCADE,
    queue_id TEXT NOT NULL REFERENCES queues (id),
    PRIMARY KEY (work_stream_id, queue_id)
);
CREATE INDEX work_stream_queues_by_queue ON work_stream_queues (queue_id);

CREATE TABLE chat_widgets (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    work_stream_id TEXT NOT NULL REFERENCES work_streams (id),
    authentication_setting_id TEXT REFERENCES authentication_settings (id),
    sign_in TEXT NOT NULL,
    allowed_origins TEXT NOT NULL,
    appearance TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX chat_widgets_by_work_stream ON chat_widgets (work_stream_id);
CREATE INDEX chat_widgets_by_setting ON chat_widgets (authentication_setting_id);

CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX contacts_by_name ON contacts (name_key, id);

-- Append-only: nothing in the server updates or deletes a row. Ids grow with time, so they are the order.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT,
    action TEXT NOT NULL,
    subject TEXT,
    request_id TEXT,
    code TEXT,
    details TEXT NOT NULL
);
