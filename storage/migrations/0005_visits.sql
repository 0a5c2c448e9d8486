-- What keeps a catalogue of platforms current.

-- The platform named people, and the roles are guessed from their order.
ALTER TABLE credits ADD COLUMN guessed INTEGER NOT NULL DEFAULT 0 CHECK (guessed IN (0, 1));

-- What platforms call a person; two people of one name on one platform are two artists.
CREATE TABLE artist_ids (
    platform TEXT NOT NULL,
    platform_id TEXT NOT NULL,
    artist_id INTEGER NOT NULL REFERENCES artists (id) ON DELETE CASCADE,
    PRIMARY KEY (platform, platform_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX artist_ids_by_artist ON artist_ids (artist_id, platform);

-- Other names of a person, as another platform spells them.
CREATE TABLE artist_alias (
    name TEXT NOT NULL PRIMARY KEY,
    artist_id INTEGER NOT NULL REFERENCES artists (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX artist_alias_by_artist ON artist_alias (artist_id);

-- When a webtoon was asked about last; `mark` is what its platform's list said of it then.
CREATE TABLE visits (
    webtoon_id INTEGER NOT NULL PRIMARY KEY REFERENCES webtoons (id) ON DELETE CASCADE,
    mark TEXT NOT NULL,
    visited TEXT NOT NULL,
    surveyed TEXT NOT NULL
) STRICT;

-- Pictures that stand in for many episodes and show nobody's hand: never evidence, never learned from.
CREATE TABLE placeholders (
    picture TEXT NOT NULL PRIMARY KEY REFERENCES pictures (sha256) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER placeholders_found AFTER INSERT ON placeholders
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE number IN (SELECT generation FROM vectors WHERE picture = NEW.picture);
END;

CREATE TRIGGER placeholders_gone AFTER DELETE ON placeholders
BEGIN
    UPDATE generations SET changes = changes + 1
    WHERE number IN (SELECT generation FROM vectors WHERE picture = OLD.picture);
END;
