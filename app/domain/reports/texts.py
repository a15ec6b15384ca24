"""How a figure is written for people: on the page, on paper and in a workbook's notes."""

from collections.abc import Callable
from decimal import Decimal

from app.domain.core.enums import N_
from app.domain.plans.enums import Rating
from app.domain.reports.definitions import Figure
from app.domain.reports.names import NONE
from app.domain.reports.values import Minutes, Money, Rate, Ratings, Value

Say = Callable[[str], str]


def written(value: Value, say: Say = str) -> str:
    """12, 91.7%, 1 天 2 小时, ¥1,250.00 in all, 44 ratings; — where there is nothing to say."""
    match value:
        case Rate(percent=None):
            return NONE
        case Rate() as rate:
            return f"{rate.percent}%"
        case Minutes(minutes=minutes):
            return duration(minutes, say)
        case Money() as money:
            return f"¥{money.total:,.2f}" if money.by_payer else NONE
        case Ratings(by_level=levels):
            return f"{sum(levels.values()):,}"
        case int(count):
            return f"{count:,}"


def parts_of(value: Value) -> dict[str, str]:
    """What a figure is made of, by message id: ratings by level, money by payer; empty for the rest."""
    match value:
        case Ratings(by_level=levels):
            return {level_label(level): f"{count:,}" for level, count in levels.items()}
        case Money(by_payer=paid):
            return {payer: f"¥{amount:,.2f}" for payer, amount in paid.items()}
    return {}


def fraction_of(value: Value) -> str:
    """11/12, beside a percentage; empty for what is no rate."""
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Rate) else ""


def duration(minutes: int | None, say: Say = str) -> str:
    """1 天 2 小时, 3 小时 5 分, 40 分."""
    if minutes is None:
        return NONE
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    if days:
        return say(N_("%(days)s 天 %(hours)s 小时")) % {"days": days, "hours": hours}
    if hours:
        return say(N_("%(hours)s 小时 %(minutes)s 分")) % {"hours": hours, "minutes": left}
    return say(N_("%(minutes)s 分")) % {"minutes": left}


def target_text(figure: Figure, target: Decimal | None) -> str:
    """≥ 85%, ≤ 5%; empty without an aim."""
    if target is None:
        return ""
    return f"{'≤' if figure.at_most else '≥'} {target.normalize():f}%"


def verdict_text(met: bool | None, say: Say = str) -> str:
    """Whether an aim was met; empty without one, or where there was nothing to measure."""
    if met is None:
        return ""
    return say(N_("达标")) if met else say(N_("未达标"))


def level_label(level: int) -> str:
    """The word of a rating from 5 to 1: a message id."""
    return Rating.of(str(level)).label
