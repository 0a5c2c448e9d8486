-- What the doors of chat networks note down.  Persons are keyed hashes; no picture and no text of a message
-- is kept, and where a chat is, only until its question has been answered.

CREATE TABLE queries (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    door TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    person TEXT NOT NULL,
    asked TEXT NOT NULL,
    state TEXT NOT NULL,
    verdict INTEGER NOT NULL DEFAULT 0 CHECK (verdict IN (-1, 0, 1)),
    seconds REAL NOT NULL DEFAULT 0,
    liked INTEGER,
    sources TEXT NOT NULL CHECK (json_valid(sources)),
    names TEXT NOT NULL,
    digest TEXT NOT NULL DEFAULT '',
    stamp TEXT NOT NULL DEFAULT '',
    answer TEXT CHECK (answer IS NULL OR json_valid(answer))
) STRICT;

CREATE INDEX queries_by_time ON queries (asked);
CREATE INDEX queries_by_person ON queries (person);
CREATE INDEX queries_unfinished ON queries (door) WHERE state IN ('working', 'sending');
CREATE INDEX queries_by_names ON queries (names) WHERE names <> '' AND answer IS NOT NULL;
CREATE INDEX queries_by_digest ON queries (digest) WHERE digest <> '' AND answer IS NOT NULL;

CREATE TABLE bans (
    door TEXT NOT NULL,
    person TEXT NOT NULL,
    banned_by TEXT NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (door, person)
) STRICT, WITHOUT ROWID;

-- Which files a network has already, by what it calls them.
CREATE TABLE uploads (
    bot TEXT NOT NULL,
    name TEXT NOT NULL,
    file_id TEXT NOT NULL,
    uploaded TEXT NOT NULL,
    PRIMARY KEY (bot, name)
) STRICT, WITHOUT ROWID;

-- Which message to a person stands behind a message that the admins got, so that they can reply.
CREATE TABLE relays (
    door TEXT NOT NULL,
    admin_message TEXT NOT NULL,
    person TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    relayed TEXT NOT NULL,
    PRIMARY KEY (door, admin_message)
) STRICT, WITHOUT ROWID;

-- Single values that outlive a process.
CREATE TABLE notes (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
