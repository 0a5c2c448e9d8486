"""Errors of what is kept: the database, generations, files, and the jobs that write them."""

from storage.errors.base import GrimcheError


class StorageError(GrimcheError):
    """The database cannot be used; `path` is its file."""

    key = "error-storage"
    sentence = "The database {path} cannot be used: {fault}"


class DatabaseLocked(StorageError):
    """Another process holds the database."""

    key = "error-database-locked"
    sentence = "Another process is writing to {path}; try again in a moment."


class DatabaseReadOnly(StorageError):
    """The database or its folder may not be written."""

    key = "error-database-read-only"
    sentence = "{path} may not be written; give this user write permission to its folder."


class DatabaseCorrupt(StorageError):
    """The database file is damaged."""

    key = "error-database-corrupt"
    sentence = "{path} is damaged; put a backup in its place (see `grimche backup`)."


class DatabaseForeign(StorageError):
    """The SQLite file belongs to another program."""

    key = "error-database-foreign"
    sentence = "{path} is not a Grimche database; choose another GRIMCHE_DATA folder."


class DatabaseNewer(StorageError):
    """A newer Grimche wrote the database."""

    key = "error-database-newer"
    sentence = "{path} was written by a newer Grimche (version {found}); update Grimche."


class DiskFull(StorageError):
    """No space is left for the file at `path`."""

    key = "error-disk-full"
    sentence = "The disk that holds {path} is full; free some space and try again."


class GenerationError(GrimcheError):
    """A generation cannot be used; `generation` is its id."""

    key = "error-generation"
    sentence = "Generation {generation} cannot be used."


class GenerationMissing(GenerationError):
    """The generation's folder or one of its files is not there."""

    key = "error-generation-missing"
    sentence = "Generation {generation} is incomplete: {file} is missing."


class GenerationCorrupt(GenerationError):
    """A file of the generation is not what its manifest says."""

    key = "error-generation-corrupt"
    sentence = "Generation {generation} is damaged ({file}); install it again."


class GenerationMismatch(GenerationError):
    """The generation does not fit this Grimche or this catalogue."""

    key = "error-generation-mismatch"
    sentence = "Generation {generation} does not fit: {fault}"


class GenerationServes(GenerationError):
    """The generation serves now, so it cannot be removed."""

    key = "error-generation-serves"
    sentence = "Generation {generation} serves now; let another one serve first."


class NothingBefore(GenerationError):
    """No other generation has served before the present one."""

    key = "error-nothing-before"
    sentence = "No generation has served before {generation}; there is nothing to go back to."


class TrainingError(GrimcheError):
    """The pictures cannot be trained on; `fault` says why."""

    key = "error-training"
    sentence = "Training is not possible: {fault}"


class TrainingKilled(TrainingError):
    """The process that trains was ended from outside, so many `times` by now."""

    key = "error-training-killed"
    sentence = (
        "The training was ended from outside {times} times, as happens where memory runs out; free some, "
        "or train on another machine with `grimche export-set`."
    )


class TooLittleToScore(GrimcheError):
    """Once episodes are held out, so few artists are `left` that none can be taken for another."""

    key = "error-too-little-to-score"
    sentence = (
        "There is too little to score: two artists with several episodes are needed, {left} found; add more."
    )


class FileNotWritable(GrimcheError):
    """A result cannot be written to `path`; `fault` says why."""

    key = "error-file-not-writable"
    sentence = "{path} cannot be written: {fault}"


class AlreadyRunning(GrimcheError):
    """Another process does this `job` now."""

    key = "error-already-running"
    sentence = "Another process is running this job ({job}); wait until it has finished."


class Stopped(GrimcheError):
    """Somebody, perhaps in another process, wanted the job to end."""

    key = "error-stopped"
    sentence = "This was stopped from elsewhere; the next run goes on from here."


class BackupDamaged(StorageError):
    """The backup at `path` cannot be put back; `fault` says why."""

    key = "error-backup-damaged"
    sentence = "{path} cannot be restored: {fault}; choose another backup."


class InUse(StorageError):
    """A process serves the folder `data`."""

    key = "error-in-use"
    sentence = "A process serves {data}; stop `grimche serve` first."
