from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify

from contest_portal.access.gate import access
from contest_portal.ui.xlsx import xlsx_download
from reports.figures import figures
from reports.figures.rights import readable
from reports.spreadsheets.dashboard import dashboard_workbook
from reports.views.chosen import chosen_part, chosen_quarter
from strands.views.as_at import day_of


@access("dashboard.read")
def dashboard_xlsx(request: HttpRequest) -> HttpResponse:
    """Every figure of a dashboard over the areas and strand of the address, with its definition."""
    known = day_of(request)
    quarter = chosen_quarter(request, known.day)
    part = chosen_part(request, quarter)
    if part.is_empty:
        raise Http404
    found = figures(readable(request.user, part), quarter, known, part)
    day = f"-as-known-on-{known.day.isoformat()}" if known.is_past else ""
    content = dashboard_workbook(list(found.values()), f"{part.name}, {quarter}")
    return xlsx_download(f"dashboard-{slugify(part.name)}-{quarter.key}{day}", content)
