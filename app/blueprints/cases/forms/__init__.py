"""The forms of cases. `FORMS`: that of each action that has one, in the order in which the page offers them."""

from typing import Final

from app.blueprints.cases.forms import assessment, assignment, closing, contact, photos, site_work
from app.blueprints.cases.forms.base import ActionForm
from app.domain.cases.actions import Action

FORMS: Final[dict[Action, type[ActionForm]]] = {
    form.action: form
    for form in (
        contact.VerificationForm,
        assessment.JudgementForm,
        assignment.HandoffForm,
        contact.ContactForm,
        site_work.VisitForm,
        site_work.PlanForm,
        site_work.DispatchForm,
        site_work.TeamContactForm,
        site_work.WorkForm,
        contact.ProgressForm,
        contact.CheckForm,
        site_work.ResolutionForm,
        closing.AnswerForm,
        closing.RoundForm,
        closing.ClosureForm,
        closing.CancellationForm,
        contact.ChaseForm,
        assessment.UrgencyForm,
        assignment.OwnerForm,
        assessment.CategoryForm,
        site_work.CostsForm,
        photos.PhotosForm,
    )
}
