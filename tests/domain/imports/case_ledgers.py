"""A complaint and a repair as ledgers have them, and what became of them."""

from datetime import UTC, datetime

from sqlalchemy import select

from app.domain.cases.models import Case, Deadline
from app.domain.plans.enums import DeadlineKind
from app.extensions import db

OPENED = {
    "工单编号": "TS-20261101-001",
    "类型": "投诉",
    "合同编号": "H1",
    "受理时间": "2026-11-01 09:00",
    "一级分类": "水电",
    "二级分类": "水路",
    "内容": "漏水",
    "受理人": "limin",
}
WHOLE = OPENED | {
    "渠道": "电话",
    "业主要求": "尽快",
    "紧急程度": "紧急",
    "核实时间": "2026-11-01 10:00",
    "判定时间": "2026-11-01 10:30",
    "是否成立": "成立",
    "移交时间": "2026-11-01 11:00",
    "移交给": "工程部",
    "签收时间": "2026-11-01 16:00",
    "联系时间": "2026-11-01 12:00",
    "上门时间": "2026-11-02",
    "责任": "施工",
    "责任人": "水工老李",
    "方案时间": "2026-11-02",
    "处理完成时间": "2026-11-05 10:00",
    "满意度回访时间": "2026-11-06 10:01",
    "满意度": "满意",
    "办结时间": "2026-11-06 10:30",
    "原因": "接头老化",
    "处理结果": "已修复",
    "人工费": 120,
    "材料费": "80.5",
    "承担方": "公司",
}
REPAIR = OPENED | {"工单编号": "BX-20261101-001", "类型": "报修"}


def case(number: str = "TS-20261101-001") -> Case:
    db.session.expire_all()
    return db.session.scalars(select(Case).where(Case.number == number)).one()


def deadlines(found: Case) -> dict[DeadlineKind, Deadline]:
    return {row.kind: row for row in found.deadlines if row.superseded_at is None}


def fates(found: Case) -> dict[str, str]:
    """kept, late, broken or released, by kind."""
    return {
        kind.value: "released"
        if row.released_at
        else "broken"
        if not row.met_at
        else "kept"
        if row.met_at <= row.due_at
        else "late"
        for kind, row in deadlines(found).items()
    }


def wall(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)
