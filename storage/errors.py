"""Every error that Grimche raises on purpose.

::

    GrimcheError                  one sentence for the user
    ├── SettingsError             a setting is missing or wrong
    ├── PictureError              a picture cannot be used
    │   ├── EmptyFile             no bytes at all
    │   ├── NotAPicture           no picture format that we know
    │   │   └── PageNotPicture    an address leads to a web page
    │   ├── UnsupportedFormat     a picture, but of a format we do not read
    │   ├── DamagedPicture        cut off or corrupt
    │   ├── PictureTooSmall       too few pixels to show a style
    │   ├── PictureTooLarge       too many pixels
    │   ├── FileTooLarge          too many bytes
    │   ├── TooManyPictures       more than one query may hold
    │   ├── AddressRefused        an address that is not fetched for strangers
    │   ├── AddressUnreachable    an address that gives us no picture
    │   └── NotHandedOver         the chat network did not give it to us
    ├── CatalogueError            the catalogue cannot answer
    │   ├── EmptyCatalogue        nothing to compare with yet
    │   ├── WebtoonNotFound       no webtoon has this title
    │   ├── ArtistNotFound        no artist has one of two names
    │   └── FolderError           a folder to import is missing or faulty
    ├── StorageError              the database cannot be used
    │   ├── DatabaseLocked        another process holds it
    │   ├── DatabaseReadOnly      no permission to write
    │   ├── DatabaseCorrupt       the file is damaged
    │   ├── DatabaseForeign       a SQLite file of another program
    │   ├── DatabaseNewer         written by a newer Grimche
    │   ├── DiskFull              no space left
    │   ├── BackupDamaged         a backup is no whole one
    │   └── InUse                 a process serves the data folder
    ├── GenerationError           a generation cannot be used
    │   ├── GenerationMissing     not there
    │   ├── GenerationCorrupt     a checksum or the manifest is wrong
    │   ├── GenerationMismatch    made for another layout of vectors
    │   ├── GenerationServes      it serves, so it stays
    │   └── NothingBefore         nothing to go back to
    ├── TrainingError             the pictures cannot be trained on
    ├── SourceError               a platform answered badly
    │   ├── Gated                 only for readers who log in
    │   ├── NotThere              the platform has nothing at this address
    │   ├── NoAnswer              no usable answer after all retries
    │   ├── ShapeChanged          a field is not where or what it was
    │   └── RunEnded              nothing more is to be had of the platform in this run
    │       ├── HostRefused       it refuses us again and again
    │       │   └── RobotsForbid  its robots.txt forbids what we want
    │       ├── HostUnreachable   it does not answer any more
    │       └── BudgetSpent       the run may not ask it for more
    ├── CannotListen              the web chat's port is taken or not ours
    │   ├── WebhookCannotListen   the webhook's port is
    │   └── MetricsCannotListen   the metrics' port is
    ├── TokenRefused              a chat network does not know the bot
    ├── SecondPoller              another process is the same bot
    ├── FileNotWritable           a result cannot be written where the user wants it
    ├── AlreadyRunning            another process does this job now
    ├── Expired                   what a button belongs to is not kept any more
    ├── Closing                   the process is about to end
    ├── Banned                    this person may not ask
    ├── SlowDown                  this person or chat has asked too often
    └── Busy                      too many queries wait already

``key`` names the sentence in the text files of the doors and ``values`` fills it; ``str(error)`` is
the same sentence in English, for logs.  The original error is always the ``__cause__``.
"""

from typing import ClassVar


class GrimcheError(Exception):
    """Carry one sentence that says what was wrong and what to do."""

    key: ClassVar[str] = "error-unexpected"
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **values: str | int) -> None:
        """Fill the sentence with `values`."""
        self.values = values
        super().__init__(self.sentence.format_map(values))


def restored(key: str, values: dict[str, str | int]) -> GrimcheError:
    """Make the error of a `key` again, as another process recorded it; one that is unknown says little."""
    kinds = [GrimcheError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        if kind.key == key:
            return kind(**values)
    return GrimcheError()


class SettingsError(GrimcheError):
    """A setting is missing or wrong; `faults` lists all of them by name."""

    key = "error-settings"
    sentence = "These settings need mending: {faults}"


class PictureError(GrimcheError):
    """A picture cannot be used."""

    key = "error-picture"
    sentence = "This picture cannot be used."


class EmptyFile(PictureError):
    """The file has no bytes."""

    key = "error-empty-file"
    sentence = "The file is empty; send the picture again."


class NotAPicture(PictureError):
    """The bytes are no picture."""

    key = "error-not-a-picture"
    sentence = "This is not a picture; send a JPEG, PNG, WebP, GIF, BMP or AVIF file."


class PageNotPicture(NotAPicture):
    """An address leads to a web page."""

    key = "error-page-not-picture"
    sentence = (
        "This address leads to a web page, not to a picture; open the picture by itself and send its address."
    )


class UnsupportedFormat(PictureError):
    """The bytes are a picture of a `format` that we do not read."""

    key = "error-unsupported-format"
    sentence = "{format} pictures cannot be read; save it as JPEG or PNG and send it again."


class DamagedPicture(PictureError):
    """The picture is cut off or corrupt."""

    key = "error-damaged-picture"
    sentence = "The picture is damaged or was cut off on its way; send it again."


class PictureTooSmall(PictureError):
    """The picture has fewer than `minimum` pixels on a side."""

    key = "error-picture-too-small"
    sentence = "The picture is too small ({width}x{height}); each side needs {minimum} pixels."


class PictureTooLarge(PictureError):
    """The picture has more than `maximum` million pixels, frames counted."""

    key = "error-picture-too-large"
    sentence = "The picture is too large ({width}x{height}); {maximum} million pixels are the limit."


class FileTooLarge(PictureError):
    """The file has more than `maximum` MB."""

    key = "error-file-too-large"
    sentence = "The file is too large ({size} MB); {maximum} MB are the limit."


class TooManyPictures(PictureError):
    """One query holds `count` pictures where `maximum` are allowed."""

    key = "error-too-many-pictures"
    sentence = "These are {count} pictures; send at most {maximum} at once."


class AddressRefused(PictureError):
    """An address is not fetched for strangers, or sends us on to one that is not."""

    key = "error-address-refused"
    sentence = (
        "This address is not opened; send an http or https address that everybody can see, "
        "or the picture itself."
    )


class AddressUnreachable(PictureError):
    """The `host` of an address gave us no picture."""

    key = "error-address-unreachable"
    sentence = "No picture could be had from {host}; check the address, or send the picture itself."


class NotHandedOver(PictureError):
    """The chat network did not give us the picture."""

    key = "error-not-handed-over"
    sentence = "The chat network did not hand over the picture; please send it again."


class CatalogueError(GrimcheError):
    """The catalogue cannot answer."""

    key = "error-catalogue"
    sentence = "The catalogue cannot answer this."


class EmptyCatalogue(CatalogueError):
    """There is nothing to compare with yet."""

    key = "error-empty-catalogue"
    sentence = (
        "The catalogue is empty; fill it with `grimche import DIR` or `grimche scrape --source sample`."
    )


class WebtoonNotFound(CatalogueError):
    """No webtoon has this `title`."""

    key = "error-webtoon-not-found"
    sentence = "No webtoon in the catalogue is called “{title}”; try a part of its title."


class ArtistNotFound(CatalogueError):
    """There is no artist called `alias`, or none called `artist`."""

    key = "error-artist-not-found"
    sentence = "“{alias}” and “{artist}” cannot be joined: one of them is no artist of the catalogue."


class FolderError(CatalogueError):
    """A folder to import is missing or faulty; `fault` says how."""

    key = "error-folder"
    sentence = "{folder} cannot be imported: {fault}"


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


class SourceError(GrimcheError):
    """A `platform` answered badly; `fault` says how."""

    key = "error-source"
    sentence = "{platform} cannot be read: {fault}"


class Gated(SourceError):
    """What `where` names is only for readers who log in, such as adults."""

    key = "error-gated"
    sentence = "{platform} shows {where} only to readers who log in."


class NotThere(SourceError):
    """The platform has nothing at `where`."""

    key = "error-not-there-any-more"
    sentence = "{platform} has nothing at {where}."


class NoAnswer(SourceError):
    """The `host` gave no usable answer to one request, after all its retries; `fault` is the last one's."""

    key = "error-no-answer"
    sentence = "{platform} gave no usable answer: {host} {fault}."


class ShapeChanged(SourceError):
    """The `field` of `where`, a path such as "articleList[3].no", is missing or of another kind."""

    key = "error-shape-changed"
    sentence = "{platform} has changed its interface: {field} of {where} is not as it was."


class RunEnded(SourceError):
    """Nothing more is to be had of the platform in this run."""

    key = "error-run-ended"
    sentence = "Nothing more could be had of {platform}."


class HostRefused(RunEnded):
    """The `host` refuses us again and again; `fault` says how."""

    key = "error-host-refused"
    sentence = "{platform} wants no more requests: {host} {fault}; wait a day, and lower the rate."


class RobotsForbid(HostRefused):
    """The robots.txt of `host` forbids us to fetch `path`."""

    key = "error-robots-forbid"
    sentence = "{platform} does not want {path} to be fetched: the robots.txt of {host} forbids it."


class HostUnreachable(RunEnded):
    """The `host` has not answered several requests in a row; `fault` is the last one's."""

    key = "error-host-unreachable"
    sentence = "{platform} does not answer: {host} {fault}; try again later."


class BudgetSpent(RunEnded):
    """The run has made as many requests (`maximum`) as it may."""

    key = "error-budget-spent"
    sentence = "The run has made the {maximum} requests that it may; the next one continues."


class CannotListen(GrimcheError):
    """The web chat cannot listen on `port` of `host`; `fault` says why."""

    key = "error-cannot-listen"
    sentence = "The web chat cannot listen on {host}, port {port}: {fault}; choose another with --port."


class FileNotWritable(GrimcheError):
    """A result cannot be written to `path`; `fault` says why."""

    key = "error-file-not-writable"
    sentence = "{path} cannot be written: {fault}"


class AlreadyRunning(GrimcheError):
    """Another process does this `job` now."""

    key = "error-already-running"
    sentence = "Another process is running this job ({job}); wait until it has finished."


class Busy(GrimcheError):
    """Too many queries wait already; the same one can be sent again in a moment."""

    key = "error-busy"
    sentence = "Many people are asking right now; please try again in a moment."


class SlowDown(GrimcheError):
    """A person or a chat has asked too often; the next question is welcome in `seconds`."""

    key = "error-slow-down"
    sentence = "That is a little fast; please ask again in {seconds} s."


class Expired(GrimcheError):
    """What a button or a reply belongs to is not kept any more."""

    key = "error-expired"
    sentence = "This answer has been forgotten by now; please send the picture again."


class Closing(GrimcheError):
    """The process is about to end and takes nothing on any more."""

    key = "error-closing"
    sentence = "I am being restarted; please try again in a minute."


class Banned(GrimcheError):
    """An admin has shut this person out."""

    key = "error-banned"
    sentence = "You cannot use this bot any more; its admins have decided so."


class WebhookCannotListen(CannotListen):
    """The webhook cannot listen on `port` of `host`; `fault` says why."""

    key = "error-webhook-cannot-listen"
    sentence = (
        "The webhook cannot listen on {host}, port {port}: {fault}; "
        "choose another with GRIMCHE_TELEGRAM_WEBHOOK_PORT."
    )


class BackupDamaged(StorageError):
    """The backup at `path` cannot be put back; `fault` says why."""

    key = "error-backup-damaged"
    sentence = "{path} cannot be restored: {fault}; choose another backup."


class InUse(StorageError):
    """A process serves the folder `data`."""

    key = "error-in-use"
    sentence = "A process serves {data}; stop `grimche serve` first."


class MetricsCannotListen(CannotListen):
    """The metrics cannot listen on `port` of `host`; `fault` says why."""

    key = "error-metrics-cannot-listen"
    sentence = (
        "The metrics cannot listen on {host}, port {port}: {fault}; choose another with GRIMCHE_METRICS_PORT."
    )


class TokenRefused(GrimcheError):
    """A chat network does not know the bot of the token in `setting`, or does not any more."""

    key = "error-token-refused"
    sentence = "{door} refuses the token; check {setting}, or get a new token."


class SecondPoller(GrimcheError):
    """Another process reads what this bot is sent."""

    key = "error-second-poller"
    sentence = "Another process reads the messages of this bot; stop it, or use another token here."
