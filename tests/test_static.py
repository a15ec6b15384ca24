"""What a page may carry: nothing inline, nothing from outside, little to load; both dark themes alike."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from app.web.assets import static_url

APP = Path(__file__).parent.parent / "app"
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
FIRST_LOAD = re.compile(r'static_url\("([^"]+)"\)')
INLINE = re.compile(r"""\sstyle=|\son[a-z]+=["']|<style|<script(?![^>]*\ssrc=)|javascript:""")
MOST_BYTES = 120 * 1024
MOST_REQUESTS = 8


def dark_blocks() -> list[str]:
    css = (APP / "static/css/tokens.css").read_text()
    system = re.search(r':root:not\(\[data-theme="light"\]\) \{\n(.*?)\n  \}', css, re.DOTALL)
    chosen = re.search(r':root\[data-theme="dark"\] \{\n(.*?)\n\}', css, re.DOTALL)
    assert system
    assert chosen
    return [re.sub(r"^\s+", "", block[1], flags=re.MULTILINE) for block in (system, chosen)]


def test_dark_by_the_system_is_dark_by_hand() -> None:
    by_system, by_hand = dark_blocks()
    assert by_system == by_hand


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(APP / "templates")))
def test_templates_hold_nothing_inline_and_nothing_from_outside(template: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    assert not INLINE.findall(text)
    assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


def test_the_first_load_is_light() -> None:
    names = FIRST_LOAD.findall((APP / "templates/layouts/head.html").read_text())
    assert len(names) + 1 <= MOST_REQUESTS  # and the page itself
    assert sum(len(gzip.compress((APP / "static" / name).read_bytes())) for name in names) < MOST_BYTES


def test_scripts_import_only_our_own_files() -> None:
    for script in (APP / "static/js").glob("*.js"):
        for name in re.findall(r"""(?:from|import\()\s*["']([^"']+)["']""", script.read_text()):
            assert (script.parent / name).is_file(), f"{script.name} imports {name}"


def test_every_vendored_file_has_its_licence() -> None:
    vendor = APP / "static/vendor"
    for file in vendor.iterdir():
        if file.suffix in (".css", ".js"):
            assert (vendor / f"{file.name.split('.')[0]}.LICENSE").is_file()
            assert f"| {file.name} |" in (vendor / "README.md").read_text()


def test_files_are_kept_for_good_under_an_address_that_changes_with_them(client: Any) -> None:
    with client.get(static_url("js/main.js")) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
    missing = client.get(static_url("js/main.js") + "x")
    assert (missing.status_code, "immutable" in missing.headers.get("Cache-Control", "")) == (404, False)
    assert client.get("/static/js/main.js").status_code == 404
