"""Which pairs of letters find a customer: two-letter search that an index serves on either database."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from app.domain.customers.models import AddressParts, Customer


@lru_cache(maxsize=8192)  # the same estates and buildings come again and again
def folded(text: str) -> str:
    """The text as it is compared: half-width, lower case, without spaces and separators."""
    composed = unicodedata.normalize("NFKC", text).lower()
    return "".join(letter for letter in composed if unicodedata.category(letter)[0] in "LN")


def runs(text: str) -> list[str]:
    """The runs of figures and Latin letters in a text, and the runs of what is between them, folded."""
    return re.findall(r"[a-z0-9]+|[^a-z0-9]+", folded(text))


def grams(text: str) -> set[str]:
    """The pairs of neighbouring letters of a folded text; a single letter is itself."""
    text = folded(text)
    return {text[at : at + 2] for at in range(len(text) - 1)} if len(text) > 1 else {text} - {""}


def of_customer(customer: Customer, places: Iterable[AddressParts]) -> set[str]:
    """What finds the customer: pairs of the name, its first letter, and the pairs of each part of each address."""
    found = grams(customer.name) | {folded(customer.name)[:1]}
    for place in places:
        for part in (place.district, place.estate, place.building, place.unit, place.room):
            found.update(*(grams(run) for run in runs(part)))
    return found - {""}


def words(customer: Customer, places: Iterable[AddressParts]) -> str:
    """All that a search word may be a part of, folded."""
    parts = [customer.name]
    for place in places:
        parts += [place.district, place.estate, place.building, place.unit, place.room]
    return " ".join(folded(part) for part in parts)
