"""Finding customers, projects and cases by what a caller says or what a screen shows."""

from app.domain.customers.indexing import reindex

__all__ = ["reindex"]
