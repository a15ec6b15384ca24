"""What people type, made fit to keep: no control characters, no stray spaces, not too long."""

import unicodedata

from app.domain.core.enums import N_
from app.domain.core.errors import Refused


def clean(text: str | None, longest: int, field: str | None = None) -> str:
    """One line of text: composed, without control characters, spaces at its ends or doubled inside.

    Refused when more than `longest` characters are left.
    """
    return _not_longer(" ".join(_printable(text or "").split()), longest, field)


def clean_lines(text: str | None, longest: int = 4000, field: str | None = None) -> str:
    """Several lines of text, without control characters other than their ends. Refused when too long."""
    lines = (_printable(line).rstrip() for line in (text or "").splitlines())
    return _not_longer("\n".join(lines).strip(), longest, field)


def plain(text: str) -> str:
    """The text folded to half-width letters, no blanks around it and one at most inside: what readers look at."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def row_id(text: str | None) -> int | None:
    """The number of a record as an address or a form names it; None for what can be none on either database."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _printable(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).replace("\t", " ")
    return "".join(letter for letter in composed if unicodedata.category(letter) not in ("Cc", "Cs"))


def _not_longer(text: str, longest: int, field: str | None) -> str:
    if len(text) > longest:
        raise Refused(N_("太长了，最多 %(longest)s 个字。"), field=field, longest=longest)
    return text
