-- What admins are to be told unasked and have not been yet: it waits until their network is there.

CREATE TABLE news (
    id INTEGER PRIMARY KEY,
    door TEXT NOT NULL,
    made TEXT NOT NULL,
    said TEXT NOT NULL CHECK (json_valid(said)),
    known TEXT NOT NULL CHECK (json_valid(known))
) STRICT;

CREATE INDEX news_by_door ON news (door, id);
