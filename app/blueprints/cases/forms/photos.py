"""Photos that come with a form, or later."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField

from app.blueprints.cases.forms.base import ActionForm
from app.domain.accounts.models import Person
from app.domain.cases import photos
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.files import store
from app.domain.files.models import StoredFile

MOST = 12


def photos_field() -> Any:
    """Several pictures at once; a phone offers its camera."""
    return MultipleFileField(_l("照片"), render_kw={"accept": "image/*"}, description=_l("可以选多张。"))


def keep_photos(field: Any, *, by: Person, at: datetime) -> list[StoredFile]:
    """The first twelve pictures of the field, kept. Refused beside it: a file that is no picture."""
    files = [file for file in field.data or () if getattr(file, "filename", "")]
    folder = Path(current_app.config["FILES_DIR"])
    return [
        store.keep_photo(store.Upload(file.filename, file.read()), folder, by=by, at=at, field=field.short_name)
        for file in files[:MOST]
    ]


class PhotosForm(ActionForm):
    action, path, button = Action.ADD_PHOTOS, "photos", N_("加上照片")
    makes_older_pages_stale: ClassVar[bool] = False
    photos = photos_field()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """补充照片."""
        photos.add(case, keep_photos(self.photos, by=by, at=at), by=by, at=at)
