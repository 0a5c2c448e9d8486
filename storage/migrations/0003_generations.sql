-- Trained networks and what they make of each picture.
-- `revision` counts the fits, `changes` everything that makes an index of the vectors stale.

CREATE TABLE generations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1)),
    dimensions INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    vectors INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    scores TEXT CHECK (scores IS NULL OR json_valid(scores))
) STRICT;

CREATE UNIQUE INDEX generations_current ON generations (is_current) WHERE is_current = 1;

-- Apart from `generations`, whose counters change with every vector and would drag the blob along.
CREATE TABLE fits (
    generation INTEGER NOT NULL PRIMARY KEY REFERENCES generations (number) ON DELETE CASCADE,
    fitted_on INTEGER NOT NULL,
    calibration TEXT NOT NULL CHECK (json_valid(calibration)),
    transform BLOB NOT NULL
) STRICT;

-- Both hold little-endian float16; see storage/vectors.py.
CREATE TABLE statistics (
    picture TEXT NOT NULL REFERENCES pictures (sha256) ON DELETE CASCADE,
    generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    data BLOB NOT NULL,
    PRIMARY KEY (picture, generation)
) STRICT;

CREATE TABLE vectors (
    picture TEXT NOT NULL REFERENCES pictures (sha256) ON DELETE CASCADE,
    generation INTEGER NOT NULL REFERENCES generations (number) ON DELETE CASCADE,
    data BLOB NOT NULL,
    PRIMARY KEY (picture, generation)
) STRICT;

CREATE TRIGGER vectors_added AFTER INSERT ON vectors
BEGIN
    UPDATE generations SET vectors = vectors + 1, changes = changes + 1 WHERE number = NEW.generation;
END;

CREATE TRIGGER vectors_replaced AFTER UPDATE ON vectors
BEGIN
    UPDATE generations SET changes = changes + 1 WHERE number = NEW.generation;
END;

CREATE TRIGGER vectors_removed AFTER DELETE ON vectors
BEGIN
    UPDATE generations SET vectors = vectors - 1, changes = changes + 1 WHERE number = OLD.generation;
END;

CREATE TRIGGER episodes_shown AFTER INSERT ON episodes
WHEN NEW.picture IS NOT NULL
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE number IN (SELECT generation FROM vectors WHERE picture = NEW.picture);
END;

CREATE TRIGGER episodes_redrawn AFTER UPDATE ON episodes
WHEN (OLD.picture, OLD.number, OLD.webtoon_id) IS NOT (NEW.picture, NEW.number, NEW.webtoon_id)
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE number IN (SELECT generation FROM vectors WHERE picture IN (OLD.picture, NEW.picture));
END;

CREATE TRIGGER episodes_removed AFTER DELETE ON episodes
WHEN OLD.picture IS NOT NULL
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE number IN (SELECT generation FROM vectors WHERE picture = OLD.picture);
END;

CREATE TRIGGER webtoons_described AFTER UPDATE ON webtoons
WHEN (OLD.title, OLD.synopsis, OLD.genres, OLD.weekdays, OLD.age_grade, OLD.status, OLD.url, OLD.series_group)
    IS NOT
    (NEW.title, NEW.synopsis, NEW.genres, NEW.weekdays, NEW.age_grade, NEW.status, NEW.url, NEW.series_group)
BEGIN
    UPDATE generations SET changes = changes + 1 WHERE vectors > 0;
END;

CREATE TRIGGER credits_added AFTER INSERT ON credits
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE vectors > 0 AND EXISTS (SELECT 1 FROM episodes WHERE webtoon_id = NEW.webtoon_id);
END;

CREATE TRIGGER credits_removed AFTER DELETE ON credits
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE vectors > 0 AND EXISTS (SELECT 1 FROM episodes WHERE webtoon_id = OLD.webtoon_id);
END;
