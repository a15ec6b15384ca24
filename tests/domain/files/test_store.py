"""Photos are checked, turned upright, stripped and made small before they are kept."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.domain.core import clock
from app.domain.core.errors import Refused
from app.domain.files import store
from app.domain.files.store import Upload, keep_photo, path_of


def picture(size=(40, 20), kind="JPEG", mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def keep(cast, tmp_path):
    def kept(data, name="照片.jpg"):
        return keep_photo(Upload(name, data), tmp_path, by=cast.agent, at=clock.now())

    kept.folder = tmp_path
    return kept


def test_what_is_kept_lies_under_its_own_hash(keep):
    row = keep(picture())
    path = path_of(keep.folder, row.sha256)
    assert path.stat().st_size == row.size
    assert (row.media_type, row.width, row.height, row.name) == ("image/jpeg", 40, 20, "照片.jpg")


def test_equal_pictures_are_kept_once(keep):
    assert keep(picture()).id == keep(picture(), "又一张.jpg").id


def test_a_large_picture_becomes_small(keep):
    row = keep(picture((4000, 2000)))
    assert (row.width, row.height) == (1600, 800)


def test_a_picture_lying_on_its_side_is_turned_and_where_it_was_taken_is_dropped(keep):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (31.0, 12.0, 0.0)
    row = keep(picture(exif=exif))
    assert (row.width, row.height) == (20, 40)
    with Image.open(path_of(keep.folder, row.sha256)) as stored:
        assert not dict(stored.getexif())


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGB"), ("BMP", "RGB")]
)
def test_other_kinds_become_jpeg(keep, kind, mode):
    assert keep(picture(kind=kind, mode=mode)).media_type == "image/jpeg"


@pytest.mark.parametrize("data", [b"", b"no picture", b"%PDF-1.7", b"<svg/>", picture()[:200], picture(kind="TIFF")])
def test_what_is_no_picture_is_refused_by_its_name(keep, data):
    with pytest.raises(Refused, match="坏") as refused:
        keep(data, "坏.jpg")
    assert refused.value.field == "photos"
    assert not list(Path(keep.folder).iterdir())


def test_a_huge_picture_is_refused_before_it_is_decoded(keep, monkeypatch):
    data = picture(kind="PNG")
    monkeypatch.setattr(store, "LARGEST_PIXELS", 799)
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("decoded"))
    with pytest.raises(Refused, match="尺寸"):
        keep(data)


def test_a_name_is_only_a_name(keep):
    assert keep(picture(), "../../etc/passwd").name == "passwd"
