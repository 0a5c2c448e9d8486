-- Titles and artists' names without their spaces, in three-character pieces; rowid is the webtoon's id.

CREATE VIRTUAL TABLE webtoon_search USING fts5 (title, artists, tokenize = 'trigram');

INSERT INTO webtoon_search (rowid, title, artists)
SELECT id, replace(title, ' ', ''), '' FROM webtoons;

CREATE TRIGGER webtoon_search_added AFTER INSERT ON webtoons
BEGIN
    INSERT INTO webtoon_search (rowid, title, artists) VALUES (NEW.id, replace(NEW.title, ' ', ''), '');
END;

CREATE TRIGGER webtoon_search_renamed AFTER UPDATE OF title ON webtoons
WHEN OLD.title IS NOT NEW.title
BEGIN
    UPDATE webtoon_search SET title = replace(NEW.title, ' ', '') WHERE rowid = NEW.id;
END;

CREATE TRIGGER webtoon_search_removed AFTER DELETE ON webtoons
BEGIN
    DELETE FROM webtoon_search WHERE rowid = OLD.id;
END;

CREATE VIEW credited_names AS
SELECT credits.webtoon_id, group_concat(replace(artists.name, ' ', ''), ' ') AS names
FROM credits JOIN artists ON artists.id = credits.artist_id
GROUP BY credits.webtoon_id;

UPDATE webtoon_search
SET artists = coalesce((SELECT names FROM credited_names WHERE webtoon_id = webtoon_search.rowid), '');

CREATE TRIGGER webtoon_search_credited AFTER INSERT ON credits
BEGIN
    UPDATE webtoon_search
    SET artists = (SELECT names FROM credited_names WHERE webtoon_id = NEW.webtoon_id)
    WHERE rowid = NEW.webtoon_id;
END;

CREATE TRIGGER webtoon_search_uncredited AFTER DELETE ON credits
BEGIN
    UPDATE webtoon_search
    SET artists = coalesce((SELECT names FROM credited_names WHERE webtoon_id = OLD.webtoon_id), '')
    WHERE rowid = OLD.webtoon_id;
END;
