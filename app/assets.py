"""Addresses of static files carry the file's own digest, so that browsers may keep them for good."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@cache
def _digest(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static_url(name: str) -> str:
    """`/static/css/app.css?v=…`. A missing file is an error at once, not a broken page later."""
    return f"/static/{name}?v={_digest(name)}"
