"""From a sheet of HTML to a PDF, in a process of its own: its memory goes back, and it can be stopped."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.domain.core.enums import N_
from app.domain.core.errors import Refused

MAKER: Final = Path(__file__).with_name("pdf.py")
LONGEST_SECONDS: Final = 90


def print_pdf(
    html: str, css: str, pictures: Mapping[str, tuple[str, str]] | None = None, *, seconds: float = LONGEST_SECONDS
) -> bytes:
    """The PDF of a sheet. `pictures`: address to media type and base64; no other address is opened.

    Refused in words when it takes longer than `seconds` or can't be made.
    """
    sheet = json.dumps({"html": html, "css": css, "pictures": dict(pictures or {})})
    try:
        made = subprocess.run(  # noqa: S603  our own file, and the sheet goes in by standard input
            [sys.executable, "-I", str(MAKER)], input=sheet.encode(), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(N_("生成 PDF 用时太长，已停止。请缩小范围，或改为导出 Excel。")) from None
    if made.returncode or not made.stdout.startswith(b"%PDF"):
        why = made.stderr.decode(errors="replace").strip().splitlines()
        raise Refused(N_("PDF 没有生成成功：%(why)s"), why=why[-1] if why else f"{made.returncode}")
    return made.stdout
