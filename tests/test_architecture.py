"""The rules of the house, proved on the files and on the app as they stand."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.domain.core.orm import Base
from tests.conftest import make_app
from tests.support.once import ROOT

APP = ROOT / "app"
EDGE = {"flask", "flask_babel", "flask_login", "flask_wtf", "werkzeug", "wtforms"}
# Views, commands and jobs; and the one write that a GET makes, a session's last-seen mark.
COMMITTERS = re.compile(
    r"app/(blueprints/\w+/(?!forms|filters|presenters)\w+(/\w+)?|commands/\w+|web/(submit|login))\.py"
)
# Who knows one capability's pages finds everything in another's.
PAGE_MODULE = re.compile(
    r"app/blueprints/(\w+/)?(__init__|views|forms|filters|presenters|(views|forms|presenters)/\w+)\.py"
    r"|app/blueprints/cases/actions\.py"  # registers a page for each row of the domain's table
)
LONGEST = 400
LONGEST_LINE = 120
DECIDES = re.compile(r"\.value ?([!=]=|in \()|\.get\([\w.]+\.value")

# What a query is written with. `Select` as a type, loading options and errors are a view's business, too.
WRITES_SQL = {
    f"sqlalchemy.{name}" for name in ("and_", "delete", "exists", "func", "insert", "or_", "select", "update")
}
SESSION_QUERIES = ("execute", "query", "scalar", "scalars")
ASK_THE_DATABASE = {
    "app/web/access.py": "fetches one record through what the person may see",
    "app/blueprints/health/views.py": "asks whether the database answers",
}

# Text in an address that is neither a number nor a UUID: what it names, and why it can't be either.
TEXT_PARAMETERS = {
    "filename": "a static file",
    "name": "a report's name of interfaces.md",
    "token": "an unguessable link",
    "kind": "a kind of import or case",
    "language": "a language's code",
    "key": "a setting's or figure's key",
}
SEGMENT = re.compile(r"(\.well-known|[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?)")
PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>(\.[a-z]+)?")


def sources(below: Path = APP) -> Iterator[tuple[str, ast.Module]]:
    """Each module: its path from the root, and its syntax."""
    for path in sorted(below.rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """The modules that a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree: ast.AST, method: str) -> list[int]:
    """The lines on which a method of that name is called."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    ]


@pytest.fixture(scope="module")
def bare_app(run_folder: Path) -> Flask:
    """The app without a database behind it: its routes are what matters."""
    return make_app("sqlite://")


def test_the_domain_knows_nothing_of_the_edge():
    wrong = [
        f"{path} imports {module}"
        for path, tree in sources(APP / "domain")
        for module in imported(tree)
        if module.split(".")[0] in EDGE or module.startswith(("app.blueprints", "app.web", "app.commands"))
    ]
    assert wrong == []


def test_only_views_commands_and_jobs_commit():
    wrong = [
        f"{path}:{line} commits"
        for path, tree in sources()
        for line in calls(tree, "commit")
        if not COMMITTERS.fullmatch(path)
    ]
    assert wrong == []


def test_views_ask_the_domain_instead_of_the_database():
    wrong = [
        f"{path} {what}"
        for below in ("blueprints", "web")
        for path, tree in sources(APP / below)
        if path not in ASK_THE_DATABASE
        for what in (
            *(f"imports {module}" for module in imported(tree) if module in WRITES_SQL),
            *(f"calls {name} on line {line}" for name in SESSION_QUERIES for line in calls(tree, name)),
        )
    ]
    assert wrong == []


def test_texts_are_said_by_one_way():
    slow = [path for path, tree in sources() if "flask_babel.gettext" in imported(tree)]
    assert slow == [], "app.web.i18n has a quicker gettext"


def test_every_route_is_guarded_or_public(bare_app: Flask):
    unguarded = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in bare_app.url_map.iter_rules()
        if rule.endpoint != "static"
        and not hasattr(bare_app.view_functions[rule.endpoint], "required_permission")
        and not getattr(bare_app.view_functions[rule.endpoint], "public", False)
    ]
    assert unguarded == []


def test_the_modules_of_pages_have_few_names():
    assert [path for path, _tree in sources(APP / "blueprints") if not PAGE_MODULE.fullmatch(path)] == []


def test_templates_are_lines_a_person_can_read():
    """djlint's max_line_length is its formatter's alone, which would also lay out what stands well."""
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((APP / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


def test_nothing_is_decided_in_a_template():
    """A template keeps no table of codes: presenters, tones and badges do."""
    decided = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((APP / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if DECIDES.search(line)
    ]
    assert decided == []


def test_the_glossary_names_every_table_and_no_other():
    glossary = (ROOT / "STYLE.md").read_text(encoding="utf-8").partition("## Words")[2].partition("\n## ")[0]
    last_cells = [line.split("|")[3] for line in glossary.splitlines() if line.count("|") == 4]
    named = [name for cell in last_cells for name in re.findall(r"`(\w+)`", cell)]
    assert sorted(named) == sorted(Base.metadata.tables)


def test_no_capability_imports_the_views_of_another():
    wrong = []
    for path, tree in sources(APP / "blueprints"):
        own = path.split("/")[2]
        for module in imported(tree):
            other = re.match(r"app\.blueprints\.(\w+)\.views", module)
            if other and own.removesuffix(".py") not in {other[1], "__init__"}:
                wrong.append(f"{path} imports {module}")
    assert wrong == []


def fault_of(rule: Rule) -> str | None:
    """What is wrong with the shape of an address, if anything."""
    for segment in rule.rule.strip("/").split("/"):
        if not segment or SEGMENT.fullmatch(segment):
            continue
        parameter = PARAMETER.fullmatch(segment)
        if not parameter:
            return f"{rule.rule}: “{segment}” is not kebab-case"
        converter, name, _ending = parameter.groups()
        if converter not in {"int", "uuid", "any"} and name not in TEXT_PARAMETERS:
            return f"{rule.rule}: <{name}> has no type and is not declared as text"
    return None


def test_addresses_are_kebab_case_with_typed_parameters(bare_app: Flask):
    assert [fault for rule in bare_app.url_map.iter_rules() if (fault := fault_of(rule))] == []


@pytest.mark.parametrize("address", ["/Cases", "/case_list", "/cases/<case_id>", "/cases/x<int:id>"])
def test_a_badly_shaped_address_is_noticed(address):
    assert fault_of(Rule(address)) is not None


def test_what_changes_something_is_not_a_get(bare_app: Flask):
    wrong = []
    for rule in bare_app.url_map.iter_rules():
        view = inspect.unwrap(bare_app.view_functions[rule.endpoint])
        if rule.endpoint == "static" or "GET" not in (rule.methods or ()):
            continue
        if "POST" in (rule.methods or ()):
            wrong.append(f"{rule.rule} answers GET and POST in one view")
        elif calls(ast.parse(inspect.cleandoc("\n" + inspect.getsource(view))), "commit"):
            wrong.append(f"GET {rule.rule} commits")
    assert wrong == []


def test_files_stay_short():
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for ending in ("py", "html", "css", "js")
        for path in APP.rglob(f"*.{ending}")
        if "vendor" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    assert long == []


def test_one_file_knows_weasyprint():
    who = {path for path, tree in sources() for module in imported(tree) if module.split(".")[0] == "weasyprint"}
    assert who <= {"app/domain/reports/render/pdf.py"}


def test_there_is_one_clock():
    wrong = [
        f"{path}:{node.lineno} reads {ast.unparse(node.func)}"
        for path, tree in sources()
        if path != "app/domain/core/clock.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "today", "utcnow"}
        and ast.unparse(node.func.value).split(".")[-1] in {"date", "datetime"}
    ]
    assert wrong == []


def test_migrations_import_nothing_of_the_app():
    wrong = [
        f"{path} imports {module}"
        for path, tree in sources(ROOT / "migrations" / "versions")
        for module in imported(tree)
        if module.split(".")[0] == "app"
    ]
    assert wrong == []
