"""What is kept of settings."""

from typing import Final

from app.domain.audit.events import Field, Subject
from app.domain.core.enums import N_
from app.domain.settings.defaults import DEFAULTS
from app.domain.settings.models import Setting

SETTINGS: Final = Subject(Setting, "settings", N_("设置"), branch="")

CHANGE: Final = SETTINGS.event(
    "change", N_("修改设置"), fields={name: Field(default.label) for name, default in DEFAULTS.items()}
)
