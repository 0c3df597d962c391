from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect

from contest_portal.access.gate import SIGNED_IN, access
from contest_portal.drafts.keeping import save_draft, saved_words
from contest_portal.drafts.models import Draft


@access(SIGNED_IN, "POST")
def draft_saving(request: HttpRequest) -> HttpResponse:
    """What the script of a page sends every few seconds. The page says whose it is, so that nobody gets another's."""
    if request.POST.get("draft_person") != str(request.user.pk):
        return JsonResponse({"words": "Somebody else has signed in on this browser. Nothing was saved"}, status=409)
    draft = save_draft(request.POST, request.POST.get("draft_page", ""), by=request.user)
    return JsonResponse({"words": saved_words(draft), "key": str(draft.key)})


@access(SIGNED_IN)
def draft_token(request: HttpRequest) -> HttpResponse:
    """For a page that was open while its person signed in again elsewhere: its own token holds no more."""
    return JsonResponse({"token": get_token(request), "person": str(request.user.pk)})


@access(SIGNED_IN, "POST")
def draft_removal(request: HttpRequest, key: UUID) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.of_user(request.user), pk=key)
    draft.delete()
    messages.success(request, f"The draft “{draft.words}” is thrown away.")
    return redirect(draft.page if request.POST.get("then") == "page" else "home")
