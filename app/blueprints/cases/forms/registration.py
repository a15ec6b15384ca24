"""The form in the order of the telephone call."""

from operator import attrgetter
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField

from app.blueprints.cases.forms.photos import photos_field
from app.domain.cases import queries
from app.domain.cases.actions import WORKED
from app.domain.cases.enums import CaseChannel, Severity
from app.domain.customers.models import Customer
from app.domain.plans.enums import CaseKind, Urgency
from app.domain.projects.models import Project
from app.web.fields import EnumField, EnumKeys, MomentField, NoteField, RowField, TextField
from app.web.forms import IdempotentForm
from app.web.i18n import gettext

FULL_NAME = attrgetter("full_name")


class RegistrationForm(IdempotentForm):
    """What is asked while the customer is on the line."""

    customer_id = HiddenField()
    channel = EnumField(_l("渠道"), CaseChannel, required=True, default=CaseChannel.PHONE)
    received_at = MomentField(_l("受理时间"), description=_l("不填就是现在。"))
    backdated_why = TextField(_l("补录原因"), longest=200)
    reporter = TextField(_l("来电人"))
    relation = TextField(_l("与业主的关系"), longest=30)
    reporter_phone = TextField(_l("来电号码"), longest=30)
    project_id = RowField(_l("工程"))
    category_id = RowField(_l("分类"))
    content = NoteField(_l("客户说了什么"), required=True, longest=4000)
    request = NoteField(_l("业主要求"), longest=4000)
    urgency = EnumKeys(_l("紧急程度"), Urgency, required=True, default=Urgency.NORMAL)
    severity = EnumField(_l("严重程度"), Severity, empty=_l("未定"))
    is_complex = BooleanField(_l("情况复杂"))
    photos = photos_field()

    def __init__(
        self, kind: CaseKind, customer: Customer, projects: list[Project], wanted: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.project_id.offer(projects, empty=gettext("没有对应的工程"), name=project_name)
        self.category_id.offer(queries.categories(), empty=gettext("请选择"), name=FULL_NAME)
        if kind not in WORKED:
            del self.severity, self.is_complex, self.urgency
        elif kind is CaseKind.REPAIR:
            del self.severity, self.is_complex
        if not self.is_submitted():
            self.customer_id.data = str(customer.id)
            self.project_id.data = wanted if wanted in self.project_id.rows else only_one(projects)

    def word(self, name: str, default: Any = None) -> Any:
        """The field's value, or `default` where this kind of case doesn't ask for it."""
        return self[name].data if name in self else default


def only_one(projects: list[Project]) -> int | None:
    """The project's id where there is no other; else one asks which."""
    return projects[0].id if len(projects) == 1 else None


def project_name(project: Project) -> str:
    """The contract and the place, as one asks for it."""
    return " · ".join(part for part in (project.contract_number, project.place) if part)
