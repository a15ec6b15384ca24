"""The forms of a project."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from app.blueprints.customers.forms import AddressFields
from app.domain.accounts import branches
from app.domain.accounts.models import Person
from app.domain.accounts.roles import Role
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.plans.enums import FunctionMeaning
from app.domain.plans.models import Function, PlanStage
from app.domain.plans.queries import all_plans, default_plan, functions
from app.domain.projects.models import Project
from app.domain.projects.people import fits
from app.domain.projects.records import ProjectFacts
from app.web.fields import (
    CodeField,
    DayField,
    MoneyField,
    MonthsField,
    NoteField,
    PersonField,
    PhoneField,
    RowField,
    TextField,
)
from app.web.forms import HouseForm, IdempotentForm, VersionedForm
from app.web.i18n import gettext

NAMED = (
    "contract_number", "plan_id", "branch_id", "amount", "signed_on", "warranty_months", "waterproof_months",
    "card_number", "card_on", "notes",
)  # fmt: skip


class _ProjectFields(AddressFields):
    """What is said about a project."""

    contract_number = TextField(_l("合同编号"), longest=40, required=True)
    plan_id = RowField(_l("服务方案"), required=True)
    branch_id = RowField(_l("区域"))
    amount = MoneyField(_l("合同金额"))
    signed_on = DayField(_l("签约日期"))
    warranty_months = MonthsField(_l("保修月数"))
    waterproof_months = MonthsField(_l("防水保修月数"))
    card_number = TextField(_l("保修卡号"), longest=40)
    card_on = DayField(_l("保修卡日期"))
    notes = NoteField(_l("备注"), longest=4000)

    def offer_choices(self, person: Person) -> None:
        """The plans; the branches for who sees them all."""
        self.plan_id.offer(all_plans())
        if self.plan_id.data is None:
            self.plan_id.data = default_plan().id
        if person.is_hq:
            self.branch_id.offer(branches.all_branches(), empty=gettext("全公司"))
        else:
            del self.branch_id

    def facts(self) -> ProjectFacts:
        """What was filled in."""
        facts: dict[str, Any] = {
            name: getattr(self, name).data for name in NAMED if getattr(self, name, None) is not None
        }
        return ProjectFacts(**facts, **self.address())  # type: ignore[typeddict-item]


class NewProjectForm(_ProjectFields, IdempotentForm):
    """A contract that was signed, with its planned start and the people already known."""

    kickoff_on = DayField(_l("计划开工日期"))
    pm = PersonField()
    designer = PersonField()
    agent = PersonField()
    KNOWN_EARLY = (FunctionMeaning.PM, FunctionMeaning.DESIGNER, FunctionMeaning.AGENT)
    """The meanings whose codes are the names of the fields."""

    def offer_people(self, people: list[Person]) -> None:
        """Whom to choose for those of the functions that the firm has."""
        self.functions = {function.meaning: function for function in functions()}
        for meaning in self.KNOWN_EARLY:
            if meaning in self.functions:
                _offer_who_fits_first(self[meaning.value], self.functions[meaning], people)
            else:
                del self[meaning.value]

    def people(self) -> list[tuple[Function, Person]]:
        """Who was chosen for which function."""
        asked = (meaning for meaning in self.KNOWN_EARLY if meaning.value in self)
        chosen = ((self.functions[meaning], self[meaning.value].chosen) for meaning in asked)
        return [(function, person) for function, person in chosen if person]


class ProjectForm(_ProjectFields, VersionedForm):
    """Corrections of a project."""

    def __init__(self, project: Project) -> None:
        super().__init__(obj=project)


class StageForm(HouseForm):
    """A stage and its day: reached, or planned."""

    stage = CodeField(_l("节点"), required=True)
    actual_on = DayField(_l("到达日期"))
    planned_on = DayField(_l("或改计划日期"))
    reason = TextField(_l("更正的原因"), longest=200)

    def offer(self, project: Project, following: PlanStage | None = None) -> None:
        """The stages of the project's plan; a new form has the next one chosen."""
        self.stage.offer(project.plan.stages)
        if following is not None:
            self.stage.data = following.code


def _offer_who_fits_first(field: PersonField, function: Function, people: list[Person]) -> None:
    def group(person: Person) -> str:
        return gettext(function.label if fits(person, function) else N_("其他人"))

    field.label.text = gettext(function.label)
    field.offer(sorted(people, key=lambda person: not fits(person, function)), group=group)


class ColleagueField(PersonField):
    """A person, below what they are in the firm: the site first, since it changes most."""

    ORDER = (Role.PM, Role.STAFF, None, Role.AGENT, Role.LEAD, Role.ENGINEERING, Role.QA, Role.OFFICE, Role.ADMIN)

    def offer(self, rows: Iterable[Person], **kwargs: Any) -> None:
        """Give the choices, each below the person's first role."""
        first = {person: next((role for role in self.ORDER if role in person.roles), None) for person in rows}

        def group(person: Person) -> str:
            role = first[person]
            return gettext(role.label if role else N_("其他人"))

        super().offer(sorted(first, key=lambda person: self.ORDER.index(first[person])), group=group, **kwargs)


class PersonForm(HouseForm):
    """Who has a function from now on."""

    function = CodeField(_l("职责"), required=True)
    person = ColleagueField(_l("由谁担任"), required=True)
    since = DayField(_l("自"), required=True, default=clock.today)


class SuspensionForm(IdempotentForm):
    """Work stands still."""

    first_day = DayField(_l("停工第一天"), required=True, default=clock.today)
    last_day = DayField(_l("停工最后一天"))
    reason = TextField(_l("停工原因"), longest=200, required=True)


class ResumeForm(HouseForm):
    """Work goes on."""

    last_day = DayField(_l("停工最后一天"), required=True, default=clock.today)


class ContactForm(IdempotentForm):
    """Whom to call from now on."""

    name = TextField(_l("姓名"), longest=60, required=True)
    relation = TextField(_l("与客户的关系"), longest=30)
    phone = PhoneField(_l("电话"), required=True)


class CancellationForm(IdempotentForm):
    """The project ends without completion."""

    reason = TextField(_l("取消原因"), longest=200, required=True)
