"""签收: who, when, how, and the digest of exactly what they saw. Once, and only by who it is for."""

import base64
import binascii
import io
from datetime import datetime

from PIL import Image, UnidentifiedImageError

from app.domain.accounts.models import Person
from app.domain.accounts.roles import SERVICE
from app.domain.audit import trail
from app.domain.cases import transitions
from app.domain.cases.actions import Action
from app.domain.cases.handoffs import audit_events
from app.domain.cases.handoffs.enums import HandoffState, SignedHow
from app.domain.cases.handoffs.models import Handoff, Signature
from app.domain.core import clock
from app.domain.core.enums import N_
from app.domain.core.errors import Conflict, Refused
from app.domain.core.text import clean
from app.extensions import db

PNG = "data:image/png;base64,"
LARGEST_DRAWING = 300_000
LARGEST_SIDE = 4000


def sign(
    handoff: Handoff, *, seen: str, by: Person, at: datetime, typed_name: str = "", drawing: str = ""
) -> Signature:
    """Sign for what was seen: `seen` is its digest as the page showed it; a drawn name (a PNG as data URL) or a typed
    one. Refused for others than the addressee, and without a name. Conflict when it was answered or changed meanwhile.
    """
    refuse_answered(handoff)
    if not may_answer(handoff, by):
        raise Refused(N_("这份移交不是给您的，不能代签。"))
    refuse_changed(handoff, seen)
    typed_name = clean(typed_name, 60, "typed_name")
    if drawing:
        refuse_drawing(drawing)
    elif not typed_name:
        raise Refused(N_("请手写签名，或填写姓名。"), field="typed_name")
    how = SignedHow.DRAWN if drawing else SignedHow.TYPED
    return _signed(handoff, how, by, by, at, typed_name=typed_name, drawing=drawing)


def sign_by_telephone(
    handoff: Handoff, *, seen: str, who: str, by: Person, at: datetime, happened_at: datetime | None = None
) -> Signature:
    """Customer service read it out, and the addressee said yes: who, and when. Refused without who, or for a time
    in the future or before it was sent.
    """
    refuse_answered(handoff)
    if not by.has(*SERVICE):
        raise Refused(N_("电话签收由客服记录。"))
    refuse_changed(handoff, seen)
    who = transitions.require_text(who, N_("请写明电话里是谁确认的。"), "who", 60)
    happened = transitions.time_of(handoff.case, happened_at, at)
    holder = handoff.to_person or (handoff.to_department.head if handoff.to_department else None)
    return _signed(handoff, SignedHow.PHONE, by, holder or by, at, happened, typed_name=who)


def _signed(
    handoff: Handoff,
    how: SignedHow,
    by: Person,
    holder: Person,
    at: datetime,
    happened_at: datetime | None = None,
    *,
    typed_name: str,
    drawing: str = "",
) -> Signature:
    case = handoff.case
    happened = transitions.check(case, Action.SIGN, happened_at, at, by=by)
    signature = Signature(
        handoff=handoff, by=by, at=happened_at or at, how=how, typed_name=typed_name, drawing=drawing,
        sha256=handoff.sha256,
    )  # fmt: skip
    db.session.add(signature)
    handoff.end(HandoffState.SIGNED, happened)
    transitions.assign_to(case, holder, happened)
    transitions.apply(case, Action.SIGN, happened, by=by, at=at, how=how.value, name=typed_name)
    trail.record(audit_events.SIGN, handoff, by=by, at=at, changes={"sha256": [None, handoff.sha256]})
    return signature


def may_answer(handoff: Handoff, person: Person) -> bool:
    """Whether it is for this person: who it was sent or assigned to, else the head of its department."""
    if handoff.to_person_id is not None:
        return handoff.to_person_id == person.id
    return handoff.to_department is not None and handoff.to_department.head_id == person.id


def refuse_answered(handoff: Handoff) -> None:
    """Conflict when it was signed, refused, replaced or withdrawn already: with who and when."""
    if handoff.state is HandoffState.SENT:
        return
    answered = clock.local(handoff.answered_at).strftime("%Y-%m-%d %H:%M") if handoff.answered_at else ""
    answer = handoff.signature or handoff.refusal
    who = answer.by.name if answer and answer.by else ""
    raise Conflict(
        N_("这份移交%(state)s（%(when)s %(who)s），不能再签收或退回。"), state=handoff.state, when=answered, who=who
    )


def refuse_changed(handoff: Handoff, seen: str) -> None:
    """Conflict when what was seen isn't what is signed."""
    if seen != handoff.sha256:
        raise Conflict(N_("您看到的内容和现在的不一致，请重新打开再签。"))


def refuse_drawing(drawing: str) -> None:
    """Refused when it is no PNG of a sensible size."""
    wrong = Refused(N_("签名没有传好，请重签，或者填写姓名。"), field="drawing")
    if not drawing.startswith(PNG) or len(drawing) > LARGEST_DRAWING:
        raise wrong
    try:
        with Image.open(io.BytesIO(base64.b64decode(drawing[len(PNG) :], validate=True)), formats=["PNG"]) as image:
            too_large = max(image.size) > LARGEST_SIDE
            if not too_large:
                image.verify()
    except (binascii.Error, ValueError, UnidentifiedImageError, OSError, SyntaxError):
        raise wrong from None
    if too_large:
        raise wrong
