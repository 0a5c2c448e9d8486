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
    │   └── TrainingKilled        its process was ended from outside
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
    ├── TooLittleToScore          too few artists for the protocol
    ├── FileNotWritable           a result cannot be written where the user wants it
    ├── AlreadyRunning            another process does this job now
    ├── Stopped                   somebody wanted this job to end
    ├── Expired                   what a button belongs to is not kept any more
    ├── Closing                   the process is about to end
    ├── Banned                    this person may not ask
    ├── SlowDown                  this person or chat has asked too often
    └── Busy                      too many queries wait already

``key`` names the sentence in the text files of the doors and ``values`` fills it; ``str(error)`` is
the same sentence in English, for logs.  The original error is always the ``__cause__``.
"""

from storage.errors.asking import (
    AddressRefused,
    AddressUnreachable,
    ArtistNotFound,
    Banned,
    Busy,
    CatalogueError,
    Closing,
    DamagedPicture,
    EmptyCatalogue,
    EmptyFile,
    Expired,
    FileTooLarge,
    FolderError,
    NotAPicture,
    NotHandedOver,
    PageNotPicture,
    PictureError,
    PictureTooLarge,
    PictureTooSmall,
    SlowDown,
    TooManyPictures,
    UnsupportedFormat,
    WebtoonNotFound,
)
from storage.errors.base import (
    GrimcheError,
    restored,
)
from storage.errors.keeping import (
    AlreadyRunning,
    BackupDamaged,
    DatabaseCorrupt,
    DatabaseForeign,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseReadOnly,
    DiskFull,
    FileNotWritable,
    GenerationCorrupt,
    GenerationError,
    GenerationMismatch,
    GenerationMissing,
    GenerationServes,
    InUse,
    NothingBefore,
    Stopped,
    StorageError,
    TooLittleToScore,
    TrainingError,
    TrainingKilled,
)
from storage.errors.serving import (
    CannotListen,
    MetricsCannotListen,
    SecondPoller,
    SettingsError,
    TokenRefused,
    WebhookCannotListen,
)
from storage.errors.sources import (
    BudgetSpent,
    Gated,
    HostRefused,
    HostUnreachable,
    NoAnswer,
    NotThere,
    RobotsForbid,
    RunEnded,
    ShapeChanged,
    SourceError,
)

__all__ = [
    "AddressRefused",
    "AddressUnreachable",
    "AlreadyRunning",
    "ArtistNotFound",
    "BackupDamaged",
    "Banned",
    "BudgetSpent",
    "Busy",
    "CannotListen",
    "CatalogueError",
    "Closing",
    "DamagedPicture",
    "DatabaseCorrupt",
    "DatabaseForeign",
    "DatabaseLocked",
    "DatabaseNewer",
    "DatabaseReadOnly",
    "DiskFull",
    "EmptyCatalogue",
    "EmptyFile",
    "Expired",
    "FileNotWritable",
    "FileTooLarge",
    "FolderError",
    "Gated",
    "GenerationCorrupt",
    "GenerationError",
    "GenerationMismatch",
    "GenerationMissing",
    "GenerationServes",
    "GrimcheError",
    "HostRefused",
    "HostUnreachable",
    "InUse",
    "MetricsCannotListen",
    "NoAnswer",
    "NotAPicture",
    "NotHandedOver",
    "NotThere",
    "NothingBefore",
    "PageNotPicture",
    "PictureError",
    "PictureTooLarge",
    "PictureTooSmall",
    "RobotsForbid",
    "RunEnded",
    "SecondPoller",
    "SettingsError",
    "ShapeChanged",
    "SlowDown",
    "SourceError",
    "Stopped",
    "StorageError",
    "TokenRefused",
    "TooLittleToScore",
    "TooManyPictures",
    "TrainingError",
    "TrainingKilled",
    "UnsupportedFormat",
    "WebhookCannotListen",
    "WebtoonNotFound",
    "restored",
]
