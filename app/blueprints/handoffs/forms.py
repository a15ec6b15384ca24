"""Signing, sending back, assigning. Several stand on one page: the ids of their fields begin with the form's name."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.web.fields import MomentField, NoteField, PersonField, TextField
from app.web.forms import HouseForm, IdempotentForm


class AnswerForm(IdempotentForm):
    """The base. `seen` is the digest of exactly what the page showed."""

    class Meta(HouseForm.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """The field, its id told apart from those of the page's other forms."""
            return super().bind_field(form, unbound_field, options | {"id": f"{form.called}-{options['name']}"})

    called = "answer"
    seen = HiddenField()


class SignatureForm(AnswerForm):
    called = "signature"
    drawing = HiddenField(_l("在框里手写签名"))
    typed_name = TextField(_l("或者填写姓名"))


class TelephoneForm(AnswerForm):
    called = "telephone"
    who = TextField(_l("电话里谁确认的"), required=True)
    happened_at = MomentField(_l("时间"), description=_l("不填就是现在。"))


class RefusalForm(AnswerForm):
    called = "refusal"
    reason = NoteField(_l("退回原因"), longest=1000, required=True)


class AssignmentForm(AnswerForm):
    called = "assignment"
    to = PersonField(_l("分派给"), required=True)
