"""Takes the times: one request after the other, the product's page and the bare one in turn."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import median

from benchmarks.grounds import Firm
from benchmarks.pages import SAVE, Measured
from benchmarks.serving import Answer, Browser, serving

LONGEST_SECONDS = 120.0
"""A page so slow that it would take longer is opened less often."""
FEWEST = 10
RADIO = re.compile(r'name="(q_[a-z0-9_]+)"[^>]*? type="radio" value="([^"]*)"')


@dataclass
class Times:
    """What was measured of a page: milliseconds of each request, of the bare page's, and the page's queries, rows."""

    page: Measured
    taken: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    queries: int = 0
    rows: int = 0

    @property
    def median(self) -> float:
        """Milliseconds that half of the requests stayed below."""
        return median(self.taken)

    @property
    def p99(self) -> float:
        """Milliseconds that 99 of 100 requests stayed below."""
        return sorted(self.taken)[max(0, -(-len(self.taken) * 99 // 100) - 1)]

    @property
    def times_bare(self) -> float:
        """How many times the bare page the page takes."""
        return self.median / median(self.bare)


class Measurement:
    """The browsers of everyone who opens pages, on one server."""

    def __init__(self, firm: Firm, port: int, warm_up: int) -> None:
        self.firm, self.port, self.warm_up = firm, port, warm_up
        self.people: dict[str, Browser] = {}

    def times(self, page: Measured, requests: int) -> Times:
        """Open the page so often, after the warm-up."""
        result, browser = Times(page), self._browser(page.who)
        if page.kind == SAVE:
            for path, bare in page.targets:
                if len(result.taken) < requests and (saved := _save(browser, path)):
                    result.taken.append(saved.seconds * 1000)
                    result.bare.append(_checked(browser.post(bare, {}), bare, 302).seconds * 1000)
            return result
        for path, bare in islice(cycle(page.targets), self.warm_up):
            browser.get(path)
            browser.get(bare)
        end = time.monotonic() + LONGEST_SECONDS
        for path, bare in islice(cycle(page.targets), requests):
            answer = _checked(browser.get(path), path, 200, 302)
            result.taken.append(answer.seconds * 1000)
            result.rows = max(result.rows, answer.text.count("<tr"))
            result.bare.append(_checked(browser.get(bare), bare, 200).seconds * 1000)
            if time.monotonic() > end and len(result.taken) >= FEWEST:
                break
        return result

    def queries(self, page: Measured, most: int) -> int:
        """The most statements that one of the page's addresses takes, of so many opened."""
        browser = self._browser(page.who)
        if page.kind == SAVE:
            return max((saved.queries for path, _bare in page.targets if (saved := _save(browser, path))), default=0)
        browser.get(page.targets[0][0])
        return max(browser.get(path).queries for path, _bare in page.targets[:most])

    def _browser(self, who: str) -> Browser:
        if who not in self.people:
            self.people[who] = Browser(self.port).sign_in(who, self.firm.password)
        return self.people[who]


def measured(firm: Firm, pages: list[Measured], saves: Measured, requests: int, warm_up: int) -> Iterator[Times]:
    """Each page's times, its queries counted beforehand by a server of their own; the saves come last."""
    kept = max(1, len(saves.targets) // 10)
    counted_saves = Measured(saves.name, saves.kind, saves.who, saves.targets[:kept])
    timed_saves = Measured(saves.name, saves.kind, saves.who, saves.targets[kept:])
    with serving(firm, counting=True) as port:
        counting = Measurement(firm, port, 0)
        queries = [counting.queries(page, requests) for page in [*pages, counted_saves]]
    with serving(firm) as port:
        timing = Measurement(firm, port, warm_up)
        for page, count in zip([*pages, timed_saves], queries, strict=True):
            if page.targets:
                times = timing.times(page, requests)
                times.queries = count
                if times.taken:
                    yield times


def _save(browser: Browser, path: str) -> Answer | None:
    """Save the call with the first answer to each question, all of them good ones; None where that is not enough."""
    opened = browser.get(path)
    answers = dict(reversed(RADIO.findall(opened.text)))
    form = opened.hidden() | answers | {"outcome": "reached", "interviewee": "本人", "remarks": "一切都好"}
    saved = browser.post(f"{path}/call", form)
    return saved if saved.status == 302 else None


def _checked(answer: Answer, path: str, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise SystemExit(f"{path} answered {answer.status}.")
    return answer
