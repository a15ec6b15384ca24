"""The rows of an invented firm's five ledgers: what stands on an edge, and as many seeded ones as wanted."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from tests.acceptance.boundaries import boundary_callbacks, boundary_cases, boundary_projects

Row = dict[str, Any]

NOW = datetime.fromisoformat("2024-04-20 10:00")
MONTHS = ("2023-12", "2024-01", "2024-02", "2024-03", "2024-04")
STEPS = ("核实时间", "判定时间", "移交时间", "签收时间", "上门时间", "方案时间", "派工时间", "施工队联系时间")
ENDS = ("处理完成时间", "满意度回访时间", "办结时间")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PEOPLE = [
    ("ke1", "陈晓", "客服专员", "城东", "客服部", "否"),
    ("ke2", "单小云", "客服专员、客服主管", "城东", "客服部", "是"),
    ("ke3", "欧阳晨", "客服专员", "城西", "客服部", "是"),
    ("pm1", "王建国", "项目经理", "城东", "工程部", "否"),
    ("pm2", "李强", "项目经理", "城东", "工程部", "否"),
    ("pm3", "王建国", "项目经理", "城西", "工程部", "否"),
    ("gc1", "仇海", "工程部经理", "城东", "工程部", "是"),
    ("gc2", "翟明", "工程部经理", "城西", "工程部", "是"),
    ("cl1", "苏敏", "部门人员", "城东", "材料部", "是"),
    ("sj1", "曾可", "部门人员", "城西", "设计部", "是"),
    ("zb1", "钱宁", "总经办", "城东", "总经办", "是"),
]
MANAGERS = {"城东": ("pm1", "pm2"), "城西": ("pm3", None)}
AGENTS = {"城东": ("ke1", "ke2"), "城西": ("ke3", "欧阳晨")}
HANDED_TO = {
    "城东": ("工程部", "pm1", "pm2", "李强", "材料部", "cl1", "客服部"),
    "城西": ("工程部", "pm3", "设计部", "sj1", "曾可"),
}
STAGES = ("开工交底", "隐蔽工程", "施工中期", "竣工验收", "保修期", "施工进度", "投诉", "报修")
CATEGORIES = ("水电", "泥瓦", "防水", "油漆", "服务", None)


def sheets(seed: int = 7, size: int = 60) -> dict[str, list[Row]]:
    """The rows of the five ledgers: every boundary case, and `size` random projects, callbacks and cases twice that."""
    chance = random.Random(seed)
    people = [dict(zip(("账号", "姓名", "角色", "区域", "部门", "部门负责人"), one, strict=True)) for one in PEOPLE]
    projects = [*boundary_projects(), *(a_project(chance, number) for number in range(size))]
    for number, project in enumerate(projects):
        project |= {"客户编号": f"C{number:04}"}
    customers = [
        {"客户编号": project["客户编号"], "姓名": "欧阳" + "甲乙丙丁"[number % 4], "手机": f"139{number:08}"}
        | {"区域": project["区域"], "小区": "碧水园", "室": str(number)}
        for number, project in enumerate(projects)
    ]
    numbered = {project["合同编号"]: project for project in projects}
    ordinary = [one for one in projects if not one.get("服务方案")]
    callbacks = [*boundary_callbacks(), *random_callbacks(chance, ordinary, 3 * size)]
    cases = [*boundary_cases(customers), *(a_case(chance, ordinary, number) for number in range(3 * size))]
    chance.shuffle(cases)
    assert all(row["合同编号"] in numbered for row in callbacks)
    return {"people": people, "customers": customers, "projects": projects, "callbacks": callbacks, "cases": cases}


def a_project(chance: random.Random, number: int) -> Row:
    """Any site: begun at any time, finished or not, now and then stopped, cancelled or planned."""
    branch = chance.choice(("城东", "城西"))
    kickoff = NOW.date() - chance.randint(-20, 900) * DAY
    completion = kickoff + chance.randint(0, 200) * DAY if chance.random() < 0.7 else None
    row = {
        "合同编号": f"HT-{number:04}",
        "区域": branch,
        "项目经理": chance.choice(MANAGERS[branch]),
        "客服": chance.choice(AGENTS[branch]),
        "开工交底日期": kickoff,
        "竣工验收日期": completion,
        "保修月数": chance.choice((None, None, 1, 3, 12)),
        "防水保修月数": chance.choice((None, None, 6)),
        "保修卡日期": completion + 3 * DAY if completion and chance.random() < 0.3 else None,
    }
    if completion is None and kickoff <= NOW.date() and chance.random() < 0.3:
        row["状态"] = chance.choice(("停工", "取消"))
    return row


def random_callbacks(chance: random.Random, projects: list[Row], size: int) -> Iterator[Row]:
    """Any calls, some of them second ones."""
    dissatisfied: list[Row] = []
    for number in range(size):
        project = chance.choice(projects)
        last = NOW.date() - chance.randint(-15, 150) * DAY
        row = {"回访编号": f"HF-{number:05}", "合同编号": project["合同编号"], "阶段": chance.choice(STAGES)}
        row |= {"应访开始": last - 2 * DAY, "应访截止": last, "客服": chance.choice(AGENTS[project["区域"]])}
        called = datetime.combine(
            last + chance.randint(-3, 2) * DAY, time(chance.randint(8, 20), chance.randint(0, 59))
        )
        if chance.random() < 0.8 and called < NOW:
            row["回访时间"] = chance.choice((called, called, called.date() if called.date() < NOW.date() else called))
            row["结果"] = chance.choice(("有效", "有效", "有效", "有效", "未接通", "拒访", "空号", "非本人"))
            row["满意度"] = chance.choice(("非常满意", "满意", "一般", "不太满意", "很不满意", None))
            row["属实"] = chance.choice(("是", "否", None, None, None, None))
            row["回访描述"] = "业主说明了情况"
            row["受访人"] = "业主"
            earlier = [one for one in dissatisfied if one["合同编号"] == row["合同编号"]]
            if earlier and chance.random() < 0.8:
                row |= {"原回访编号": chance.choice(earlier)["回访编号"], "阶段": "二次回访"}
            if row["结果"] == "有效" and row["满意度"] in ("不太满意", "很不满意"):
                dissatisfied.append(row)
        yield row


def a_case(chance: random.Random, projects: list[Row], number: int) -> Row:
    """Any complaint or repair: each step taken or passed over, early, at its minute, just after, or late."""
    project = chance.choice(projects)
    kind = chance.choice(("投诉", "报修"))
    received = datetime.combine(
        NOW.date() - chance.randint(0, 150) * DAY, time(chance.randint(0, 23), chance.randint(0, 59))
    )
    received = min(received, NOW - HOUR)
    row: Row = {
        "工单编号": f"GD-{number:05}",
        "类型": kind,
        "合同编号": project["合同编号"],
        "受理时间": received,
        "一级分类": chance.choice(CATEGORIES),
        "内容": "业主来电",
        "紧急程度": chance.choice(("一般", "紧急", "安全", None)),
        "受理人": chance.choice(AGENTS[project["区域"]]),
        "责任": chance.choice(("施工", "材料商", "客户", "其他", None)),
    }
    row |= steps_of(chance, kind, received)
    handed = row.get("移交时间")
    if "判定时间" in row:
        row["是否成立"] = "成立" if handed or "处理完成时间" in row else chance.choice(("成立", "不成立"))
    if handed:
        row["移交给"] = chance.choice(HANDED_TO[project["区域"]])
    else:
        row.pop("签收时间", None)
    if "施工队联系时间" in row and "派工时间" not in row:
        del row["施工队联系时间"]
    if chance.random() < 0.5:
        reached = (handed or received) + chance.choice((MINUTE, 47 * HOUR, 48 * HOUR, 90 * HOUR))
        if handed and reached < NOW:
            row["联系时间"] = reached
    if kind == "报修":
        row["返修"] = chance.choice((None, None, None, "是", "否"))
        if chance.random() < 0.5:
            row |= {
                "人工费": f"{chance.randint(1, 99999) / 100:.2f}",
                "承担方": chance.choice(("公司", "材料商", "客户", "工长")),
            }
    if "办结时间" not in row and chance.random() < 0.2:
        last = max(value for value in row.values() if isinstance(value, datetime)) + chance.choice((MINUTE, 50 * HOUR))
        if last < NOW:
            row |= {"撤销时间": last, "原因": "业主撤回"}
    return row


def steps_of(chance: random.Random, kind: str, received: datetime) -> Row:
    """When each step was taken, in order: some passed over, none later than now."""
    row: Row = {}
    span = {"核实时间": 2, "判定时间": 2, "移交时间": 2, "签收时间": 4, "上门时间": 48, "方案时间": 48, "派工时间": 5}
    before, length = received, chance.choice((3, 6, len(STEPS + ENDS), 20, 20))
    for column in (STEPS + ENDS)[:length]:
        if chance.random() < 0.25 or (column == "判定时间" and kind == "报修"):
            continue
        target = span.get(column, 24) * HOUR
        start = chance.choice((before, received))
        step = start + chance.choice((target, target + MINUTE, target - MINUTE, target * chance.random() * 2, 0 * HOUR))
        step = max(before, step.replace(second=0, microsecond=0))
        if step >= NOW:
            break
        row[column] = before = step
    return row
