"""The call: its screen, its draft, and saving it."""

from datetime import datetime
from operator import itemgetter
from typing import Any

from flask import render_template, request, url_for

from app.blueprints.callbacks import bp, filters
from app.blueprints.callbacks.forms import CallForm, ReasonForm, for_call
from app.blueprints.callbacks.presenters.answers import spoken, trouble_when, words_of
from app.blueprints.callbacks.presenters.badges import STATE_TONES, badge_of
from app.domain import access
from app.domain.accounts.roles import may
from app.domain.callbacks import calls, drafts, queries
from app.domain.callbacks.models import Callback, CallDraft
from app.domain.callbacks.script import Script, callees, script_of
from app.domain.cases.queries import categories
from app.domain.core import clock
from app.domain.followup import escalation, second_calls
from app.domain.followup.queries import follow_ups, open_cases
from app.domain.projects import warranty
from app.extensions import db
from app.web.access import get_callback_or_404, me, requires
from app.web.errors import error_page
from app.web.i18n import gettext
from app.web.submit import submit


@bp.get("/<int:callback_id>")
@requires("callbacks.see")
def view(callback_id: int) -> Any:
    """The call to be made; what was said, once it was made or for who doesn't call."""
    callback = get_callback_or_404(callback_id, *queries.for_a_call())
    if callback.is_open and may(me(), "callbacks.call"):
        draft, script = drafts.of(callback, me()), _script(callback)
        return _screen(callback, script, _form(callback, script, draft), draft.saved_at if draft else None)
    return record_page(callback, ReasonForm())


def record_page(callback: Callback, closing: ReasonForm) -> str:
    """What was said and what became of it; `closing` ends the chain, and stands open when it was refused."""
    chain = second_calls.chain_of(callback)
    return render_template(
        "callbacks/record.html",
        callback=callback,
        stands=badge_of(callback, clock.now()),
        tone=STATE_TONES.get(callback.state, "neutral"),
        chain=chain if len(chain) > 1 else [],
        may_close_chain=may(me(), "callbacks.decide") and second_calls.is_open_chain(chain),
        follow=follow_ups(callback),
        typed=_unsaved(callback),
        closing=closing,
        spoken=spoken,
    )


def _unsaved(callback: Callback) -> list[tuple[str, str]]:
    """(label, value) of what the person typed here before somebody else finished it."""
    draft = drafts.of(callback, me())
    return _form(callback, _script(callback), draft).typed() if draft else []


@bp.post("/<int:callback_id>/draft")
@requires("callbacks.call")
def keep_draft(callback_id: int) -> Any:
    """Keep what is typed; a callback somebody finished meanwhile keeps it too, for its typist."""
    _keep_typed(callback_id)
    return "", 204


@bp.post("/<int:callback_id>/call")
@requires("callbacks.call")
def save(callback_id: int) -> Any:
    """Save the call, and go on to the next of the same list."""
    callback, script = _opened(callback_id)

    def save_and_go_on(form: CallForm) -> tuple[str, str]:
        calls.save_call(callback, form.result(script.questions), by=me(), at=clock.now())
        return _onward(callback)

    return submit(
        _form(callback, script),
        save_and_go_on,
        page=lambda form: _again(callback_id, form),
        to=itemgetter(0),
        said=itemgetter(1),
        record=callback,
        too_late=lambda form: _both(callback_id, form),
    )


def _again(callback_id: int, form: CallForm) -> str:
    """The screen with what is wrong; what was typed is kept as the draft, and nothing of a call that was refused."""
    db.session.rollback()
    return _screen(*_opened(callback_id), form, _keep_typed(callback_id).saved_at)


def _keep_typed(callback_id: int) -> CallDraft:
    draft = drafts.save(get_callback_or_404(callback_id), _typed(), by=me(), at=clock.now())
    db.session.commit()
    return draft


def _onward(callback: Callback) -> tuple[str, str]:
    """Where to go after saving, and what to say there."""
    back = request.args.get("back", "")
    said = [gettext("%(name)s已保存。", name=callback.customer.addressed)]
    if callback.effective:
        made = follow_ups(callback)
        said += [gettext("已登记工单 %(number)s。", number=case.number) for case in made.cases]
        said += [gettext("已反馈给部门。")] if made.notes else []
    wanted = filters.wanted_by(me(), filters.of_back(back))
    db.session.flush()
    following = queries.next_of(access.visible_callbacks(me()), me(), wanted, callback, clock.now())
    if following is None:
        said.append(gettext("今天的回访打完了。"))
        return url_for(".index", **filters.of_back(back)), "".join(said)
    return url_for(".view", callback_id=following.id, **({"back": back} if back else {})), "".join(said)


def _both(callback_id: int, form: CallForm) -> tuple[str, int]:
    """Somebody was faster: both versions side by side. What this person typed stays as their draft."""
    _keep_typed(callback_id)
    callback, *_ = _opened(callback_id)
    theirs = {answer.question_text: spoken(answer) for answer in callback.answers}
    theirs |= {str(form.remarks.label.text): callback.remarks, str(form.interviewee.label.text): callback.interviewee}
    theirs |= {gettext("状态"): gettext(callback.state.label)}
    last = callback.attempts[-1] if callback.attempts else None
    if last:
        theirs |= {str(form.outcome.label.text): gettext(last.outcome.label)}
    yours = dict(form.typed())
    labels = list(dict.fromkeys([*theirs, *yours]))
    return error_page(
        409,
        versions=[
            (label, theirs.get(label, ""), yours.get(label, ""))
            for label in labels
            if theirs.get(label, "") != yours.get(label, "")
        ],
        theirs_by=last.by.name if last and last.by else None,
        theirs_at=last.at if last else None,
        again_url=url_for(".view", callback_id=callback.id),
    )


def _typed() -> dict[str, Any]:
    skipped = ("csrf_token", "once", "version")
    return {
        name: values if len(values) > 1 else values[0] for name, values in request.form.lists() if name not in skipped
    }


def _opened(callback_id: int) -> tuple[Callback, Script]:
    callback = get_callback_or_404(callback_id, *queries.for_a_call())
    return callback, _script(callback)


def _script(callback: Callback) -> Script:
    return script_of(callback, by=me(), today=clock.today())


def _form(callback: Callback, script: Script, draft: CallDraft | None = None) -> CallForm:
    choices = categories(), escalation.departments_for(callback)
    return for_call(callback, script, callees(callback, clock.today()), *choices, draft)


def _screen(callback: Callback, script: Script, form: CallForm, saved_at: datetime | None = None) -> str:
    return render_template(
        "callbacks/call.html",
        callback=callback,
        form=form,
        script=script,
        callees=callees(callback, clock.today()),
        stands=badge_of(callback, clock.now()),
        earlier=queries.earlier_calls(access.visible_callbacks(me()), callback),
        cases=open_cases(access.visible_cases(me()), callback),
        saved_at=saved_at,
        back=request.args.get("back", ""),
        trouble_when=trouble_when(script),
        words_of=words_of,
        warranty_last=warranty.general_last_day(callback.project) if callback.project else None,
        today=clock.today(),
    )
