"""How crops are brought to the encoder's sizes, when it is trained and when it serves."""

from PIL import Image

from model.manifest import Resample

FILTERS = {
    Resample.BOX: Image.Resampling.BOX,
    Resample.BILINEAR: Image.Resampling.BILINEAR,
    Resample.HAMMING: Image.Resampling.HAMMING,
    Resample.BICUBIC: Image.Resampling.BICUBIC,
    Resample.LANCZOS: Image.Resampling.LANCZOS,
}
