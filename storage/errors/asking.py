"""Errors of somebody who asks: the picture, the catalogue, the moment."""

from storage.errors.base import GrimcheError


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
