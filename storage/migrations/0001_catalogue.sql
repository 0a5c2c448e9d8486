-- What the platforms publish: webtoons, who made them, their episodes and thumbnails.
-- Times are ISO 8601 in UTC with microseconds; lists are JSON arrays; names and titles are NFC.

CREATE TABLE webtoons (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    platform_id TEXT NOT NULL,
    title TEXT NOT NULL,
    synopsis TEXT NOT NULL,
    genres TEXT NOT NULL CHECK (json_valid(genres)),
    weekdays TEXT NOT NULL CHECK (json_valid(weekdays)),
    age_grade TEXT NOT NULL,
    status TEXT NOT NULL,
    url TEXT NOT NULL,
    series_group TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    UNIQUE (platform, platform_id)
) STRICT;

CREATE INDEX webtoons_by_title ON webtoons (title, id);

CREATE TABLE artists (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE credits (
    webtoon_id INTEGER NOT NULL REFERENCES webtoons (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    artist_id INTEGER NOT NULL REFERENCES artists (id),
    role TEXT NOT NULL,
    PRIMARY KEY (webtoon_id, position),
    UNIQUE (artist_id, role, webtoon_id)
) STRICT, WITHOUT ROWID;

-- The bytes come last, so that reading the other columns does not walk through them.
-- `phash` is a 64-bit perceptual hash as a signed number, for SQLite knows no unsigned ones.
CREATE TABLE pictures (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    phash INTEGER NOT NULL,
    data BLOB NOT NULL CHECK (length(data) = size)
) STRICT;

CREATE INDEX pictures_by_size ON pictures (size);

CREATE TABLE episodes (
    id INTEGER PRIMARY KEY,
    webtoon_id INTEGER NOT NULL REFERENCES webtoons (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    thumbnail_url TEXT NOT NULL,
    picture TEXT REFERENCES pictures (sha256),
    UNIQUE (webtoon_id, number)
) STRICT;

CREATE INDEX episodes_by_picture ON episodes (picture, webtoon_id);
