from django.http import Http404

from contest_portal.core.quarters import Quarter


def quarter_or_404(key: str) -> Quarter:
    try:
        return Quarter.from_key(key)
    except ValueError as error:
        raise Http404 from error
