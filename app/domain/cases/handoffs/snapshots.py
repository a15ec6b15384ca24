"""What is handed over, as one canonical text with its digest: whoever signs, signs exactly this."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.cases.models import Case
from app.domain.projects.models import Contact


def content_of(
    case: Case,
    *,
    asked: str,
    addressee: str,
    sender: str,
    contacts: Sequence[Contact],
    sign_by: datetime,
    deadline: datetime | None,
    sent_at: datetime,
) -> dict[str, Any]:
    """The handoff in plain values: whom it is about, what they said and want, what is asked for, photos, deadline."""
    place = case.project or case.customer
    return {
        "case": case.number,
        "kind": case.kind.value,
        "round": case.round,
        "urgency": case.urgency.value,
        "customer": case.customer.addressed,
        "customer_name": case.customer.name,
        "phone": case.customer.phone,
        "contacts": [[contact.name, contact.relation, contact.number] for contact in contacts],
        "address": place.address or case.customer.address,
        "contract": case.project.contract_number if case.project else "",
        "category": _category_of(case),
        "content": case.content,
        "request": case.request,
        "in_warranty": case.in_warranty,
        "asked": asked,
        "photos": [photo.file.sha256 for photo in case.photos],
        "from": sender,
        "to": addressee,
        "sent_at": sent_at.isoformat(),
        "sign_by": sign_by.isoformat(),
        "deadline": deadline.isoformat() if deadline else None,
    }


def _category_of(case: Case) -> str:
    if case.category is None:
        return ""
    first = case.category.first_level
    return case.category.name if first is case.category else f"{first.name} · {case.category.name}"


def canonical(content: dict[str, Any]) -> str:
    """The one spelling of the content: keys in order, no spaces, letters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> dict[str, Any]:
    """The content again."""
    content: dict[str, Any] = json.loads(text)
    return content
