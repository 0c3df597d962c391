from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contest_portal.access.gate import access


@access("reference.read")
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "reference/index.html")
