from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.as_at import as_it_was
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.drafts.keeping import form_for, keeps_draft
from strands.forms.equality_assessment import EqualityAssessmentForm
from strands.models import EqualityAssessment, StrategyVersion
from strands.views.as_at import as_at
from strands.workflow.risks import save_assessment

DIRECTORY = "strands/equality_assessment"


@access("deliverable.read")
def equality_assessments(request: HttpRequest) -> HttpResponse:
    """Each with the reason why it has to be looked at again, where there is one."""
    known, bar = as_at(request, EqualityAssessment)
    strategy = StrategyVersion.in_force_on(known.day)
    with known.of(EqualityAssessment):
        rows = list(EqualityAssessment.objects.visible_to(request.user).in_order())
    context = bar | {
        "rows": [(row, row.why_review(known.day, strategy)) for row in rows],
        "may_add": may(request.user, "deliverable.edit") and not known.is_past,
    }
    return render(request, f"{DIRECTORY}/list.html", context)


@access("deliverable.read")
def equality_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    rows = EqualityAssessment.objects.visible_to(request.user).in_order()
    known, bar = as_at(request)
    found = as_it_was(rows, known, known.of(EqualityAssessment), pk=pk)
    context = bar | {
        "assessment": found,
        "why_review": found.why_review(known.day, StrategyVersion.in_force_on(known.day)),
        "editable": not known.is_past and EqualityAssessment.objects.editable_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, f"{DIRECTORY}/detail.html", context)


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Enter an equality assessment")
def equality_assessment_new(request: HttpRequest) -> HttpResponse:
    return _asked(request, EqualityAssessment())


@access("deliverable.edit", "GET", "POST")
@keeps_draft("Change an equality assessment")
def equality_assessment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _asked(request, get_object_or_404(EqualityAssessment.objects.editable_by(request.user), pk=pk))


def _asked(request: HttpRequest, found: EqualityAssessment) -> HttpResponse:
    form = form_for(request, EqualityAssessmentForm, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = save_assessment(form.instance, by=request.user)
        messages.success(request, f"The assessment of “{made}” is saved. {form.merged_words}".strip())
        return redirect(made)
    context = {"form": form, "assessment": None if found._state.adding else found}
    return render(request, f"{DIRECTORY}/form.html", context, status=409 if form.overtaken else 200)


@access("deliverable.read")
def equality_assessment_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(EqualityAssessment.objects.visible_to(request.user), pk=pk)
    return render(request, f"{DIRECTORY}/history.html", {"record": found, "changes": changes_of(found)})
