"""The work on a case: visit, solution, team, result, costs."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.blueprints.cases.forms.base import ActionForm, when
from app.blueprints.cases.forms.photos import keep_photos, photos_field
from app.domain.accounts.models import Person
from app.domain.cases import choices, site_work
from app.domain.cases.actions import Action
from app.domain.cases.enums import Payer, Responsibility
from app.domain.cases.models import Case
from app.domain.core.enums import N_
from app.domain.plans.enums import CaseKind
from app.web.fields import DayField, EnumField, EnumKeys, MoneyField, NoteField, PersonField, RowField, TextField
from app.web.i18n import gettext


class VisitForm(ActionForm):
    action, path, button = Action.VISIT, "visit", N_("记下上门结果")
    finding = NoteField(_l("现场情况"), required=True)
    responsibility = EnumKeys(_l("责任方"), Responsibility, required=True)
    responsible_id = PersonField(_l("责任人"))
    responsible_name = TextField(_l("责任人姓名"), description=_l("不在名单里时填写。"))
    photos = photos_field()
    happened_at = when()

    def offer(self, case: Case) -> None:
        """The people of the project."""
        self.responsible_id.offer(choices.people_on(case))

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """上门定责."""
        site_work.visit(
            case,
            finding=self.finding.data,
            responsibility=self.responsibility.data,
            responsible=self.responsible_id.chosen,
            responsible_name=self.responsible_name.data or "",
            happened_at=self.happened_at.data,
            pictures=keep_photos(self.photos, by=by, at=at),
            by=by,
            at=at,
        )


class PlanForm(ActionForm):
    action, path, button = Action.PLAN, "plan", N_("确认方案")
    solution = NoteField(_l("方案"), required=True)
    agreed_on = DayField(_l("约定完工日期"), required=True)
    quote = MoneyField(_l("报价"))
    is_quote_agreed = BooleanField(_l("客户同意报价"))
    happened_at = when()

    def offer(self, case: Case) -> None:
        """A price is asked for only where the customer pays."""
        if not site_work.is_charged(case):
            del self.quote, self.is_quote_agreed

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """方案确认."""
        is_charged = "quote" in self
        site_work.plan(
            case,
            solution=self.solution.data,
            agreed_on=self.agreed_on.data,
            quote=self.quote.data if is_charged else None,
            is_quote_agreed=bool(is_charged and self.is_quote_agreed.data),
            happened_at=self.happened_at.data,
            by=by,
            at=at,
        )


class DispatchForm(ActionForm):
    action, path, button = Action.DISPATCH, "dispatch", N_("派工")
    team_id = RowField(_l("施工队"), required=True)
    note = NoteField(_l("交代"))
    happened_at = when()

    def offer(self, case: Case) -> None:
        """The firm's teams."""
        self.team_id.offer(choices.teams(), empty=gettext("请选择"))

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """派工."""
        note, happened_at = self.note.data or "", self.happened_at.data
        site_work.dispatch(case, self.team_id.chosen, note=note, happened_at=happened_at, by=by, at=at)


class TeamContactForm(ActionForm):
    action, path, button = Action.CONTACT_BY_TEAM, "team-contact", N_("施工队已联系客户")
    note = NoteField(_l("备注"))
    happened_at = when()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """施工队联系."""
        note, happened_at = self.note.data or "", self.happened_at.data
        site_work.contact_by_team(case, note=note, happened_at=happened_at, by=by, at=at)


class WorkForm(ActionForm):
    action, path, button = Action.START_WORK, "work", N_("开工")
    note = NoteField(_l("备注"))
    happened_at = when()

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """开工处理."""
        note, happened_at = self.note.data or "", self.happened_at.data
        site_work.start_work(case, note=note, happened_at=happened_at, by=by, at=at)


class ResolutionForm(ActionForm):
    action, path, button = Action.RESOLVE, "resolution", N_("处理完成")
    done = NoteField(_l("做了什么"), required=True)
    is_confirmed = BooleanField(_l("客户当场确认"))
    is_advised = BooleanField(_l("已告诉客户怎样保养"))
    photos = photos_field()
    happened_at = when()

    def offer(self, case: Case) -> None:
        """Confirmation and advice belong to repairs."""
        if case.kind is not CaseKind.REPAIR:
            del self.is_confirmed, self.is_advised

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """处理完成."""
        is_repair = "is_confirmed" in self
        site_work.resolve(
            case,
            done=self.done.data,
            is_confirmed=bool(is_repair and self.is_confirmed.data),
            is_advised=bool(is_repair and self.is_advised.data),
            happened_at=self.happened_at.data,
            pictures=keep_photos(self.photos, by=by, at=at),
            by=by,
            at=at,
        )


class CostsForm(ActionForm):
    action, path, button = Action.RECORD_COSTS, "costs", N_("保存费用")
    labour = MoneyField(_l("人工费"))
    material = MoneyField(_l("材料费"))
    payer = EnumField(_l("承担方"), Payer, empty=_l("未定"))

    def __init__(self, case: Case, **kwargs: object) -> None:
        super().__init__(case, data={"labour": case.labour, "material": case.material, "payer": case.payer}, **kwargs)

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """费用."""
        sums = {"labour": self.labour.data, "material": self.material.data, "payer": self.payer.data}
        site_work.record_costs(case, **sums, by=by, at=at)
