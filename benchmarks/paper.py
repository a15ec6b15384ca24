"""A month's PDF cold, beside headless Chromium printing the same HTML: each by a process that has just begun."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import BinaryIO, Final

from app.domain.reports.render.printing import MAKER as PDF_MAKER
from benchmarks.grounds import ROOT, Firm, run_module

MAKER: Final = "the product's PDF maker"
THEIRS: Final = "headless Chromium"
CHROMIUM: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--no-pdf-header-footer",
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """A PDF that was made: median seconds, the most memory a process of it held in MB, its size in KB, its pages."""

    by: str
    seconds: float
    megabytes: float
    kilobytes: float
    pages: int


def printed(firm: Firm, times: int) -> list[Printed]:
    """The callbacks of the month: the sheet by our maker, by Chromium where there is one, and the whole command."""
    with tempfile.TemporaryDirectory(prefix="callbacks-bench-paper-") as name:
        folder = Path(name)
        month = run_module("sheet", name, within=firm.environment)
        made = [_made(MAKER, [sys.executable, "-I", str(PDF_MAKER)], folder / "maker.pdf", firm, times)]
        if chromium := next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None):
            theirs = [chromium, *CHROMIUM, f"--user-data-dir={folder / 'profile'}",
                      f"--print-to-pdf={folder / 'theirs.pdf'}", (folder / "sheet.html").as_uri()]  # fmt: skip
            made.append(_made(THEIRS, theirs, folder / "theirs.pdf", firm, times))
        whole = [sys.executable, "-m", "flask", "--app", "wsgi", "report", "callbacks", "--period", month,
                 "--format", "pdf", "--out", str(folder / "whole.pdf")]  # fmt: skip
        return [*made, _made("flask report, figures and all", whole, folder / "whole.pdf", firm, times)]


def _made(by: str, command: list[str], pdf: Path, firm: Firm, times: int) -> Printed:
    seconds, megabytes = [], 0.0
    for _ in range(times):
        shutil.rmtree(pdf.with_name("profile"), ignore_errors=True)
        with pdf.with_name("sheet.json").open("rb") as sheet, _output(by, pdf) as output:
            began = time.perf_counter()
            process = subprocess.Popen(
                command, cwd=ROOT, env=firm.environment, stdin=sheet, stdout=output, stderr=subprocess.DEVNULL
            )
            _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds.append(time.perf_counter() - began)
        megabytes = max(megabytes, used.ru_maxrss / 1024)
        if process.returncode or not pdf.exists():
            raise SystemExit(f"{by} made no PDF: it ended with {process.returncode}.")
    return Printed(by, median(seconds), megabytes, pdf.stat().st_size / 1024, _pages(pdf))


def _output(by: str, pdf: Path) -> BinaryIO:
    return pdf.open("wb") if by == MAKER else open(os.devnull, "wb")


def _pages(pdf: Path) -> int:
    """How many pages the file has: Chromium writes them in the open, WeasyPrint in compressed streams."""
    content = pdf.read_bytes()
    parts = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(stream))
    return sum(len(re.findall(rb"/Type ?/Page\b", part)) for part in parts)
