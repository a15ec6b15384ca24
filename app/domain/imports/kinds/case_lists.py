"""分类 of imported cases, looked up for many at once."""

from sqlalchemy import select

from app.domain.core.enums import N_
from app.domain.imports.context import ImportContext
from app.domain.imports.lookups import UNKNOWN
from app.domain.imports.problems import CellRefused
from app.domain.plans.enums import WarrantyTerm
from app.domain.plans.models import Category
from app.extensions import db


class Categories:
    """分类, two levels, by name."""

    def __init__(self, work: ImportContext) -> None:
        self.work = work
        self.first: dict[str, Category] = {}
        self.second: dict[tuple[str, str], Category] = {}
        rows = db.session.scalars(select(Category).order_by(Category.id)).all()
        for row in rows:
            if row.parent is None:
                self.first[row.name] = row
            else:
                self.second[row.parent.name, row.name] = row

    def find(self, first: str | None, second: str | None, now: Category | None) -> Category | None:
        """The category that the two cells name; an empty cell leaves its level as it is."""
        if first is None and second is None:
            return now
        above = self._first(first) if first else self._above(second, now)
        if second is not None:
            return self._second(above, second)
        return now if now is not None and now.first_level is above else above

    def _first(self, name: str) -> Category:
        if name not in self.first:
            self.first[name] = self._made("一级分类", name, None)
        return self.first[name]

    def _second(self, above: Category, name: str) -> Category:
        if (above.name, name) not in self.second:
            self.second[above.name, name] = self._made("二级分类", name, above)
        return self.second[above.name, name]

    def _above(self, second: str | None, now: Category | None) -> Category:
        if now is not None:
            return now.first_level
        above = [first for first, name in self.second if name == second]
        if len(above) != 1:
            raise CellRefused("二级分类", N_("没有写一级分类，看不出“%(name)s”属于哪一类。"), name=second)
        return self.first[above[0]]

    def _made(self, column: str, name: str, above: Category | None) -> Category:
        if not self.work.create:
            raise CellRefused(column, UNKNOWN, name=name, what=N_("分类"))
        term = above.term if above else WarrantyTerm.GENERAL
        made = Category(name=name, parent=above, term=term, position=len(self.first) + len(self.second) + 1)
        self.work.make(N_("分类"), f"{above.name} · {name}" if above else name, made)
        return made
