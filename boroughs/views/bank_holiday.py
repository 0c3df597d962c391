from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.forms.bank_holiday import BankHolidayChangeForm, BankHolidayForm, RemovalForm
from boroughs.models import BankHoliday
from boroughs.workflow.bank_holidays import remove_bank_holiday, save_bank_holiday
from contest_portal.access.as_at import looked_at
from contest_portal.access.gate import access
from contest_portal.access.grants import may
from contest_portal.audit.changes import changes_of
from contest_portal.audit.known_day import KnownDay

# Years before and after the one that is shown, to go on to.
NEAR = 4


@access("reference.read")
def bank_holidays(request: HttpRequest, year: int = 0) -> HttpResponse:
    known, bar = looked_at(request, KnownDay, BankHoliday)
    found = BankHoliday.objects.visible_to(request.user)
    year = year or known.day.year
    with known.of(BankHoliday):
        rows, years = list(found.in_year(year)), found.years()
    near = [each for each in years if abs(each - year) <= NEAR]
    page = bar | {
        "year": year,
        "years": [{"label": str(each), "href": address(each) + known.query, "active": each == year} for each in near],
        "rows": rows,
        "removed": BankHoliday.removed_from(year, known.until),
        "may_change": may(request.user, "reference.apply") and not known.is_past,
    }
    return render(request, "reference/bank_holiday/list.html", page)


@access("reference.apply", "GET", "POST")
def bank_holiday_new(request: HttpRequest) -> HttpResponse:
    form = BankHolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = save_bank_holiday(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{made} has been added")
        return redirect(address(made.day.year))
    return render(request, "reference/bank_holiday/new.html", {"form": form})


@access("reference.apply", "GET", "POST")
def bank_holiday_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BankHoliday.objects.editable_by(request.user), pk=pk)
    form = BankHolidayChangeForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        changed = save_bank_holiday(form.instance, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"The bank holiday is now {changed}")
        return redirect(address(changed.day.year))
    return render(request, "reference/bank_holiday/edit.html", {"form": form, "holiday": found})


@access("reference.apply", "GET", "POST")
def bank_holiday_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BankHoliday.objects.editable_by(request.user), pk=pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remove_bank_holiday(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"{found} is no longer a bank holiday")
        return redirect(address(found.day.year))
    return render(request, "reference/bank_holiday/removal.html", {"form": form, "holiday": found})


@access("reference.read")
def bank_holiday_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(BankHoliday.objects.visible_to(request.user), pk=pk)
    return render(request, "reference/bank_holiday/history.html", {"record": found, "changes": changes_of(found)})


def address(year: int) -> str:
    return reverse("bank_holidays_of", args=[year])
