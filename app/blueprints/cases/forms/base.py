"""The base of an action's form: which action it is, where it is sent, what its button says, which verb it calls."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, RadioField
from wtforms.fields.choices import SelectChoice

from app.domain.accounts.models import Person
from app.domain.callbacks.enums import Outcome
from app.domain.cases.actions import Action
from app.domain.cases.models import Case
from app.web.fields import EnumKeys, MomentField
from app.web.forms import HouseForm, IdempotentForm, VersionedForm
from app.web.i18n import gettext

CALLED = (
    Outcome.REACHED, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.OFF, Outcome.WRONG_NUMBER, Outcome.EMPTY_NUMBER,
    Outcome.LATER,
)  # fmt: skip


class ActionForm(IdempotentForm, VersionedForm):
    """Sent once, on the version that was seen. Several stand on one page: their fields' ids begin with the path."""

    class Meta(HouseForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """The field, its id told apart from those of the page's other forms."""
            return super().bind_field(form, unbound_field, options | {"id": f"{form.path}-{options['name']}"})

    action: ClassVar[Action]
    path: ClassVar[str]
    button: ClassVar[str]
    makes_older_pages_stale: ClassVar[bool] = True

    def __init__(self, case: Case, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.offer(case)
        if not self.is_submitted():
            self.version.data = str(case.version)

    @classmethod
    def label(cls) -> str:
        """What the page calls the action, a message id."""
        return cls.action.label

    def offer(self, case: Case) -> None:
        """Fill the choices."""

    def perform(self, case: Case, *, by: Person, at: datetime) -> None:
        """Call the action's verb with what was typed."""
        raise NotImplementedError

    def differences(self, record: Any) -> list[tuple[str, str, str]]:
        """Where the case stands now, and everything that was typed, so that nothing is lost."""
        typed = [field.short_name for field in self if not isinstance(field, HiddenField | MultipleFileField)]
        known = SimpleNamespace(**{name: getattr(record, name, None) for name in typed})
        state = (gettext("状态"), gettext(record.state.label), "")
        return [state, *super().differences(known)]


def when() -> Any:
    """When it happened."""
    return MomentField(_l("时间"), description=_l("不填就是现在。"), render_kw={"placeholder": _l("现在")})


def called() -> Any:
    """What came of a telephone call."""
    return EnumKeys(_l("电话结果"), Outcome, required=True, only=CALLED)


def yes_no(label: Any) -> Any:
    """A question that may stay open."""
    return RadioField(label, choices=[SelectChoice("1", _l("是")), SelectChoice("0", _l("否"))], validate_choice=False)
