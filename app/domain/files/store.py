"""Photos: checked, turned upright, stripped of what the camera wrote into them, kept under their hash."""

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy import select

from app.domain.core.enums import N_
from app.domain.core.errors import Refused
from app.domain.core.text import clean
from app.domain.files.models import StoredFile
from app.extensions import db

if TYPE_CHECKING:
    from app.domain.accounts.models import Person

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
LONGEST_SIDE: Final = 1600
LARGEST_PIXELS: Final = 60_000_000
LARGEST_BYTES: Final = 25 * 1024 * 1024
QUALITY: Final = 85


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


def keep_photo(upload: Upload, folder: Path, *, by: "Person", at: datetime, field: str = "photos") -> StoredFile:
    """The picture as a JPEG of at most 1600 pixels a side, upright, without metadata; equal pictures are kept once.

    Refused beside `field`: what is no picture, is broken, or too large; dimensions are judged before decoding.
    """
    made, size = _made_small(upload, field)
    sha256 = hashlib.sha256(made).hexdigest()
    known = db.session.scalars(select(StoredFile).where(StoredFile.sha256 == sha256).limit(1)).first()
    _write(folder, sha256, made)
    if known is not None:
        return known
    row = StoredFile(
        sha256=sha256, media_type="image/jpeg", size=len(made), width=size[0], height=size[1],
        name=clean(Path(upload.name).name[-200:], 200), added_by_id=by.id, added_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def path_of(folder: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return folder / sha256[:2] / sha256


def _made_small(upload: Upload, field: str) -> tuple[bytes, tuple[int, int]]:
    if len(upload.data) > LARGEST_BYTES:
        raise Refused(N_("“%(name)s”太大了，一张照片最多 25 MB。"), field=field, name=upload.name[:60])
    try:
        with Image.open(io.BytesIO(upload.data), formats=FORMATS) as image:
            if image.width * image.height > LARGEST_PIXELS:
                raise Refused(N_("“%(name)s”的尺寸太大，请先缩小。"), field=field, name=upload.name[:60])
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _as_jpeg(upright), upright.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError, EOFError):
        raise Refused(N_("“%(name)s”不是能打开的照片。"), field=field, name=upload.name[:60]) from None


def _as_jpeg(picture: Image.Image) -> bytes:
    if picture.mode in ("RGBA", "LA", "P"):
        seen = picture.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
    else:
        ground = picture.convert("RGB")
    clean_copy = Image.new("RGB", ground.size)
    clean_copy.paste(ground)
    out = io.BytesIO()
    clean_copy.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _write(folder: Path, sha256: str, data: bytes) -> None:
    """Whole or not at all: a picture half written is never found under its hash."""
    path = path_of(folder, sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
