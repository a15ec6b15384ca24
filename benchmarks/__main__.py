"""The command: python -m benchmarks. See README.md beside this file."""

import argparse
import json
import os
import platform
import signal
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import make_url

from benchmarks import table
from benchmarks.bare import connect
from benchmarks.grounds import Firm, firm_of, run_module
from benchmarks.measuring import Times, measured
from benchmarks.pages import SAVE, SEARCH, Measured, pages_of, saves_of
from benchmarks.paper import Printed, printed

SIZES = "2000,20000,200000"
SAVES = 60


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measures the product; prints the README's table.")
    parser.add_argument("--quick", action="store_true", help="2,000 customers, few requests: whether it runs at all")
    parser.add_argument("--sizes", default="", help=f"customers of the firms to measure ({SIZES})")
    parser.add_argument("--requests", type=int, help="requests of each page (300, quick: 10)")
    parser.add_argument("--only", default="", help="pages whose name has this in it; “paper” for the PDF alone")
    parser.add_argument("--out", type=Path, help="a file for the table as well")
    asked = parser.parse_args()
    asked.sizes = sorted(int(size) for size in (asked.sizes or ("2000" if asked.quick else SIZES)).split(","))
    asked.requests = max(1, asked.requests or (10 if asked.quick else 300))
    return asked


def main() -> None:
    """Measure each firm, then print."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    asked = arguments()
    pages: dict[str, dict[int, Times]] = defaultdict(dict)
    searches: dict[str, dict[int, tuple[float, float]]] = defaultdict(dict)
    papers: list[Printed] = []
    for customers in asked.sizes:
        with firm_of(customers) as firm:
            print(f"{firm.customers:,} customers …", file=sys.stderr)
            _measure(firm, asked, pages, searches)
            if customers == asked.sizes[0] and asked.only in ("", "paper"):
                papers = printed(firm, 1 if asked.quick else 3)
    text = "\n\n".join("\n".join(part) for part in _parts(pages, searches, papers)) + "\n"
    print(text)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")


def _measure(firm: Firm, asked: argparse.Namespace, pages: Any, searches: Any) -> None:
    chosen, saves = _chosen(firm, asked)
    warm_up = 2 if asked.quick else 10 * (os.cpu_count() or 1)
    for times in measured(firm, chosen, saves, asked.requests, warm_up) if chosen or saves.targets else ():
        pages[times.page.name][firm.customers] = times
        print(f"  {times.page.name}: {times.median:.1f} / {times.p99:.1f} ms, bare {median(times.bare):.1f} ms, "
              f"{times.queries} queries, {times.rows} rows", file=sys.stderr)  # fmt: skip
    if texts := {page.name: page.texts for page in chosen if page.kind == SEARCH}:
        compared = json.loads(run_module("finding", json.dumps(texts), within=firm.environment))
        for name, (search, scan) in compared.items():
            searches[name][firm.customers] = (search, scan)


def _chosen(firm: Firm, asked: argparse.Namespace) -> tuple[list[Measured], Measured]:
    os.environ["DATABASE_URL"], given = firm.address, os.environ.get("DATABASE_URL")
    try:
        connection = connect()
        pages, saves = pages_of(connection), saves_of(connection, SAVES)
        connection.close()
    finally:
        os.environ.pop("DATABASE_URL")
        if given is not None:
            os.environ["DATABASE_URL"] = given
    wanted = asked.only.casefold()
    if wanted not in saves.name.casefold():
        saves = Measured(saves.name, SAVE, saves.who, ())
    return [page for page in pages if wanted in page.name.casefold()], saves


def _parts(pages: Any, searches: Any, papers: list[Printed]) -> list[list[str]]:
    sizes = sorted({size for by in pages.values() for size in by})
    ground = make_url(os.environ.get("DATABASE_URL") or "sqlite://").get_backend_name()
    parts = [[f"{os.cpu_count()} cores, Python {platform.python_version()}, {ground}; median / p99, × the bare page."]]
    if pages:
        parts.append(table.page_table(pages, sizes))
    if searches:
        parts.append(table.search_table(searches, sizes))
    if papers:
        parts.append(table.paper_table(papers))
    return parts


if __name__ == "__main__":
    main()
