"""The firm, made once, and everybody's walk through the app."""

import gc
from collections.abc import Iterator

import pytest
import time_machine

from app.blueprints.reports.presenters import pdf
from tests.support.isolation import Undone
from tests.visibility import firm
from tests.visibility.oracle import Eyes, Firm
from tests.visibility.walk import Walk, asked_of


@pytest.fixture(scope="module")
def walks(undone: Undone, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Walk]]:
    """What every address answered to each person of the firm. A PDF is the page that it would be made of."""
    with undone.transaction(), pytest.MonkeyPatch.context() as patch, time_machine.travel(firm.NOW, tick=False):
        patch.setitem(undone.app.config, "FILES_DIR", str(tmp_path_factory.mktemp("files")))
        patch.setattr(pdf, "print_pdf", lambda html, _css: html.encode())
        watching = firm.make_firm()
        rows = Firm()
        queries = asked_of(rows)
        gc.freeze()  # five thousand requests: without it a fifth of the time goes into looking at what stays anyway
        eyes = {name: Eyes(rows, person.id) for name, person in watching.items()}
        walks = {name: Walk(undone.app, rows, watching[name], eyes[name], queries).go() for name in eyes}
        gc.unfreeze()
        yield walks
