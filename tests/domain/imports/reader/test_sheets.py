"""The table is found in what firms send, and what is no table is refused in one sentence."""

import io
import zipfile

import openpyxl
import pytest

from app.domain.accounts.models import Person
from app.domain.core.errors import Refused
from app.domain.imports import engine
from app.domain.imports.reader import sheets
from tests.domain.imports.books import PEOPLE, book, how_many, judged, problems, taken

LI = ["limin", "李敏", "客服专员"]


def refusal(content: bytes, kind: str = "people") -> str:
    with pytest.raises(Refused) as refused:
        engine.read(kind, content)
    return str(refused.value)


def test_rows_above_a_blank_first_column_and_any_order(app):
    content = book(
        ["备注2", "角 色*", "＊姓名", "账号（必填）"],
        ["x", "客服专员", "李敏", "limin"],
        title="员工名册",
        blank_column=True,
    )
    plan = judged("people", content)
    assert plan.table.unknown == ["备注2"]
    assert plan.counts() == {"added": 1, "updated": 0, "unchanged": 0, "rejected": 0}
    assert plan.rows[0].number == 4


def test_row_numbers_are_excels_across_blank_rows(app):
    plan = judged("people", book(PEOPLE[:3], LI, [], ["", "  "], ["", "张三", "客服专员"]))
    assert problems(plan) == [(5, "账号")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_of_china(app, encoding, delimiter):
    text = "\r\n".join(delimiter.join(cells) for cells in (["账号", "姓名", "角色"], ["limin", "李敏㛃", "客服专员"]))
    plan = judged("people", text.encode(encoding))
    assert plan.rows[0]["姓名"] == "李敏㛃"


def test_the_switch_settles_the_encoding(app):
    with pytest.raises(Refused):
        engine.read("people", "账号,姓名,角色\nlimin,李敏,客服专员".encode("gb18030"), "utf-8")


def test_what_is_no_table_is_refused_in_words(app):
    whole = book(PEOPLE[:3], LI)
    assert "不是表格" in refusal(b"%PDF-1.7 not a table")
    assert "空" in refusal(b"")
    assert "没有内容" in refusal(book([]))
    assert "损坏" in refusal(whole[: len(whole) // 2])
    assert "损坏" in refusal(whole.replace(b"xl/worksheets", b"xl/worksheeps"))
    assert "密码" in refusal(sheets.COMPOUND + b"\0" * 600 + sheets.ENCRYPTED + b"\0" * 600)
    assert "损坏" in refusal(sheets.COMPOUND + b"\0" * 3000)
    assert "不是表格" in refusal(b"\0\1\2\3" * 500)
    assert "表头" in refusal(book(["甲", "乙"], ["1", "2"]))
    assert "缺少必需的列：角色" in refusal(book(["账号", "姓名"], ["a", "b"]))
    assert "两次" in refusal(book(["账号", "姓名", "角色", "姓名*"], LI))


def test_a_word_document_and_a_bomb_are_refused_before_they_are_read(app):
    other, bomb = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(420):
                part.write(b"\0" * 1024 * 1024)
    assert "不是表格" in refusal(other.getvalue())
    assert "太大" in refusal(bomb.getvalue())


def test_too_many_rows(app, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert "最多 3 行" in refusal(book(PEOPLE[:3], LI, LI, LI))


def test_a_formula_is_read_as_its_value_and_a_text_like_one_stays_text(app):
    target = io.BytesIO()
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["账号", "姓名", "角色"])
    sheet.append(["a1", "x", "客服专员"])
    sheet["B2"].value, sheet["B2"].data_type = "=HYPERLINK(1)", "s"
    workbook.save(target)
    taken("people", target.getvalue())
    assert judged("people", target.getvalue()).counts()["unchanged"] == 1
    assert [person.name for person in app.extensions["sqlalchemy"].session.query(Person)] == ["=HYPERLINK(1)"]


def test_hostile_cells_are_text_or_errors_never_a_crash(app):
    plan = judged(
        "people",
        book(
            PEOPLE[:3],
            ["a1", "<script>alert(1)</script>", "客服专员"],
            ["a2", "长" * 10_000, "客服专员"],
            ["a3", "李敏", "皇帝"],
            ["a 4", "李敏", "客服专员"],
            ["a5", "'; DROP TABLE people; --", "客服专员、质检"],
        ),
    )
    assert problems(plan) == [(3, "姓名"), (4, "角色"), (5, "账号")]
    nul = "账号,姓名,角色\na1,李\0敏,客服专员".encode() + b" " * 200
    assert judged("people", nul).rows[0]["姓名"] == "李敏"


def test_a_dry_run_writes_nothing_and_one_rejected_row_stops_all(app):
    plan = judged("people", book(PEOPLE[:3], LI, ["x", "张三", "皇帝"]))
    with pytest.raises(Refused):
        engine.apply(plan)
    assert how_many(Person) == 0
    assert engine.summary(plan, written=True)["added"] == 0
    assert engine.summary(plan, written=False)["added"] == 1
