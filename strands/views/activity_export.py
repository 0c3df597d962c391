from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from contest_portal.access.grants import rights_of
from contest_portal.core.refusal import Refused
from contest_portal.ui.csv import csv_response
from contest_portal.ui.xlsx import xlsx_download
from strands.models import ExportJob
from strands.workflow.exporting import ask_for_export, record_download, why_not_hand_out

# htmx stops asking when it gets this status.
SETTLED = 286


@access("activity.list", "POST")
def activities_export_new(request: HttpRequest) -> HttpResponse:
    kind = "xlsx" if request.POST.get("format") == "xlsx" else "csv"
    query = QueryDict(request.POST.get("query", "")).urlencode()
    return redirect(ask_for_export(query, kind, by=request.user))


@access("activity.list")
def activities_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _own(request, pk)
    return render(request, "strands/activity/export.html", {"job": job, "marking": job.marking or "OFFICIAL"})


@access("activity.list")
def activities_export_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _own(request, pk)
    return render(
        request, "strands/activity/export_progress.html", {"job": job}, status=SETTLED if job.is_settled else 200
    )


@access("activity.list")
def activities_export_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(ExportJob.objects.visible_to(request.user), pk=pk)
    refusal = why_not_hand_out(job, rights_of(request.user))
    if refusal:
        raise Refused(refusal)
    record_download(job, by=request.user)
    name, content = str(job).rpartition(".")[0], bytes(job.content)
    return csv_response(name, content) if job.format == "csv" else xlsx_download(name, content)


def _own(request: HttpRequest, pk: UUID) -> ExportJob:
    return get_object_or_404(ExportJob.objects.visible_to(request.user).defer("content"), pk=pk)
