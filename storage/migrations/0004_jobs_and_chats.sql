-- Long pieces of work, and what each chat has chosen.

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    state TEXT NOT NULL,
    progress REAL NOT NULL,
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    error TEXT NOT NULL,
    pid INTEGER NOT NULL,
    birth TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT
) STRICT;

-- One job of a kind at a time.
CREATE UNIQUE INDEX jobs_running ON jobs (kind) WHERE state = 'running';

CREATE TABLE chats (
    door TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    language TEXT,
    choices TEXT NOT NULL CHECK (json_valid(choices)),
    PRIMARY KEY (door, chat_id)
) STRICT, WITHOUT ROWID;
