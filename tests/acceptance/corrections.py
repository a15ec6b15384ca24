"""The same ledgers a month on: steps moved, added and handed to others, calls made, ratings taken back."""

import random
from datetime import datetime, timedelta

from tests.acceptance.ledgers import CATEGORIES, DAY, ENDS, HANDED_TO, HOUR, MINUTE, NOW, STEPS, Row
from tests.acceptance.reckoning import moment

SERVICE_ALONE = ("移交时间", "签收时间", "施工队联系时间")
"""Steps that need another one before them, so that none is added by chance."""


def corrected(seed: int, sheets: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Ledgers in which many callbacks and cases say something else; no cell that said something is empty."""
    chance = random.Random(seed)
    return sheets | {
        "callbacks": [_callback(chance, row) for row in sheets["callbacks"]],
        "cases": [_case(chance, row) for row in sheets["cases"]],
    }


def _callback(chance: random.Random, row: Row) -> Row:
    new = dict(row)
    if not new.get("回访时间"):
        if chance.random() < 0.3:
            new |= {"回访时间": NOW - DAY, "结果": "有效", "满意度": "满意"}
        return new
    moved = new["回访时间"] + chance.choice((-30, -1, 0, 0, 1)) * DAY
    if isinstance(moved, datetime) and moved < NOW:
        new["回访时间"] = moved
    if chance.random() < 0.2:
        new["满意度"] = chance.choice(("满意", "很不满意", "一般"))
    if chance.random() < 0.1:
        new |= {"属实": "否", "应访截止": new["应访截止"] + 3 * DAY}
    return new


def _case(chance: random.Random, row: Row) -> Row:
    new = row | _moved(chance, row)
    if "撤销时间" not in new and chance.random() < 0.4:
        new |= _added(chance, new)
    if new.get("移交给") and chance.random() < 0.3:
        new["移交给"] = chance.choice(HANDED_TO["城东" if new["受理人"] in ("ke1", "ke2") else "城西"])
    if new.get("判定时间") and (row["类型"] == "投诉") and (chance.random() < 0.3 or not new.get("是否成立")):
        new["是否成立"] = chance.choice(("成立", "不成立"))
    if chance.random() < 0.2:
        new |= {"一级分类": chance.choice(CATEGORIES[:-1]), "责任": "其他", "紧急程度": chance.choice(("一般", "紧急"))}
    if row["类型"] == "报修" and chance.random() < 0.2:
        new |= {"人工费": "77.10", "承担方": "公司"}
    return new


def _times(row: Row) -> dict[str, datetime]:
    found = {name: moment(value, received=name == "受理时间") for name, value in row.items() if name.endswith("时间")}
    return {name: at for name, at in found.items() if at}


def _moved(chance: random.Random, row: Row) -> dict[str, datetime]:
    """One step and all after it later, or it and all before it sooner: their order stays."""
    times = _times(row)
    at, by = chance.choice(list(times.values())), chance.choice((MINUTE, 30 * MINUTE, HOUR, 3 * DAY))
    if chance.random() < 0.5:
        new = {name: one + by for name, one in times.items() if one >= at}
    else:
        new = {name: one - by for name, one in times.items() if one <= at}
    return new if max(new.values()) < NOW else {}


def _added(chance: random.Random, row: Row) -> dict[str, datetime]:
    """A few steps after the last one."""
    times, order = _times(row), STEPS + ENDS
    at, done = max(times.values()), max((order.index(name) for name in times if name in order), default=-1)
    new: dict[str, datetime] = {}
    for name in order[done + 1 :][: chance.randint(1, 4)]:
        at += chance.choice((timedelta(0), 30 * MINUTE, 20 * HOUR))
        if at >= NOW:
            break
        if name not in SERVICE_ALONE and not (name == "判定时间" and row["类型"] == "报修"):
            new[name] = at
    return new
