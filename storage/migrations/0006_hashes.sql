-- All hashes are read when the catalogue is opened, without the pictures that they stand beside.
CREATE INDEX pictures_by_hash ON pictures (phash, sha256);
