from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contest_portal.ui import gallery


def components(request: HttpRequest) -> HttpResponse:
    """Every component on one page. Labelled where it is routed, since this package knows no permissions."""
    context = {
        "form": gallery.GalleryForm(),
        "wrong": gallery.filled_form(),
        "filter": gallery.filter_panel(request.GET),
        "page": gallery.listing(),
        "figures": [gallery.bars(), gallery.stacked(), gallery.trend()],
        "map": gallery.map_(),
        "changes": gallery.changes(),
        "states": gallery.STATES,
        **gallery.parameters(),
    }
    return render(request, "ui/gallery.html", context)
