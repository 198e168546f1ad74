-- At most one row: written to see whether the database can be written. Portable SQL, like the migrations before.

CREATE TABLE probe (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    at BIGINT NOT NULL
);
