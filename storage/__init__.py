"""Keep what Grimche knows: the records, the error tree and the one SQLite file."""
