"""Writes the sheet of this month's callbacks twice, as the PDF's maker takes it and as one HTML file; prints the month.

Run in a process of its own on a firm.
"""

import json
import sys
from pathlib import Path

from app import create_app
from app.blueprints.reports.presenters.pdf import html_of
from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.reports.report import make
from app.domain.reports.scope import scope_of
from app.web.assets import STATIC

if __name__ == "__main__":
    app = create_app()
    with app.test_request_context():
        month = Month.of(clock.today())
        html = html_of(make("callbacks", scope_of(str(month), clock.now()), compare=True))
    css = (STATIC / "css" / "print.css").read_text(encoding="utf-8")
    folder = Path(sys.argv[1])
    (folder / "sheet.json").write_text(json.dumps({"html": html, "css": css, "pictures": {}}), encoding="utf-8")
    (folder / "sheet.html").write_text(html.replace("</head>", f"<style>{css}</style></head>", 1), encoding="utf-8")
    print(month)
