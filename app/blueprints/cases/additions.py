"""What is added to a case beside its moves: another category, costs, photos."""

from typing import Any

from app.blueprints.cases import bp
from app.blueprints.cases import move_forms as forms
from app.blueprints.cases.carrying_out import carry_out
from app.blueprints.cases.forms import CategoryForm
from app.blueprints.cases.moves import by_me
from app.blueprints.cases.uploads import kept
from app.domain.cases import classifying, costs, photos
from app.domain.cases.models import Case
from app.web.access import requires


@bp.post("/<int:case_id>/category")
@requires("cases.handle")
def classify(case_id: int) -> Any:
    """改分类."""
    return carry_out(case_id, CategoryForm, _classified)


def _classified(case: Case, form: Any) -> None:
    classifying.classify(case, form.category_id.chosen, reason=form.reason.data or "", **by_me())


@bp.post("/<int:case_id>/costs")
@requires("cases.work")
def record_costs(case_id: int) -> Any:
    """费用."""
    return carry_out(case_id, forms.CostsForm, _costed)


def _costed(case: Case, form: Any) -> None:
    sums = {"labour": form.labour.data, "material": form.material.data, "payer": form.payer.data}
    costs.record(case, **sums, **by_me())


@bp.post("/<int:case_id>/photos")
@requires("cases.work")
def add_photos(case_id: int) -> Any:
    """补充照片."""
    return carry_out(case_id, forms.PhotosForm, _pictured)


def _pictured(case: Case, form: Any) -> None:
    who = by_me()
    photos.add(case, kept(form.photos, **who), **who)
