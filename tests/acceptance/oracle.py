"""A month's figures in slow plain Python, from nothing but the rows of the five ledgers and the firm's definitions.

Where it differs from the product, one of them misreads the definitions.
"""

from tests.acceptance.oracle_callbacks import Callbacks
from tests.acceptance.oracle_cases import Cases
from tests.acceptance.reckoning import Row


class Ledgers(Callbacks, Cases):
    """The firm as its five ledgers tell it, imported on a day and reported on `at` a moment of it or later."""

    def report(self, name: str, period: str, branch: str | None, department: str | None) -> tuple[Row, Row]:
        """Figures and tables of a report."""
        if name == "callbacks":
            return self.callback_report(period, branch, department)
        return self.case_report(name, period, branch, department)
