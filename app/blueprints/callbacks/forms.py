"""The forms of callbacks. The call's own form has a field for each question of its script."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.blueprints.callbacks.presenters.answers import word_of
from app.domain.accounts.models import Department, Person
from app.domain.callbacks import questions
from app.domain.callbacks.calls import CallInput
from app.domain.callbacks.enums import Decision, FollowKind, Outcome
from app.domain.callbacks.models import Callback, CallDraft
from app.domain.callbacks.script import Callee, Script
from app.domain.followup.escalation import FollowUp
from app.domain.plans.enums import AnswerKind, Urgency
from app.domain.plans.models import Category, Question
from app.web.fields import EnumField, EnumKeys, MomentField, NoteField, PhoneField, RowField, TextField
from app.web.forms import HouseForm, IdempotentForm
from app.web.i18n import gettext


class CallForm(IdempotentForm):
    """What came of dialling; `for_call` adds the questions."""

    version = HiddenField()
    outcome = EnumKeys(lazy_gettext("接通了吗"), Outcome, required=True)
    number = SelectField(lazy_gettext("打的号码"), validate_choice=False)
    later_at = MomentField(lazy_gettext("客户约的时间"))
    note = TextField(lazy_gettext("备注"), longest=500)
    interviewee = TextField(lazy_gettext("受访人"), longest=60)
    remarks = NoteField(lazy_gettext("情况描述"), longest=4000)
    needs_visit = BooleanField(lazy_gettext("需要再上门"))
    follow_up = EnumKeys(lazy_gettext("怎么跟进"), FollowKind)
    category = RowField(lazy_gettext("分类"))
    request = TextField(lazy_gettext("业主要求"), longest=1000)
    urgency = EnumField(lazy_gettext("紧急程度"), Urgency, default=Urgency.NORMAL)
    department = RowField(lazy_gettext("反馈给"))
    wrong_data = TextField(lazy_gettext("姓名、地址或电话有误"), longest=500)

    def result(self, asked: Sequence[Question]) -> CallInput:
        """What was typed, as the domain takes it."""
        answers = {question.code: _joined(self[questions.field_of(question)].data) for question in asked}
        kind = self.follow_up.data
        follow_up = FollowUp(
            kind=kind,
            category=self.category.chosen,
            request=self.request.data or "",
            urgency=self.urgency.data or Urgency.NORMAL,
            department=self.department.chosen,
        )
        return CallInput(
            outcome=self.outcome.data,
            number=self.number.data or "",
            note=self.note.data or "",
            later_at=self.later_at.data,
            answers=answers,
            interviewee=self.interviewee.data or "",
            remarks=self.remarks.data or "",
            needs_visit=self.needs_visit.data,
            follow_up=follow_up if kind else None,
            wrong_data=self.wrong_data.data or "",
        )

    def typed(self) -> list[tuple[str, str]]:
        """(label, value) of what was filled in, for the page that shows both versions."""
        rows = []
        for name, field in self._fields.items():
            if name in ("once", "version", "csrf_token", "number", "urgency", "interviewee") or not field.data:
                continue
            rows.append((str(field.label.text), _shown(field)))
        return rows


def for_call(
    callback: Callback,
    script: Script,
    callees: Sequence[Callee],
    categories: Sequence[Category],
    departments: Sequence[Department],
    draft: CallDraft | None = None,
) -> CallForm:
    """The call's form with its questions, and on a GET with what the person typed before."""
    fields = {questions.field_of(question): _field(question) for question in script.questions}
    form_class: Any = type("ThisCallForm", (CallForm,), fields)
    kept = _kept(draft) if draft else None
    form: CallForm = form_class() if kept is None else form_class(formdata=kept)
    form.number.choices = [SelectChoice(callee.number, _dialled(callee)) for callee in callees]
    form.category.offer(categories, empty=gettext("稍后再定"), name=attrgetter("full_name"))
    form.department.offer(departments, empty=gettext("项目经理的部门"))
    if not form.is_submitted():
        form.version.data = str(callback.version)
        form.interviewee.data = form.interviewee.data or (callees[0].name if callees else callback.customer.addressed)
    return form


def _kept(draft: CallDraft) -> MultiDict[str, str]:
    values: MultiDict[str, str] = MultiDict()
    for name, value in draft.fields.items():
        if name not in ("once", "version", "csrf_token"):
            values.setlist(name, value if isinstance(value, list) else [value])
    return values


def _field(question: Question) -> Any:
    choices = [SelectChoice(code, word_of(question, code)) for code in questions.options(question)]
    if question.kind is AnswerKind.SEVERAL:
        return SelectMultipleField(
            question.text,
            choices=choices,
            validate_choice=False,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    if choices:
        return RadioField(question.text, choices=choices, validate_choice=False)
    if question.kind is AnswerKind.TEXT:
        return TextAreaField(question.text)
    return TextField(question.text, longest=40)


def _dialled(callee: Callee) -> str:
    number = f"{callee.number}转{callee.extension}" if callee.extension else callee.number
    return f"{number} {callee.relation or callee.name}"


def _joined(value: Any) -> str:
    return questions.JOINED.join(value) if isinstance(value, list) else str(value or "")


def _shown(field: Any) -> str:
    if choices := getattr(field, "choices", None):
        labels = {str(choice.value): str(choice.label) for choice in choices}
        given = field.data if isinstance(field.data, list) else [field.data]
        return questions.JOINED.join(labels.get(str(value), str(value)) for value in given)
    return gettext("是") if field.data is True else str(field._value() if hasattr(field, "_value") else field.data)


class ReasonForm(HouseForm):
    """A move that needs only its reason."""

    reason = TextField(lazy_gettext("原因"), longest=300)


class DecisionForm(ReasonForm):
    """A lead's decision on a customer who can't be reached."""

    decision = EnumKeys(lazy_gettext("怎么办"), Decision, required=True)
    number = PhoneField(lazy_gettext("换打的号码"))


class AssignmentForm(HouseForm):
    """Chosen callbacks are given to somebody."""

    to = RowField(lazy_gettext("交给"))

    def __init__(self, callers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.offer(callers, empty=gettext("请选择"))


class AbsenceForm(ReasonForm):
    """All that an absent colleague holds goes to others."""

    absent = RowField(lazy_gettext("谁不在"), required=True)
    to = SelectMultipleField(
        lazy_gettext("交给谁"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def __init__(self, holders: Sequence[Person], callers: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.absent.offer(holders, empty=gettext("请选择"))
        self.to.choices = [SelectChoice(person.id, person.name) for person in callers]
        self.callers = {person.id: person for person in callers}

    @property
    def receivers(self) -> list[Person]:
        """The chosen receivers."""
        return [self.callers[person_id] for person_id in self.to.data or () if person_id in self.callers]


class TaskForm(HouseForm):
    """What came of a task."""

    result = NoteField(lazy_gettext("结果"))


class AnswerForm(HouseForm):
    """A department's answer to a note."""

    answer = NoteField(lazy_gettext("回复"), longest=4000)
