"""A file for the archive: sent, looked at with everything odd in it, and kept or thrown away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from contest_portal.access.gate import access
from reports.archive.reading import read
from reports.forms.archive import ArchiveFileForm, BelongingForm
from reports.models import ArchiveUpload
from reports.rendering.archived import sheet
from reports.workflow.archiving import belonging_of, content_of, drop_upload, hold_upload, keep_upload


@access("archive.keep", "GET", "POST")
def archive_upload_new(request: HttpRequest) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ArchiveFileForm(*sent, user=request.user)
    if form.is_valid():
        name = form.cleaned_data["file"].name
        upload = hold_upload(form.read.lines, form.read.notes, name=name, by=request.user)
        return redirect("archive_upload", upload.pk)
    return render(request, "reports/archive/upload_new.html", {"form": form})


@access("archive.keep", "GET", "POST")
def archive_upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was read, before it is kept."""
    found = get_object_or_404(ArchiveUpload.objects.visible_to(request.user), pk=pk)
    reading = read([(text, hint) for text, hint in found.lines], found.notes)
    sent = request.POST if request.method == "POST" else None
    form = BelongingForm(sent, user=request.user, belonging=belonging_of(reading))
    if form.is_valid():
        paper = keep_upload(found, form.belonging(), by=request.user)
        messages.success(request, "The paper is in the archive.")
        return redirect(paper)
    context = {
        "form": form,
        "upload": found,
        "front": reading.front,
        "flags": reading.oddities,
        "sheet": sheet(content_of(reading), reading.oddities),
    }
    return render(request, "reports/archive/upload.html", context)


@access("archive.keep", "POST")
def archive_upload_removal(request: HttpRequest, pk: UUID) -> HttpResponse:
    drop_upload(get_object_or_404(ArchiveUpload.objects.visible_to(request.user), pk=pk))
    messages.success(request, "The file is thrown away. Nothing of it was kept.")
    return redirect("archive_upload_new")
