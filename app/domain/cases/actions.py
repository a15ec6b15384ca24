"""The one table of what can be done with a case: what it is called, who may, in whose hands the case must be, the
event it leaves, and from which states of which kinds of cases it leads where.

One more action is one more row, its verb, its form (`app/blueprints/cases/forms/`), its test.
"""

from enum import Enum
from typing import Final, Self

from app.domain.accounts.models import Person
from app.domain.accounts.roles import may
from app.domain.accounts.scope import reaches
from app.domain.cases.acting import acts_on
from app.domain.cases.enums import CaseState, EventKind
from app.domain.cases.models import Case
from app.domain.core.enums import N_, LabelledEnum
from app.domain.core.errors import Refused
from app.domain.plans.enums import CaseKind

E, S = EventKind, CaseState
ANY: Final = tuple(CaseKind)
COMPLAINT: Final = (CaseKind.COMPLAINT,)
REPAIR: Final = (CaseKind.REPAIR,)
WORKED: Final = (CaseKind.COMPLAINT, CaseKind.REPAIR)
SIMPLE: Final = (CaseKind.SUGGESTION, CaseKind.ENQUIRY, CaseKind.PRAISE)
ASSIGNED: Final = (S.HANDED_OVER, S.SIGNED, S.CONTACTED, S.VISITED)
IN_PROGRESS: Final = (S.PLANNED, S.DISPATCHED, S.IN_WORK)
UNRESOLVED: Final = (S.REGISTERED, S.VALID, S.RETURNED, *ASSIGNED, *IN_PROGRESS)
OPEN: Final = (*UNRESOLVED, S.INVALID, S.RESOLVED, S.ANSWERED)

RESTARTED: Final = {CaseKind.COMPLAINT: S.VALID, CaseKind.REPAIR: S.REGISTERED}
"""Where a next round starts; a lead may also end the case there, which they can't in the first round."""

Leads = dict[tuple[CaseKind, CaseState], CaseState | None]
"""Where an action leads; None: the case stays where it is. What is not in it can't be done."""


def on(kinds: tuple[CaseKind, ...], *states: CaseState, to: CaseState | None = None) -> Leads:
    """From these states of these kinds of cases to another, or to none."""
    return {(kind, state): to for kind in kinds for state in states}


class Hands(Enum):
    """Who of those that may is asked for it."""

    ACTING = "who acts on the case"
    BRANCH = "whoever of the branch the customer gets to speak"


ACTING, BRANCH = Hands.ACTING, Hands.BRANCH
SERVICE: Final = "cases.handle"
WORK: Final = "cases.work"
"""The site's own; customer service may record it for them."""


class Action(LabelledEnum):
    """What can be done with a case, in the order of the work."""

    permission: str
    hands: Hands
    event: EventKind | None
    leads: Leads

    def __new__(
        cls, code: str, label: str, permission: str, hands: Hands, event: EventKind | None, leads: Leads
    ) -> Self:
        """One row of the table."""
        member = str.__new__(cls, code)
        member._value_, member.label = code, label
        member.permission, member.hands, member.event, member.leads = permission, hands, event, leads
        return member

    VERIFY = "verify", N_("记录核实回电"), SERVICE, ACTING, E.VERIFIED, on(COMPLAINT, S.REGISTERED)
    FIND_VALID = "find_valid", N_("判定成立"), SERVICE, ACTING, E.JUDGED, on(COMPLAINT, S.REGISTERED, to=S.VALID)
    FIND_INVALID = (
        "find_invalid", N_("判定不成立"), SERVICE, ACTING, E.JUDGED, on(COMPLAINT, S.REGISTERED, to=S.INVALID),
    )  # fmt: skip
    HAND_OVER = (
        "hand_over", N_("移交"), SERVICE, ACTING, E.HANDED_OVER,
        on(COMPLAINT, S.VALID, S.RETURNED, *ASSIGNED, to=S.HANDED_OVER)
        | on(REPAIR, S.REGISTERED, S.RETURNED, *ASSIGNED, to=S.HANDED_OVER),
    )  # fmt: skip
    SIGN = "sign", N_("签收"), "handoffs.sign", ACTING, E.SIGNED, on(WORKED, S.HANDED_OVER, to=S.SIGNED)
    REFUSE = "refuse", N_("退回"), "handoffs.sign", ACTING, E.REFUSED, on(WORKED, S.HANDED_OVER, to=S.RETURNED)
    CONTACT = "contact", N_("记录联系客户"), WORK, ACTING, E.CONTACTED, on(WORKED, S.SIGNED, to=S.CONTACTED)
    VISIT = "visit", N_("记录上门定责"), WORK, ACTING, E.VISITED, on(WORKED, S.SIGNED, S.CONTACTED, to=S.VISITED)
    PLAN = "plan", N_("确认方案"), WORK, ACTING, E.PLANNED, on(WORKED, S.VISITED, S.PLANNED, to=S.PLANNED)
    DISPATCH = "dispatch", N_("派工"), WORK, ACTING, E.DISPATCHED, on(REPAIR, S.PLANNED, to=S.DISPATCHED)
    CONTACT_BY_TEAM = (
        "contact_by_team", N_("记录施工队联系"), WORK, ACTING, E.TEAM_CONTACTED, on(REPAIR, S.DISPATCHED),
    )  # fmt: skip
    START_WORK = (
        "start_work", N_("开工处理"), WORK, ACTING, E.WORK_STARTED,
        on(WORKED, S.PLANNED, to=S.IN_WORK) | on(REPAIR, S.DISPATCHED, to=S.IN_WORK),
    )  # fmt: skip
    TELL = "tell", N_("告知进展"), WORK, ACTING, E.TOLD, on(WORKED, *IN_PROGRESS)
    CHECK = "check", N_("48小时回访"), SERVICE, ACTING, E.CHECKED, on(REPAIR, *UNRESOLVED)
    RESOLVE = (
        "resolve", N_("处理完成"), WORK, ACTING, E.RESOLVED,
        on(WORKED, *IN_PROGRESS, to=S.RESOLVED) | on(COMPLAINT, S.VALID, to=S.RESOLVED),
    )  # fmt: skip
    ANSWER = "answer", N_("答复客户"), SERVICE, ACTING, E.RESOLVED, on(SIMPLE, S.REGISTERED, to=S.ANSWERED)
    TAKE_RATING = "take_rating", N_("满意度回访"), "callbacks.call", BRANCH, E.SATISFACTION, on(WORKED, S.RESOLVED)
    REOPEN = (
        "reopen", N_("转入下一轮"), SERVICE, ACTING, E.REOPENED,
        {(kind, state): start for kind, start in RESTARTED.items() for state in (S.RESOLVED, S.CLOSED)},
    )  # fmt: skip
    CLOSE = (
        "close", N_("办结"), SERVICE, ACTING, E.CLOSED,
        on(WORKED, S.RESOLVED, to=S.CLOSED) | on(COMPLAINT, S.INVALID, to=S.CLOSED)
        | on(SIMPLE, S.ANSWERED, to=S.CLOSED) | dict.fromkeys(RESTARTED.items(), S.CLOSED),
    )  # fmt: skip
    CANCEL = "cancel", N_("撤销"), SERVICE, ACTING, E.CANCELLED, on(ANY, *OPEN, to=S.CANCELLED)
    CHASE = "chase", N_("催办"), SERVICE, BRANCH, E.CHASED, on(ANY, *OPEN)
    RAISE = "raise", N_("升级紧急程度"), SERVICE, ACTING, E.RAISED, on(WORKED, *UNRESOLVED)
    REASSIGN = "reassign", N_("换人负责"), "cases.reassign", ACTING, E.REASSIGNED, on(ANY, *OPEN)
    CLASSIFY = "classify", N_("改分类"), SERVICE, ACTING, E.CLASSIFIED, on(ANY, *OPEN)
    RECORD_COSTS = "record_costs", N_("记录费用"), WORK, ACTING, None, on(WORKED, S.VISITED, *IN_PROGRESS, S.RESOLVED)
    ADD_PHOTOS = "add_photos", N_("补充照片"), WORK, ACTING, E.NOTE, on(ANY, *OPEN)


SOLVED_BY: Final = {Action.RESOLVE: True, Action.HAND_OVER: False}
"""From a valid complaint: whether the action is the one of customer service solving it itself."""


def is_possible(case: Case, action: Action) -> bool:
    """Whether the table has the action for the case as it stands."""
    if action is Action.CLOSE and case.round == 1 and case.state is RESTARTED.get(case.kind):
        return False
    if case.state is S.VALID and action in SOLVED_BY and SOLVED_BY[action] is not (case.needs_department is False):
        return False
    return (case.kind, case.state) in action.leads


def actions_of(case: Case, person: Person) -> list[Action]:
    """What the person can do with the case now, in the order of the work."""
    possible = [action for action in Action if is_possible(case, action) and may(person, action.permission)]
    in_hand = {Hands.BRANCH: reaches(person, case.branch_id), Hands.ACTING: bool(possible) and acts_on(person, case)}
    return [action for action in possible if in_hand[action.hands]]


def state_after(case: Case, action: Action) -> CaseState:
    """Where the action leads. Refused when the case as it stands doesn't allow it."""
    if not is_possible(case, action):
        raise Refused(N_("工单现在是“%(state)s”，不能%(move)s。"), state=case.state, move=action)
    return action.leads[case.kind, case.state] or case.state


def refuse_stranger(case: Case, action: Action, by: Person) -> None:
    """Refused for who may not take the action by their roles, and for who doesn't have the case in their hands."""
    if not may(by, action.permission):
        raise Refused(N_("您的岗位不能%(action)s。"), action=action)
    in_hand = reaches(by, case.branch_id) if action.hands is Hands.BRANCH else acts_on(by, case)
    if not in_hand:
        raise Refused(N_("这张工单现在不由您处理，请找负责的客服或主管。"))
