"""Projects, callbacks and cases that stand on an edge: of a minute, a window, a month, a warranty."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

Row = dict[str, Any]
CASES = Path(__file__).with_name("boundary_cases.txt")


def at(text: str) -> date:
    """`01-31 22:00` or `01-31`, of 2024 or with another year before it."""
    text = text if text[4] == "-" else f"2024-{text}"
    return datetime.fromisoformat(text) if ":" in text else date.fromisoformat(text)


def boundary_projects() -> list[Row]:
    """Sites whose days, quotas and warranties stand on an edge of a month."""

    def site(number: str, kickoff: str | None, completion: str | None, branch: str = "城东", **more: Any) -> Row:
        days = {"开工交底日期": kickoff, "竣工验收日期": completion}
        row = {key: date.fromisoformat(day) if day else None for key, day in days.items()}
        who = {"项目经理": "pm1" if branch == "城东" else "pm3", "客服": "ke1" if branch == "城东" else "ke3"}
        return {"合同编号": f"HT-{number}", "区域": branch, **who, **row, **more}

    return [
        site("B01", "2024-02-20", None),  # 10 days of a February with 29: full quota
        site("B02", "2024-02-21", None),  # 9 days: one
        site("B03", "2024-02-27", None, "城西"),  # 3 days: one
        site("B04", "2024-02-28", None),  # 2 days: none
        site("B05", "2023-11-01", "2024-01-01"),  # its last day is the first of a month
        site("B06", "2024-01-31", "2024-01-31"),
        site("B07", "2024-03-01", "2024-03-10"),
        site("B08", "2024-03-01", "2024-05-30"),  # completion planned
        site("B09", "2024-04-21", "2024-06-30"),  # kickoff tomorrow: planned
        site("B10", "2024-04-20", None),  # kickoff today
        site("B11", "2024-01-05", None, 状态="停工"),
        site("B12", "2024-01-05", None, 状态="取消"),
        site("B13", None, None, 状态="待开工"),
        site("B14", "2024-04-10", None, 状态="停工"),
        site("B15", "2024-04-18", None, 状态="取消"),
        site("W01", "2021-10-01", "2022-01-31", 保修月数=25),  # to 29 February
        site("W02", "2021-05-01", "2021-08-31", 保修月数=30),  # to 29 February
        site("W03", "2019-10-01", "2020-02-29", 保修月数=48),  # to 29 February
        site("W04", "2021-10-01", "2022-02-28", "城西"),  # to 28 February by the default
        site("W05", "2021-09-01", "2021-12-31"),  # to 31 December
        site("W06", "2021-09-01", "2022-01-01"),  # to 1 January
        site("W07", "2022-09-01", "2023-02-01", 保修卡日期=date(2022, 2, 1), 保修卡号="BX-7"),  # to 1 February
        site("W08", "2018-09-01", "2019-02-28", 防水保修月数=60),  # waterproofing to 28 February, general long over
        site("W09", "2023-09-01", "2024-02-29", 保修月数=1),  # to 29 March
        site("W10", "2023-10-01", "2024-01-31", 保修月数=1),  # to 29 February
        site("W11", "2023-10-01", "2024-04-20", 保修卡日期=date(2024, 4, 20)),
        site("W12", None, None, "城西", 保修卡日期=date(2022, 3, 31), 保修月数=23),  # a card alone; to 29 February
        site("P01", None, None, "城西", 服务方案="家电安装"),
        site("N01", "2024-01-10", None, "城西", 项目经理=None, 客服=None),
    ]


def boundary_callbacks() -> list[Row]:
    """Calls on the last minute of a window or month, chains of second calls, and calls that were none."""
    rows: list[Row] = []

    def call(number: str, last: str, called: str | None = None, result: str | None = "有效", **more: Any) -> None:
        row = {"回访编号": number, "合同编号": "HT-B01", "阶段": "施工进度", "客服": "ke1"}
        row |= {"应访截止": at(last), "回访时间": called and at(called), "结果": result if called else None}
        rows.append(row | more)

    call("HF-B01", "2024-01-31", "01-31 23:59", 满意度="满意")
    call("HF-B02", "2024-01-31", "02-01 00:00", 满意度="一般")
    call("HF-B03", "2024-02-29", "02-29", 满意度="非常满意")  # a bare date: 23:59
    call("HF-B04", "2024-02-29", "03-01", 满意度="满意")
    call("HF-B05", "2024-02-29")  # never called
    call("HF-B06", "2024-04-20")  # its window ends today
    call("HF-B07", "2024-04-30", 阶段="保修期")
    call("HF-B08", "2024-05-02", "04-19 09:00", 满意度="满意")  # called before its month
    for number, result in enumerate(("未接通", "拒访", "空号", "错号", "非本人")):
        call(f"HF-R{number}", "2024-03-10", "03-09 10:00", result, 满意度="很不满意" if number == 1 else None)
    call("HF-R5", "2024-04-30", "04-19 10:00", "未接通")
    call("HF-T1", "2024-03-31", "03-31 12:00", 属实="否", 满意度="不太满意", 回访描述="没有人来验收")
    call("HF-T2", "2024-03-31", "03-31 12:01", 属实="是")
    call("HF-C1", "2024-02-10", "02-10 10:00", 满意度="很不满意", 回访描述="工地很乱", 合同编号="HT-B02")
    call(
        "HF-C2", "2024-02-14", "02-14 10:00", 满意度="不太满意", 原回访编号="HF-C1", 合同编号="HT-B02", 阶段="二次回访"
    )
    call("HF-C3", "2024-03-02", "03-02 10:00", 满意度="满意", 原回访编号="HF-C2", 合同编号="HT-B02", 阶段="二次回访")
    call("HF-D1", "2024-02-11", "02-11 10:00", 满意度="不太满意", 合同编号="HT-B02")
    call("HF-D2", "2024-02-13", "02-13 10:00", 满意度="一般", 原回访编号="HF-D1", 合同编号="HT-B02", 阶段="二次回访")
    call("HF-E1", "2024-02-12", "02-12 10:00", 满意度="不太满意", 合同编号="HT-B02")
    call("HF-E2", "2024-02-15", "02-15 10:00", "拒访", 原回访编号="HF-E1", 合同编号="HT-B02", 阶段="二次回访")
    call("HF-Q1", "2024-02-28", "02-28 10:00", 合同编号="HT-B03", 客服="ke3", 满意度="满意")
    call("HF-Q2", "2024-02-29", "02-29 10:00", 合同编号="HT-B04")
    call("HF-S1", "2024-02-20", "02-20 10:00", 合同编号="HT-W09", 阶段="竣工验收", 服务态度="很不满意", 清理现场="否")
    call("HF-S2", "2024-02-21", "02-21 10:00", 合同编号="HT-W09", 阶段="竣工验收", 满意度="非常满意", 收费合理="是")
    call("HF-P1", "2024-03-05", "03-05 10:00", 合同编号="HT-P01", 阶段="安装", 客服="ke3", 满意度="满意")
    call("HF-P2", "2024-03-06", "03-06 10:00", 合同编号="HT-P01", 阶段="维修", 客服="ke3", 满意度="满意")
    call("HF-N1", "2024-03-06", "03-06 10:00", 合同编号="HT-N01", 客服="ke3")
    call("HF-N2", "2024-02-11", "02-11 11:00", 工单编号="GD-V01", 阶段="投诉", 满意度="满意")
    return rows


def boundary_cases(customers: list[Row]) -> list[Row]:
    """The lines of boundary_cases.txt: number, kind, contract, columns; 客户手机=C2 is the third customer's."""
    rows: list[Row] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        number, kind, project, *columns = line.split(" ; ")
        row: Row = {"工单编号": f"GD-{number}", "类型": kind, "内容": "业主来电", "受理人": "ke1"}
        row["合同编号"] = None if project == "-" else project
        for column in columns:
            name, _, text = column.partition("=")
            row[name] = at(text) if name.endswith("时间") else text
        if phone := row.get("客户手机"):
            row["客户手机"] = customers[int(phone[1:])]["手机"]
        rows.append(row)
    return rows
