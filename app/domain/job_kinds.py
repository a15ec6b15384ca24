"""Which long tasks there are. Begun as `room.what`: of one room and subject only one is at work at a time."""

from typing import Final

from app.domain.imports import jobs as imports
from app.domain.jobs.kinds import JobKind

JOBS: Final = {
    imports.CHECK: JobKind(imports.check, only_reads=True),
    imports.APPLY: JobKind(imports.apply),
}
