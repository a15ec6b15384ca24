"""Every table, imported once so that mappers and migrations see the whole."""

from app.domain.accounts import models as accounts
from app.domain.audit import models as audit
from app.domain.callbacks import models as callbacks
from app.domain.cases import models as cases
from app.domain.cases.handoffs import models as handoffs
from app.domain.customers import models as customers
from app.domain.files import models as files
from app.domain.followup import models as followup
from app.domain.idempotency import models as idempotency
from app.domain.imports import models as imports
from app.domain.jobs import models as jobs
from app.domain.plans import models as plans
from app.domain.projects import models as projects
from app.domain.settings import models as settings

__all__ = [
    "accounts", "audit", "callbacks", "cases", "customers", "files", "followup",
    "handoffs", "idempotency", "imports", "jobs", "plans", "projects", "settings",
]  # fmt: skip
