"""Which grounds a run stands on, and the account of it at the end.

Every test that reaches a database runs once on SQLite and once on PostgreSQL. A run of everything that
missed one of the three grounds has failed, whatever its tests said.
"""

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.support import postgres
from tests.support.browser import chromium
from tests.support.grounds import NAMES
from tests.support.once import FOLDER, CannotRun, new_run_folder

SPOKEN = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "browser": "browser"}
CHOSEN = pytest.StashKey[list[str]]()
RAN = pytest.StashKey[Counter[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--ground",
        action="append",
        metavar="NAME",
        help=f"the databases to run on: {' or '.join(NAMES)}, repeated or with commas; without it, both",
    )


def pytest_configure(config: pytest.Config) -> None:
    asked = [name for text in config.getoption("ground") or NAMES for name in text.split(",")]
    if unknown := set(asked) - set(NAMES):
        raise pytest.UsageError(f"--ground knows {' and '.join(NAMES)}, not {', '.join(sorted(unknown))}.")
    config.stash[CHOSEN] = [name for name in NAMES if name in asked]
    config.stash[RAN] = Counter()
    if is_worker(config):
        config.stash[FOLDER] = Path(config.workerinput["folder"])  # type: ignore[attr-defined]
        return
    if is_full(config):
        refuse_what_cannot_run()
    config.stash[FOLDER] = new_run_folder()


def refuse_what_cannot_run() -> None:
    """A run of everything says so at once when one of its grounds is missing."""
    try:
        postgres.programs()
        chromium()
    except CannotRun as error:
        raise pytest.UsageError(str(error)) from None


def is_worker(config: pytest.Config) -> bool:
    """Whether this process is one of xdist's."""
    return hasattr(config, "workerinput")


def is_full(config: pytest.Config) -> bool:
    """Whether this run was asked for everything."""
    narrowed = ("keyword", "markexpr", "ground", "collectonly", "deselect", "lf", "ignore", "maxfail", "stepwise")
    wanted_all = config.args_source is not pytest.Config.ArgsSource.ARGS
    return wanted_all and not any(config.getoption(name, None) for name in narrowed)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["folder"] = str(node.config.stash[FOLDER])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "ground" not in metafunc.fixturenames:
        return
    markers = {mark.name for mark in metafunc.definition.iter_markers()}
    if "browser" in markers:  # the browser sees pages, not databases
        markers.add("sqlite")
    names = [name for name in NAMES if name in markers] or metafunc.config.stash[CHOSEN]
    metafunc.parametrize("ground", names, indirect=True, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = []
    for item in items:
        ground = item.callspec.params.get("ground") if hasattr(item, "callspec") else None
        if ground and ground not in config.stash[CHOSEN]:
            left_out.append(item)
        elif item.get_closest_marker("browser"):
            item.user_properties.append(("ground", "browser"))
        elif ground:
            item.user_properties.append(("ground", ground))
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


class Account:
    """Counts what ran, in the process that prints the summary."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.outcome != "skipped":
            self.config.stash[RAN].update(value for name, value in report.user_properties if name == "ground")


def pytest_sessionstart(session: pytest.Session) -> None:
    if not is_worker(session.config):
        session.config.pluginmanager.register(Account(session.config))


def unvisited(config: pytest.Config) -> list[str]:
    """The grounds that a run of everything did not touch."""
    return [SPOKEN[name] for name in SPOKEN if not config.stash[RAN][name]] if is_full(config) else []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK and not is_worker(session.config) and unvisited(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    ran = config.stash[RAN]
    terminalreporter.write_line("")
    terminalreporter.write_line("Ran on " + ", ".join(f"{SPOKEN[name]}: {ran[name]}" for name in SPOKEN))
    for name in unvisited(config):
        terminalreporter.stats.setdefault("error", []).append(
            pytest.TestReport(
                nodeid=f"a run of everything had no test on {name}",
                location=("", None, ""),
                keywords={},
                outcome="failed",
                longrepr=None,
                when="setup",
            )
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    if FOLDER in config.stash and not is_worker(config):
        postgres.stop(config.stash[FOLDER])
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
