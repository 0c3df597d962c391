from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contest_portal.access.gate import access
from contest_portal.access.grants import may


@access("reference.read")
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "reference/index.html", {"reads_boroughs": may(request.user, "borough.read")})
