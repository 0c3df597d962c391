"""What stands around a form that keeps drafts. On other pages both tags draw nothing."""

from typing import Any
from uuid import uuid4

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from contest_portal.drafts.keeping import continued, page_of, proof_of
from contest_portal.drafts.models import Draft

register = template.Library()

FEW, FEW_AT_HOME = 3, 5


@register.simple_tag(takes_context=True)
def drafts_of_page(context: Context) -> SafeString:
    """What the person has begun on this page before: to continue, or to throw away."""
    request = _keeping(context)
    if request is None or request.method != "GET":
        return SafeString()
    going_on = continued(request)
    if going_on is None and "draft" not in request.GET:
        found = Draft.objects.of_user(request.user).filter(page=page_of(request))[:FEW]
        return render_to_string("drafts/offered.html", {"drafts": found}, request) if found else SafeString()
    return render_to_string("drafts/continued.html", {"draft": going_on}, request)


@register.simple_tag(takes_context=True)
def drafts_begun(context: Context) -> SafeString:
    """For the home page: everything that the person has begun and not sent."""
    request = context["request"]
    found = Draft.objects.of_user(request.user)[:FEW_AT_HOME]
    return render_to_string("drafts/begun.html", {"drafts": found}, request) if found else SafeString()


@register.simple_tag(takes_context=True)
def draft_boxes(context: Context) -> SafeString:
    """Inside the form: its key, the line that says what is saved, and a button for who has no script."""
    request = _keeping(context)
    if request is None:
        return SafeString()
    going_on = continued(request)
    key, page = request.POST.get("draft_key") or uuid4(), page_of(request)
    boxes: dict[str, Any] = {
        "key": key,
        "going_on": request.POST.get("draft_from") or (going_on.key if going_on else ""),
        "page": page,
        "person": request.user.pk,
        "proof": proof_of(request.user.pk, key, page),
        "minutes": settings.SESSION_IDLE_SECONDS // 60,
    }
    return render_to_string("drafts/boxes.html", boxes, request)


def _keeping(context: Context) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    match: Any = getattr(request, "resolver_match", None)
    words = getattr(match.func, "draft_words", "") if match else ""
    return request if words else None
