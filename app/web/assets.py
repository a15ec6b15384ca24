"""Addresses of static files carry one digest of them all, so that browsers may keep them for good.

The digest stands in the path and not behind a `?`: what a script imports beside itself is kept and renewed with it.
"""

import hashlib
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
KEEP = "public, max-age=31536000, immutable"


def _digest() -> str:
    seen = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            seen.update(file.relative_to(STATIC).as_posix().encode() + b"\0" + file.read_bytes())
    return seen.hexdigest()[:10]


PATH = f"/static/{_digest()}"


def static_url(name: str) -> str:
    """`/static/…/css/frame.css`. A missing file is an error at once, not a broken page later."""
    if not (STATIC / name).is_file():
        raise FileNotFoundError(name)
    return f"{PATH}/{name}"
