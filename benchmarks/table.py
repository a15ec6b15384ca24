"""The README's table: what was measured, and of each aim whether it is met."""

from collections.abc import Mapping
from typing import Final

from benchmarks.measuring import Times
from benchmarks.pages import DAY, DETAIL, LIST
from benchmarks.paper import MAKER, THEIRS, Printed

TIMES_BARE: Final = 3.0
GROWTH: Final = {LIST: 1.2, DETAIL: 1.2, DAY: 2.0}
GROWS_FROM: Final = {LIST: 2_000, DETAIL: 2_000, DAY: 20_000}
GROWS_TO: Final = 200_000
TAIL: Final = 2.5
OF_A_SCAN: Final = 0.02
TIMES_CHROMIUM: Final = 1.3
MEGABYTES: Final = 150
KILOBYTES_A_PAGE: Final = 350 / 4

By = Mapping[int, Times]
"""The times of one page by the number of customers."""


def page_table(pages: Mapping[str, By], sizes: list[int]) -> list[str]:
    """Lines of Markdown: for each page its queries, and at each size median / p99 in ms and × the bare page."""
    heads = [f"{size:,} customers" for size in sizes]
    lines = ["| page | queries | " + " | ".join(heads) + " | aims |", "| --- " * (len(sizes) + 3) + "|"]
    for name, by in pages.items():
        cells = [_cell(by.get(size)) for size in sizes]
        queries = max(times.queries for times in by.values())
        lines.append(f"| {name} | {queries} | " + " | ".join(cells) + f" | {_verdict(by)} |")
    return lines


def search_table(compared: Mapping[str, Mapping[int, tuple[float, float]]], sizes: list[int]) -> list[str]:
    """Lines of Markdown: a search's statements beside a LIKE scan, in the database alone."""
    heads = [f"{size:,} customers" for size in sizes]
    lines = ["| search, in the database | " + " | ".join(heads) + " | aims |", "| --- " * (len(sizes) + 2) + "|"]
    for name, by in compared.items():
        cells = [f"{by[size][0]:.2f} / {by[size][1]:.1f} ms" if size in by else "" for size in sizes]
        largest = max(by)
        share = by[largest][0] / by[largest][1]
        verdict = _aim(share, OF_A_SCAN, f"{share:.3f} of a LIKE scan")
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {verdict} |")
    return lines


def paper_table(made: list[Printed]) -> list[str]:
    """Lines of Markdown: the sheet by our maker beside Chromium's, then the whole command."""
    lines = ["| a month's PDF, cold | time | memory | size | pages | aims |", "| --- " * 6 + "|"]
    chromium = next((one.seconds for one in made if one.by == THEIRS), None)
    for one in made:
        verdicts = []
        if one.by == MAKER and chromium:
            verdicts.append(_aim(one.seconds / chromium, TIMES_CHROMIUM, f"{one.seconds / chromium:.2f} × Chromium"))
        if one.by != THEIRS:
            each = one.kilobytes / one.pages
            verdicts.append(_aim(one.megabytes, MEGABYTES, f"{one.megabytes:.0f} MB"))
            verdicts.append(_aim(each, KILOBYTES_A_PAGE, f"{each:.0f} KB a page"))
        lines.append(f"| {one.by} | {one.seconds:.2f} s | {one.megabytes:.0f} MB | {one.kilobytes:.0f} KB "
                     f"| {one.pages} | {', '.join(verdicts)} |")  # fmt: skip
    return lines


def _cell(times: Times | None) -> str:
    if times is None:
        return ""
    return f"{times.median:.1f} / {times.p99:.1f} ms, {times.times_bare:.1f} ×"


def _verdict(by: By) -> str:
    largest = by[max(by)]
    kind = largest.page.kind
    found = [_aim(largest.p99 / largest.median, TAIL, f"p99 {largest.p99 / largest.median:.1f} medians")]
    if kind in (LIST, DETAIL):
        found.append(_aim(largest.times_bare, TIMES_BARE, f"{largest.times_bare:.1f} × bare"))
    start, end = (_nearest(by, size) for size in (GROWS_FROM.get(kind, 0), GROWS_TO))
    if start is not None and end is not None:
        ratio = end.median / start.median
        rows = f" ({start.rows} and {end.rows} rows)" if start.rows != end.rows else ""
        found.append(_aim(ratio, GROWTH[kind], f"grows {ratio:.2f} ×{rows}"))
    return ", ".join(found)


def _nearest(by: By, size: int) -> Times | None:
    return next((times for customers, times in by.items() if size <= customers < size * 1.05), None)


def _aim(value: float, most: float, text: str) -> str:
    return f"met: {text}" if value <= most else f"**missed** (at most {most:g}): {text}"
