"""The reports' pages and files: who sees which figures, what an address may ask, and that the twins say the same."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from pypdf import PdfReader

from app.domain.core import clock
from app.domain.core.clock import Month
from app.domain.plans.enums import CaseKind, Occasion
from app.domain.reports.definitions import PERIODS
from app.domain.reports.period import EXAMPLES, Period, PeriodKind
from app.domain.reports.report import OTHER_TITLES, TITLES
from tests.domain.reports.world import Maker
from tests.domain.reports.writing import write
from tests.factories import a_callback, a_case, a_department, a_person, a_project
from tests.people import login, make_cast

NAMES = list(TITLES)


@pytest.fixture
def cast(app):
    return make_cast()


def a_month(size: int = 20) -> None:
    """November 2026, full of everything; the clock must stand after it."""
    write(Maker(7, Period.parse("2026-11")).make(size))


@pytest.fixture
def december(freeze):
    return freeze("2026-12-02 09:00")


@pytest.mark.parametrize("name", NAMES)
def test_every_twin_of_a_month_opens(december, client, cast, name):
    a_case(CaseKind.REPAIR, received_at=datetime(2026, 11, 3, 4, 0, tzinfo=UTC), branch=cast.east)
    login(client, cast.office)
    page = client.get(f"/reports/{name}?period=2026-11")
    assert page.status_code == 200
    assert TITLES[name] in page.text
    assert client.get(f"/reports/{name}/preview?period=2026-11").status_code == 200
    document = client.get(f"/reports/{name}.json?period=2026-11").json
    assert (document["report"], document["period"], document["closed"], document["revision"]) == (
        name,
        "2026-11",
        False,
        0,
    )
    assert document["generated_at"] == "2026-12-02T09:00:00+08:00"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/reports/{name}.xlsx?period=2026-11").data))
    assert book.sheetnames[0] == "指标"


def test_the_printed_month_names_the_branch_of_who_sees_only_theirs(december, client, cast):
    login(client, cast.office)
    assert "城东" in client.get("/reports/callbacks/preview?period=2026-11").text
    login(client, cast.hq)
    assert "全公司" in client.get("/reports/callbacks/preview?period=2026-11").text


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_file_of_a_month_has_a_name_that_a_real_server_can_send(december, client, cast, kind):
    login(client, cast.office)
    answer = client.get(f"/reports/callbacks.{kind}?period=2026-11")
    assert all(value.isascii() for _, value in answer.headers)
    names = answer.headers["Content-Disposition"]
    assert names.startswith(f"attachment; filename=callbacks-2026-11.{kind}; ")
    assert "filename*=UTF-8''2026-11%20%E5%9B%9E" in names


def test_the_list_of_months_offers_this_one_and_twelve_before(december, client, cast):
    login(client, cast.qa)
    page = client.get("/reports").text
    assert "period=2026-12" in page
    assert "period=2025-12" in page
    assert "period=2027-01" not in page


@pytest.mark.parametrize(
    "period", ["2026-13", "2027-01", "november", "2026-W54", "2026-W50", "2027", "2026-12-03", "2026-11-09..2026-11-01"]
)
def test_a_period_that_is_none_or_not_yet_there_is_said_in_words(december, client, cast, period):
    login(client, cast.office)
    answer = client.get(f"/reports/callbacks?period={period}")
    assert answer.status_code == 400
    assert period.partition("..")[0] in answer.text


@pytest.mark.parametrize("kind", list(PeriodKind))
@pytest.mark.parametrize("name", NAMES)
def test_every_twin_of_any_period_opens(december, client, cast, name, kind):
    a_case(CaseKind.REPAIR, received_at=datetime(2026, 11, 21, 4, 0, tzinfo=UTC), branch=cast.east)
    login(client, cast.office)
    period = Period.parse(EXAMPLES[kind])
    title = (TITLES if kind is PeriodKind.MONTH else OTHER_TITLES)[name]
    for address in (f"/reports/{name}", f"/reports/{name}/preview"):
        page = client.get(f"{address}?period={period}").text
        assert f"{title} {period.label()}" in page
        assert ("去年" in page) is (kind is not PeriodKind.YEAR)
    document = client.get(f"/reports/{name}.json?period={period}").json
    assert document["period"] == str(period)
    received = int(date(2026, 11, 21) in period) if name == "repairs" else None
    assert document["figures"].get("repairs_received") == received
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/reports/{name}.xlsx?period={period}").data))["指标"]
    assert sheet["A2"].value == f"{title} {period.label()}"


def test_what_is_counted_by_the_month_stands_in_months_only(december, client, cast):
    login(client, cast.office)
    keys = {"projects_in_progress", "quota_met_rate"}
    assert keys <= set(client.get("/reports/callbacks.json?period=2026-11").json["figures"])
    for period in ("2026-W47", "2026", "2026-11-01..2026-11-30"):
        assert not keys & set(client.get(f"/reports/callbacks.json?period={period}").json["figures"])
        assert "达标率" not in client.get(f"/reports/callbacks?period={period}").text
        assert client.get(f"/reports/callbacks/rows?period={period}&figure=quota_met_rate").status_code == 404


def test_a_kind_of_period_that_a_report_does_not_offer_is_refused_in_words(december, client, cast, monkeypatch):
    monkeypatch.setitem(PERIODS, "complaints", (PeriodKind.WEEK,))
    login(client, cast.office)
    answer = client.get("/reports/complaints?period=2026-11")
    assert answer.status_code == 400
    assert "2026-W47" in answer.text
    page = client.get("/reports/complaints").text
    assert "第 49 周" in page
    assert 'class="views"' not in page


def test_a_range_is_chosen_by_its_two_days_and_leads_on_from_there(december, client, cast):
    login(client, cast.office)
    page = client.get("/reports/complaints?from=2026-11-01&to=2026-11-15").text
    assert "投诉分析 2026-11-01 至 2026-11-15" in page
    assert 'name="from" value="2026-11-01"' in page
    assert "period=2026-10-17..2026-10-31" in page
    assert "period=2026-11-16..2026-11-30" in page
    assert "period=2026-W46" in page


def test_a_running_period_leads_to_none_after_it(december, client, cast):
    login(client, cast.office)
    for period, earlier in (("2026-12", "2026-11"), ("2026-W49", "2026-W48"), ("2026-12-02", "2026-12-01")):
        page = client.get(f"/reports/complaints?period={period}").text
        assert 'rel="prev"' in page
        assert f"period={earlier}" in page
        assert 'rel="next"' not in page


def test_another_branch_is_not_found_unless_one_sees_all(december, client, cast):
    login(client, cast.office)
    assert client.get("/reports/callbacks?period=2026-11&branch=城东").status_code == 200
    assert client.get("/reports/callbacks?period=2026-11&branch=城西").status_code == 404
    login(client, cast.hq)
    assert client.get("/reports/callbacks?period=2026-11&branch=城西").status_code == 200
    assert client.get("/reports/callbacks?period=2026-11&branch=城南").status_code == 404


def test_a_branch_s_figures_are_the_same_whoever_reads_them(december, client, cast):
    for branch in (cast.east, cast.west, None):
        a_callback(a_project(branch=branch), last=clock.at(Month.parse("2026-11").last).date())
    login(client, cast.office)
    own = client.get("/reports/callbacks.json?period=2026-11").json
    assert (own["branch"], own["figures"]["callbacks_due"]) == ("城东", 1)
    login(client, cast.hq)
    named = client.get("/reports/callbacks.json?period=2026-11&branch=城东").json
    assert (named["branch"], named["figures"]) == ("城东", own["figures"])
    assert client.get("/reports/callbacks.json?period=2026-11").json["branch"] is None
    assert client.get("/reports/callbacks.json?period=2026-11").json["figures"]["callbacks_due"] == 3
    rows = client.get("/reports/callbacks.json?period=2026-11").json["tables"]["by_branch"]
    assert [(row["name"], row["callbacks_due"]) for row in rows] == [("城东", 1), ("城西", 1), ("—", 1)]


def test_callbacks_know_no_department_and_an_unknown_report_is_not_found(december, client, cast):
    login(client, cast.office)
    assert client.get("/reports/callbacks?period=2026-11&department=工程部").status_code == 400
    assert client.get("/reports/complaints?period=2026-11&department=工程部").status_code == 200
    assert client.get("/reports/complaints?period=2026-11&department=没有").status_code == 404


def test_another_branch_s_department_is_not_found(december, client, cast):
    a_department("西区工程部", cast.west)
    login(client, cast.lead)
    address = "/reports/complaints?period=2026-11&department=西区工程部"
    assert client.get(address).status_code == 404
    assert "西区工程部" not in client.get("/reports/complaints?period=2026-11").text
    assert login(client, cast.hq).get(address).status_code == 200
    assert client.get("/reports/weekly?period=2026-11").status_code == 404


def test_an_agent_sees_no_reports(december, client, cast):
    login(client, cast.agent)
    assert client.get("/reports/callbacks?period=2026-11").status_code == 403


def test_each_figure_opens_its_rows(december, client, cast):
    project = a_project(branch=cast.east)
    said = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
    for rating in (5, 2):
        a_callback(
            project, last=said.date(), occasion=Occasion.CONCEALED, state="done", effective=True, reached_at=said,
            rating=rating, reached_by_id=cast.agent.id,
        )  # fmt: skip
    login(client, cast.office)
    page = client.get("/reports/callbacks/rows?period=2026-11&figure=satisfied_rate").text
    assert page.count(f"{project.contract_number}</a>") == 2
    assert page.count("未计入</span>") == 1
    page = client.get("/reports/callbacks/rows?period=2026-11&figure=ratings&part=5").text
    assert page.count(f"{project.contract_number}</a>") == 1
    page = client.get("/reports/callbacks/rows?period=2026-11&figure=callbacks_done&by=stage&of=midstage").text
    assert "没有记录" in page
    page = client.get(f"/reports/callbacks/rows?period=2026-11&figure=callbacks_done&by=agent&of={cast.agent.id}").text
    assert "客服：安宁" in page


@pytest.mark.parametrize("query", ["figure=none", "figure=ratings&part=7", "figure=callbacks_due&by=category", ""])
def test_what_is_no_figure_is_not_found(december, client, cast, query):
    login(client, cast.office)
    assert client.get(f"/reports/callbacks/rows?period=2026-11&{query}").status_code == 404


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [4, 40])
def test_a_month_page_needs_at_most_25_queries_however_much_happened(december, client, cast, queries, name, size):
    a_month(size)
    login(client, cast.hq)
    with queries(at_most=25):
        assert client.get(f"/reports/{name}?period=2026-11").status_code == 200
    figure = "callbacks_due" if name == "callbacks" else "closed_rate"
    with queries(at_most=10):
        assert client.get(f"/reports/{name}/rows?period=2026-11&figure={figure}").status_code == 200


def test_hostile_names_stay_text_in_excel(december, client, cast):
    cast.east.name = "=1+1"
    a_callback(a_project(branch=cast.east), last=clock.at(Month.parse("2026-11").last).date())
    login(client, cast.hq)
    content = client.get("/reports/callbacks.xlsx?period=2026-11").data
    sheet = openpyxl.load_workbook(io.BytesIO(content))["区域"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet.freeze_panes == "B2"


def test_the_paper_prints_rare_letters_with_its_fonts_inside(december, client, cast):
    name = "䶮㛃𬭎垚"
    cast.east.name = name
    pm = a_person(name=name, branch=cast.east)
    project = a_project(branch=cast.east)
    a_case(
        CaseKind.COMPLAINT,
        project=project,
        received_at=datetime(2026, 11, 3, 4, 0, tzinfo=UTC),
        project_manager_id=pm.id,
    )
    login(client, cast.hq)
    answer = client.get("/reports/complaints.pdf?period=2026-11")
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    text = "".join(page.extract_text() for page in reader.pages)
    assert name in text
    assert "口径" in text
    assert "盖章" in text
    assert f"共 {len(reader.pages)} 页" in text
    assert reader.trailer["/Root"]["/Lang"].lower().startswith("zh")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.get_object())
