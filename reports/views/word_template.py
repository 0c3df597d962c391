from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from boards.models import Board
from contest_portal.access.gate import access
from reports.forms.word_template import WordTemplateForm
from reports.models import Paper, WordTemplate
from reports.models.pack import BUILD
from reports.rendering.word_template import PLACES
from reports.views.document import TYPES
from reports.views.handing_out import attached
from reports.workflow.documents import ask_for_word
from reports.workflow.word_templates import content_of, keep_template


@access("paper.issue", "GET", "POST")
def word_template(request: HttpRequest, key: str) -> HttpResponse:
    board = get_object_or_404(Board.objects.covered_by(request.user, BUILD), key=key)
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        keep_template(board, form.name, form.content, by=request.user)
        messages.success(request, "The template is kept. It is used for Word files that are asked for from now on.")
        return redirect("word_template", key)
    page = {"board": board, "form": form, "places": PLACES, "template": WordTemplate.objects.of(board)}
    return render(request, "reports/word_template/page.html", page)


@access("paper.issue")
def word_template_file(request: HttpRequest, key: str) -> HttpResponse:
    """The one in force, to look at or to begin from."""
    board = get_object_or_404(Board.objects.covered_by(request.user, BUILD), key=key)
    found = WordTemplate.objects.of(board)
    name = found.name if found else f"{slugify(board.short_name)}-template.docx"
    return attached(content_of(found), name, TYPES["docx"])


@access("paper.read", "POST")
def paper_word(request: HttpRequest, pk: int) -> HttpResponse:
    """As much of it as the person reads; `version=public` for the public version."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user).filter(issue__isnull=False).in_full(), pk=pk)
    return redirect(ask_for_word(paper.issue, public=request.POST.get("version") == "public", by=request.user))
