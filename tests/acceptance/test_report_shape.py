"""The JSON of a month: every promised key, of its type, with nothing counted and with something."""

import pytest

from tests.acceptance.commands import REPORTS, Firm

KEYS_OF_BOTH = {
    "handover_in_time_rate", "signed_in_time_rate", "on_site_in_time_rate", "solution_in_time_rate", "closed_rate",
    "mean_minutes_to_close", "median_minutes_to_close", "first_response_24h_rate",
}  # fmt: skip
KEYS = {
    "callbacks": {
        "callbacks_due", "callbacks_done", "completion_rate", "timely_rate", "effective_callbacks",
        "projects_in_progress", "quota_met_rate", "satisfied_rate", "ratings", "truthful_rate",
        "dissatisfied_solved_rate",
    },
    "complaints": KEYS_OF_BOTH | {
        "complaints_received", "complaints_judged", "validity_rate", "verified_in_time_rate", "judged_in_time_rate",
        "dealt_with_24h_rate",
    },
    "repairs": KEYS_OF_BOTH | {
        "repairs_received", "repairs_in_warranty", "contacted_in_time_rate", "team_contacted_in_time_rate",
        "resolved_48h_rate", "repeat_rate", "failure_rate", "cost_by_payer",
    },
}  # fmt: skip
CASE_TABLES = {
    "by_category", "by_responsibility", "by_department", "by_project_manager", "by_branch",
    "breaches", "open", "repeats",
}  # fmt: skip
TABLES = {
    "callbacks": {"by_stage", "by_agent", "by_project_manager", "by_branch"},
    "complaints": CASE_TABLES,
    "repairs": CASE_TABLES,
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_an_empty_firm_has_its_whole_shape(firm: Firm, name: str) -> None:
    document = firm.report(name, "2024-02")
    head = {"report": name, "period": "2024-02", "branch": None, "department": None, "closed": False, "revision": 0}
    assert document | head | {"generated_at": "2024-04-20T10:00:00+08:00"} == document
    assert set(document) == {*head, "generated_at", "figures", "tables"}
    assert set(document["figures"]) == KEYS[name]
    assert set(document["tables"]) == TABLES[name]
    nothing = {"numerator": 0, "denominator": 0, "percent": None}
    others = {"mean_minutes_to_close": None, "median_minutes_to_close": None, "cost_by_payer": {}}
    others["ratings"] = dict.fromkeys("54321", 0)
    for key, value in document["figures"].items():
        expected = nothing if key.endswith("_rate") else others.get(key, 0)
        assert (key, value, type(value)) == (key, expected, type(expected))


def test_a_report_names_its_branch_and_department(boundaries: Firm) -> None:
    document = boundaries.report("repairs", "2024-03", "城西", "工程部")
    assert (document["branch"], document["department"]) == ("城西", "工程部")
    assert document["figures"]["repairs_received"] == 1
