"""What is kept of an import: the columns of its file that changed a record, as the file has them."""

from collections.abc import Iterable, Mapping

from app.domain.audit.events import AuditEvent, Field, Subject
from app.domain.imports.reader.cells import phone
from app.domain.imports.reader.columns import Column


def imported(
    subject: Subject, label: str, columns: Iterable[Column], *own: str, parts: Mapping[str, Field] | None = None
) -> AuditEvent:
    """Declare it. `own` are columns of the record that follow from others, `parts` what stands in columns that the
    firm names."""
    fields = {column.name: Field(column.name, is_phone=column.read is phone) for column in columns}
    return subject.event("import", label, *own, fields=fields, parts=parts)
