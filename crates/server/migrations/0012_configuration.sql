-- How often chat widgets, authentication settings, work streams or queues have changed: what a process keeps of them in memory
-- holds for one version. One row.
CREATE TABLE configuration (
    version BIGINT NOT NULL
);
INSERT INTO configuration (version) VALUES (1);
