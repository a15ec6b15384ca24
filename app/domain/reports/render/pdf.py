"""The process that makes a PDF: reads a sheet as JSON from standard input, writes the PDF to standard output.

Run by its path, not as a module, so that it loads neither the app nor the database. It opens no file and no
address: what the sheet shows must come with it. Warnings go to standard error.
"""

import base64
import gc
import json
import logging
import sys
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse


class OnlyWhatCame(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Knows the pictures that came with the sheet, and refuses every other address."""

    def __init__(self, pictures: dict[str, tuple[str, bytes]]) -> None:
        super().__init__(allowed_protocols=())
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self.pictures:
            raise ValueError(f"not part of the sheet: {url}")
        kind, content = self.pictures[url]
        return URLFetcherResponse(url, content, headers={"Content-Type": kind})


def make(sheet: dict[str, Any]) -> bytes:
    """The PDF of a sheet: `html`, `css`, and `pictures` as {address: [media type, base64]}."""
    pictures = {url: (kind, base64.b64decode(text)) for url, (kind, text) in sheet["pictures"].items()}
    fonts = FontConfiguration()
    document = HTML(string=sheet["html"], base_url="sheet:/", url_fetcher=OnlyWhatCame(pictures))
    style = CSS(string=sheet["css"], font_config=fonts, url_fetcher=OnlyWhatCame(pictures))
    pdf: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_tags=True)
    return pdf


if __name__ == "__main__":
    gc.disable()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    sys.stdout.buffer.write(make(json.load(sys.stdin.buffer)))
