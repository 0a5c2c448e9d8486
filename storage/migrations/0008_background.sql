-- What lets jobs be followed and stopped by other processes, and a generation be gone back to.

ALTER TABLE jobs ADD COLUMN stop_asked INTEGER NOT NULL DEFAULT 0 CHECK (stop_asked IN (0, 1));
ALTER TABLE jobs ADD COLUMN wish TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(wish));

CREATE TABLE promotions (
    id INTEGER PRIMARY KEY,
    generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    promoted TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;

CREATE INDEX promotions_by_generation ON promotions (generation);

-- Who promoted what serves already was not written down.
INSERT INTO promotions (generation, promoted, who)
SELECT number, created, '' FROM generations WHERE is_current = 1;

-- Without these a generation's removal would look at every row of every other one.
CREATE INDEX statistics_by_generation ON statistics (generation);
CREATE INDEX vectors_by_generation ON vectors (generation);

-- Which message in which chat tells how a job goes.
CREATE TABLE followers (
    job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    door TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    language TEXT NOT NULL,
    PRIMARY KEY (job, door, chat_id)
) STRICT, WITHOUT ROWID;
