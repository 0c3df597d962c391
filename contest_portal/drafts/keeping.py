"""What a page does to keep drafts: `@keeps_draft("Log an activity")` on its view, and `form_for` for its form."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from contest_portal.accounts.models import User
from contest_portal.drafts.models import KEPT, Draft
from contest_portal.ui.formats import time_of_day

View = Callable[..., HttpResponse]
# Enough for the longest form many times over.
MOST_CHARACTERS = 200_000
MOST_OF_A_PERSON = 40
BOXES = {"draft_key", "draft_from", "draft_page", "draft_person", "draft_proof"}
OWN_NAMES = frozenset({"csrfmiddlewaretoken", "save_draft", *BOXES})
PROOF = "contest_portal.drafts"


def keeps_draft(words: str) -> Callable[[View], View]:
    """Stands under @access. The draft goes once the page was sent and led on to another one."""

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and "save_draft" in request.POST:
                draft = save_draft(request.POST, page_of(request), by=request.user)
                messages.success(request, saved_words(draft))
                return HttpResponseRedirect(draft.address)
            response = view(request, *args, **kwargs)
            if request.method == "POST" and response.status_code == 302:
                drop_drafts(request.POST, by=request.user)
            return response

        kept.draft_words = words  # type: ignore[attr-defined]
        return kept

    return decorate


def form_for(request: HttpRequest, form_class: Any, **kwargs: Any) -> Any:
    """The form as it was sent, as it stands in the draft that the address names, or new."""
    if request.method == "POST":
        return form_class(request.POST, **kwargs)
    draft = continued(request)
    if draft is None:
        return form_class(None, **kwargs)
    form = form_class(typed(draft), **kwargs)
    form.show_as_typed()
    return form


def continued(request: HttpRequest) -> Draft | None:
    """The person's own draft of this very page, if the address names one."""
    key = as_key(request.GET.get("draft", ""))
    return Draft.objects.of_user(request.user).filter(key=key, page=page_of(request)).first() if key else None


def typed(draft: Draft) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data


def page_of(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("draft", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def words_of_page(page: str) -> str:
    """What the page is called in lists of drafts. A page that keeps none is not there."""
    try:
        view = resolve(page.partition("?")[0]).func
    except Resolver404:
        raise Http404 from None
    words = getattr(view, "draft_words", "")
    if not words:
        raise Http404
    return words


def save_draft(post: QueryDict, page: str, *, by: Any) -> Draft:
    """Keep what was typed under the key of the opened page. The draft that it went on from is then that one."""
    words = words_of_page(page)
    key = as_key(post.get("draft_key", ""))
    data = _typed(post)
    if key is None or not _fits(data):
        raise Http404
    draft = Draft.objects.keep(Draft(key=key, owner=by, page=page, words=words, data=data, saved_at=timezone.now()))
    if draft is None:
        raise PermissionDenied
    Draft.objects.of_user(by).filter(key=as_key(post.get("draft_from", ""))).exclude(key=key).delete()
    _tidy(by)
    return draft


def proof_of(person: Any, key: Any, page: str) -> str:
    """Stands in the page, so that what it sends can be kept for whoever opened it when nobody is signed in any more."""
    return signing.dumps([str(person), str(key), page], salt=PROOF)


def keep_unsent(request: HttpRequest) -> Draft | None:
    """Keep what could not be sent for whoever opened the page, who finds it among their drafts. The page proves who
    that is and nobody is let in by it: a draft is read by its own person alone, once they have signed in."""
    post, page = request.POST, page_of(request)
    try:
        person, key, opened = signing.loads(post.get("draft_proof", ""), salt=PROOF, max_age=KEPT)
    except signing.BadSignature:
        return None
    owner = User.objects.active().filter(pk=person).first()
    if owner is None or (key, opened) != (post.get("draft_key"), page) or not _fits(_typed(post)):
        return None
    return save_draft(post, page, by=owner)


def drop_drafts(post: QueryDict, *, by: Any) -> None:
    """Both the draft of the opened page and the one that it went on from."""
    keys = [key for name in ("draft_key", "draft_from") if (key := as_key(post.get(name, "")))]
    Draft.objects.of_user(by).filter(key__in=keys).delete()


def saved_words(draft: Draft) -> str:
    return f"Draft saved at {time_of_day(draft.saved_at)}"


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _typed(post: QueryDict) -> dict[str, list[Any]]:
    return {name: values for name, values in post.lists() if name not in OWN_NAMES}


def _fits(data: dict[str, list[Any]]) -> bool:
    return sum(len(name) + sum(map(len, values)) for name, values in data.items()) <= MOST_CHARACTERS


def _tidy(owner: Any) -> None:
    Draft.objects.forget_expired()
    newest = Draft.objects.of_user(owner).values_list("key", flat=True)[:MOST_OF_A_PERSON]
    Draft.objects.of_user(owner).exclude(key__in=list(newest)).delete()
