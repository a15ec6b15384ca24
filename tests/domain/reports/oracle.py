"""The figures of domain 7 counted slowly, row by row, from the text alone. Shares nothing with the product's SQL."""

from tests.domain.reports.oracle_callbacks import Callbacks
from tests.domain.reports.oracle_cases import Cases


class Oracle(Callbacks, Cases):
    """All of a period's figures."""
