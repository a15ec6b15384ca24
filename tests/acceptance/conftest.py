"""The firm whose ledgers are imported and whose months are printed."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance import ledgers
from tests.acceptance.commands import Firm


@pytest.fixture
def firm(cli: Any, freeze: Any, tmp_path: Path) -> Firm:
    """The firm with its boundary cases alone, nothing imported yet."""
    freeze(ledgers.NOW)
    return Firm(cli, tmp_path, seed=7, size=0)


@pytest.fixture
def boundaries(firm: Firm) -> Firm:
    """The firm with its boundary cases alone, imported."""
    firm.bring_all()
    return firm
