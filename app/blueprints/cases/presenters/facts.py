"""What is known by now of the work on a case, as labels and values."""

from app.domain.cases.models import Case
from app.web.formats import moment, money
from app.web.i18n import gettext


def intake_facts_of(case: Case) -> list[tuple[str, str]]:
    """How it came in."""
    received = (moment(case.received_at), case.received_by.name, gettext(case.channel.label))
    return [
        (gettext("受理"), " · ".join(received)),
        (gettext("分类"), case.category.full_name if case.category else ""),
        (gettext("首问负责"), case.owner.name),
        (gettext("区域"), case.branch.name if case.branch else ""),
    ]


def more_facts_of(case: Case) -> list[tuple[str, str]]:
    """What is known of the work by now; what isn't is left out."""
    responsible = case.responsible.name if case.responsible else case.responsible_name
    whose = gettext(case.responsibility.label) if case.responsibility else ""
    found = (
        (gettext("补录原因"), case.backdated_why),
        (gettext("严重程度"), gettext(case.severity.label) if case.severity else ""),
        (gettext("部门"), case.department.name if case.department else ""),
        (gettext("责任"), " · ".join(part for part in (whose, responsible) if part)),
        (gettext("约定完工"), case.agreed_on.isoformat() if case.agreed_on else ""),
        (gettext("施工队"), case.team.name if case.team else ""),
        (gettext("费用"), _cost_of(case)),
        (gettext("原因"), case.cause.name if case.cause else ""),
        (gettext("处理结果"), case.result.name if case.result else ""),
        (gettext("以后怎样避免"), case.lesson),
    )
    return [(label, value) for label, value in found if value]


def _cost_of(case: Case) -> str:
    if case.labour is None and case.material is None:
        return ""
    payer = gettext(case.payer.label) if case.payer else ""
    return " · ".join(part for part in (money(case.cost), payer) if part)
