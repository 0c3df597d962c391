from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.models import Borough
from contest_portal.access.gate import access
from contest_portal.core.quarters import Quarter
from contest_portal.ui.xlsx import xlsx_download
from strands.forms.spreadsheet import LoadingForm, SpreadsheetForm, quarter_in
from strands.models import Activity, ImportJob
from strands.spreadsheets.opening import why_not_take
from strands.spreadsheets.reference import Reference
from strands.spreadsheets.template import template
from strands.workflow.importing import load_spreadsheet, send_spreadsheet, try_again
from strands.workflow.reading import record_reading

# htmx stops asking when it gets this status.
SETTLED = 286
SHOWN = 10


@access("activity.log", "GET", "POST")
def spreadsheet(request: HttpRequest) -> HttpResponse:
    form = SpreadsheetForm(request.POST, request.FILES) if request.method == "POST" else SpreadsheetForm()
    if form.is_valid():
        file, content = form.cleaned_data["file"], form.cleaned_data["file"].read()
        refusal = why_not_take(file.name, content)
        if not refusal:
            key = form.cleaned_data["form_key"]
            return redirect(send_spreadsheet(file.name, content, form_key=key, by=request.user))
        form.add_error("file", refusal)
    this = Quarter.of(timezone.localdate())
    context = {
        "form": form,
        "boroughs": Borough.objects.logged_by(request.user),
        "quarters": [this, this.previous()],
        "sent": ImportJob.objects.visible_to(request.user).defer("content").order_by("-created_at")[:SHOWN],
    }
    return render(request, "strands/spreadsheet/send.html", context)


@access("activity.log")
def spreadsheet_template(request: HttpRequest, gss_code: str) -> HttpResponse:
    borough = get_object_or_404(Borough.objects.logged_by(request.user), pk=gss_code)
    quarter = quarter_in(request.GET)
    rows: list[Activity] = []
    if quarter:
        led = Activity.objects.editable_by(request.user).filter(lead_borough=borough)
        rows = list(led.in_quarter(quarter).in_full().with_plan_lines().select_related("parent").newest_first())
        record_reading(rows, "downloaded", by=request.user)
    name = f"activities-{borough.code}{f'-{quarter.key}' if quarter else ''}"
    return xlsx_download(name, template(borough, Reference(request.user), rows))


@access("activity.log")
def spreadsheet_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, _own(request, pk))


@access("activity.log")
def spreadsheet_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _own(request, pk)
    context = {"job": job, "form": _loading_form(None, job)}
    status = SETTLED if job.is_settled else 200
    return render(request, "strands/spreadsheet/progress.html", context, status=status)


@access("activity.log", "POST")
def spreadsheet_load(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _own(request, pk)
    form = _loading_form(request.POST, job)
    if not form.is_valid():
        return _page(request, job, form)
    load_spreadsheet(job, by=request.user)
    return redirect(job)


@access("activity.log", "POST")
def spreadsheet_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _own(request, pk)
    try_again(job)
    return redirect(job)


def _own(request: HttpRequest, pk: UUID) -> ImportJob:
    return get_object_or_404(ImportJob.objects.visible_to(request.user).defer("content"), pk=pk)


def _loading_form(data: Any, job: ImportJob) -> LoadingForm:
    return LoadingForm(data, asked=bool(job.result.get("questions")) and not job.is_loading)


def _page(request: HttpRequest, job: ImportJob, form: LoadingForm | None = None) -> HttpResponse:
    context = {"job": job, "form": form or _loading_form(None, job)}
    return render(request, "strands/spreadsheet/import.html", context)
