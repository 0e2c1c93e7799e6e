-- Compute environments, job queues and scheduling policies. A deleted one stays as a row, since jobs name it.
-- `body` is the API's own document of it; what is looked up or changes by itself has a column.
CREATE TABLE resource (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX resource_name ON resource (kind, account, region, name) WHERE deleted_at IS NULL;

-- Job definitions. A revision never changes but for its tags and being deregistered, and is never reused.
CREATE TABLE definition (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX definition_revision ON definition (account, region, name, revision);

-- The part of a job that changes; kept narrow, since it is written at every step.
CREATE TABLE job (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    queue INTEGER NOT NULL,
    definition INTEGER NOT NULL,
    name TEXT NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT,
    cancelled INTEGER NOT NULL DEFAULT 0,
    terminated INTEGER NOT NULL DEFAULT 0,
    -- Its place in the queue where that is not its key.
    position INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    stopped_at INTEGER
) STRICT;
CREATE INDEX job_by_queue ON job (queue, status, key);
-- Statuses below 5 are the unfinished ones.
CREATE INDEX job_unfinished ON job (key) WHERE status < 5;

-- What was asked for, as submitted; written once.
CREATE TABLE request (
    job INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    tags TEXT
) STRICT;

CREATE TABLE attempt (
    job INTEGER NOT NULL,
    number INTEGER NOT NULL,
    environment INTEGER NOT NULL,
    task TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    started_at INTEGER,
    stopped_at INTEGER,
    exit_code INTEGER,
    reason TEXT,
    container_reason TEXT,
    -- Set while it is being stopped: the caller's words (NULL for a time-out), and when it is to be killed.
    stop_reason TEXT,
    kill_at INTEGER,
    PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;
