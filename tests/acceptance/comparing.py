"""Where a report's JSON and the oracle differ, in words."""

from collections import Counter
from typing import Any

Row = dict[str, Any]

CLOCKS = {
    "核实回电": "verify",
    "判定": "judge",
    "移交": "handover",
    "签收": "sign",
    "联系客户": "contact",
    "上门": "on_site",
    "给出方案": "solution",
    "施工队联系": "team_contact",
}


def differences(document: Row, figures: Row, tables: Row) -> list[str]:
    """One line for each figure or table row in which a report is not what the ledgers say."""
    place = "{report} {period} {branch} {department}".format(**document)
    found = [
        f"{place}: {key} is {document['figures'].get(key)!r}, ledgers say {figures.get(key)!r}"
        for key in sorted(figures.keys() | document["figures"].keys())
        if document["figures"].get(key) != figures.get(key)
    ]
    for name, expected in tables.items():
        rows = document["tables"][name]
        if isinstance(expected, dict):
            found += grouped(f"{place}: {name}", rows, expected)
        else:
            found += listed(f"{place}: {name}", name, rows, expected)
    return found


def grouped(place: str, rows: list[Row], expected: dict[Any, Row]) -> list[str]:
    """Differences of a table of figures. Groups in which nothing happened may be left out."""
    if not rows:
        return [f"{place}: no rows"] if any(map(happened, expected.values())) else []
    actual = Counter(flat(row | {"name": row["name"].partition("（")[0]}) for row in rows if happened(row))
    groups = [
        {"name": label(key)} | {name: group[name] for name in rows[0] if name != "name"}
        for key, group in expected.items()
    ]
    wanted = Counter(flat(group) for group in groups if happened(group))
    extra, missing = actual - wanted, wanted - actual
    return [f"{place}: has {row}" for row in extra] + [f"{place}: lacks {row}" for row in missing]


def label(key: Any) -> str:
    """What a group is called: a person, whose key is (name, account), by the name; a group without a key by a dash."""
    if key is None:
        return "—"
    return str(key[0] if isinstance(key, tuple) else key)


def listed(place: str, name: str, rows: list[Row], expected: list[Any]) -> list[str]:
    """Differences of a table that names cases."""
    if name == "breaches":
        actual: list[Any] = [(row["name"], CLOCKS[row["clock"]]) for row in rows if row["clock"] in CLOCKS]
    else:
        actual = [row["name"] for row in rows]
    extra, missing = Counter(actual) - Counter(expected), Counter(expected) - Counter(actual)
    return [f"{place}: has {row}" for row in extra] + [f"{place}: lacks {row}" for row in missing]


def happened(row: Row) -> bool:
    """Whether anything in a group is above zero."""
    return any(counted(value) for key, value in row.items() if key != "name")


def counted(value: Any) -> bool:
    """Whether a figure counts something."""
    if isinstance(value, dict):
        return bool(value.get("denominator")) if "denominator" in value else any(value.values())
    return bool(value)


def flat(row: Row) -> str:
    """A row as text, its keys in order."""
    return "; ".join(f"{key}={shown(row[key])}" for key in sorted(row))


def shown(value: Any) -> str:
    """A figure as text."""
    if isinstance(value, dict) and "denominator" in value:
        return f"{value['numerator']}/{value['denominator']}={value['percent']}"
    return repr(sorted(value.items()) if isinstance(value, dict) else value)
