"""The PDF's own process: what it opens, what it says when it fails, and that every letter is there."""

import json
import subprocess
import sys

import pytest

from app.domain.core.errors import Refused
from app.domain.reports.render.printing import MAKER, print_pdf

CSS = "@page { size: A4 } body { font-family: 'Noto Sans CJK SC'; }"
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def sheet(body: str) -> str:
    return f"<html lang=zh-Hans><title>月报</title><body>{body}</body></html>"


def words_of(body: str, pictures: dict[str, tuple[str, str]] | None = None) -> str:
    """What the maker says while it makes the sheet."""
    text = json.dumps({"html": sheet(body), "css": CSS, "pictures": pictures or {}})
    made = subprocess.run([sys.executable, "-I", str(MAKER)], input=text.encode(), capture_output=True, check=True)
    assert made.stdout.startswith(b"%PDF")
    return made.stderr.decode()


def test_no_letter_is_missing_rare_ones_included():
    assert ".notdef" not in words_of("<p>䶮 㛃 𬭎 垚 王建国 ¥12,345.60 ≥ 85% √ × ÷ — · 12′</p>")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "x.png", "ftp://127.0.0.1/x.png"]
)
def test_nothing_is_opened_but_what_came_along(address):
    said = words_of(f'<p>一</p><img src="{address}" alt="图">')
    assert "not part of the sheet" in said


def test_a_picture_that_came_along_is_shown():
    assert words_of('<img src="sheet:/logo.png" alt="标志">', {"sheet:/logo.png": ("image/png", DOT)}) == ""


def test_a_sheet_that_takes_too_long_is_given_up_in_words():
    with pytest.raises(Refused, match="用时太长"):
        print_pdf(sheet("<p>一</p>"), CSS, seconds=0.01)


def test_a_maker_that_fails_says_why(monkeypatch, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('no fonts here')")
    monkeypatch.setattr("app.domain.reports.render.printing.MAKER", broken)
    with pytest.raises(Refused, match="no fonts here"):
        print_pdf(sheet("<p>一</p>"), CSS)
