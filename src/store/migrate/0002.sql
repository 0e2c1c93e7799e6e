-- Arrays and multi-node parallel jobs. The keys of their children and nodes follow theirs, in the order of their
-- indexes; a child or node has a row only once something has happened to it alone.
ALTER TABLE job ADD COLUMN parent INTEGER;
-- How many children an array has.
ALTER TABLE job ADD COLUMN size INTEGER;
-- How many nodes a multi-node parallel job has.
ALTER TABLE job ADD COLUMN nodes INTEGER;
-- The state of the children of an array that have no rows: PENDING (NULL), RUNNABLE or FAILED; why, since when, and by
-- which call (1 CancelJob, 2 TerminateJob).
ALTER TABLE job ADD COLUMN rest INTEGER;
ALTER TABLE job ADD COLUMN rest_reason TEXT;
ALTER TABLE job ADD COLUMN rest_at INTEGER;
ALTER TABLE job ADD COLUMN rest_call INTEGER;
-- The words of the first call that was to end the whole array.
ALTER TABLE job ADD COLUMN end_words TEXT;
-- Since when it is blocked at the head of its queue.
ALTER TABLE job ADD COLUMN blocked_at INTEGER;
-- Its share identifier.
ALTER TABLE job ADD COLUMN share TEXT;

DROP INDEX job_by_queue;
CREATE INDEX job_by_queue ON job (queue, status, key) WHERE parent IS NULL;
CREATE INDEX job_by_parent ON job (parent, status, key) WHERE parent IS NOT NULL;

-- The numbers of its GPUs, separated by commas.
ALTER TABLE attempt ADD COLUMN gpus TEXT;
-- Why it is being stopped: 0 TerminateJob, 1 time-out, 2 its host is replaced, 3 the main node has ended.
ALTER TABLE attempt ADD COLUMN stop_kind INTEGER;
-- When it is to be stopped because its host is replaced.
ALTER TABLE attempt ADD COLUMN leaves_at INTEGER;
UPDATE attempt SET stop_kind = iif(stop_reason IS NULL, 1, 0) WHERE kill_at IS NOT NULL;

-- The vCPUs that a compute environment has now.
ALTER TABLE resource ADD COLUMN desired INTEGER;

-- What the shares of a queue have used.
CREATE TABLE share (
    queue INTEGER NOT NULL,
    identifier TEXT NOT NULL,
    past REAL NOT NULL,
    as_of INTEGER NOT NULL,
    PRIMARY KEY (queue, identifier)
) STRICT, WITHOUT ROWID;
