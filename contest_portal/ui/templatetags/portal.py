"""Every tag and filter of the design system; built into all templates, so nothing has to be loaded."""

from collections import Counter
from functools import cache
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static as static_
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contest_portal.ui import charts, drawing, filtering, formats, macros, paging, status, tables, tiles
from contest_portal.ui.prose import prose
from contest_portal.ui.tabular import Figure

register = template.Library()

register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("number", formats.number)
register.filter("pounds", formats.pounds)
register.filter("markdown", prose)

# Components that the macros do not have; their names are those of the Ministry of Justice's design system.
OWN = frozenset({"sub_navigation", "timeline", "metric", "progress"})


@register.filter
def quarter(value: Any) -> str:
    """Q2 2026/27 (July to September 2026)"""
    return str(value) if value else formats.NOT_RECORDED


@register.simple_tag
@cache
def static(path: str) -> str:
    """As Django's own, which works out the address anew for each of the eight on every page."""
    return static_(path)


@register.simple_tag
def component(name: str, **params: Any) -> SafeString:
    if name in OWN:
        return render_to_string(f"ui/{name}.html", params)
    return macros.component(name, params)


@register.simple_block_tag(end_name="endcomponentblock")
def componentblock(content: str, name: str, **params: Any) -> SafeString:
    """A component around other HTML: {% componentblock "details" summary_text="More" %}…{% endcomponentblock %}"""
    return component(name, html=SafeString(content), **params)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    return drawing.draw(bound)


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    return drawing.draw_all(form)


@register.simple_tag
def error_summary(form: forms.BaseForm | None, *, focus: bool = True) -> SafeString:
    """First on the page and focused by the script; each error links to its box."""
    if form is None or not getattr(form, "errors", None):
        return SafeString()
    errors = [{"text": error} for error in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        errors += [{"text": error, "href": f"#{drawing.first_box(bound)}"} for error in bound.errors]
    still = None if focus else True
    params = {"title_text": "There is a problem", "error_list": errors, "disable_auto_focus": still}
    return macros.component("error_summary", params)


@register.simple_tag(name="status")
def status_(value: Any) -> SafeString:
    return status.status_tag(value)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page, noun: str = "") -> SafeString:
    """Showing 1 to 25 of 38 activities, and the pages when there is more than one."""
    pages = (
        macros.component("pagination", paging.pagination(page, context["request"])) if page.has_other_pages() else ""
    )
    words = paging.showing(page, noun)
    return format_html('<div class="portal-paging"><p class="portal-showing">{}</p>{}</div>', words, pages)


@register.simple_tag(takes_context=True)
def filters(context: Context, filterset: Any) -> SafeString:
    return render_to_string("ui/filters.html", filtering.panel(filterset, context["request"].path))


@register.simple_tag
def breadcrumb(label: Any, to: str = "", *args: Any, **kwargs: Any) -> SafeString:
    """One step: a label with the name of a route (and its arguments) or an address; neither for this page."""
    if not to:
        return format_html('<li class="govuk-breadcrumbs__list-item" aria-current="page">{}</li>', label)
    url = to if to.startswith("/") else reverse(to, args=args, kwargs=kwargs)
    return format_html(
        '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>', url, label
    )


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """The steps of a page behind the home page's; nothing at all when a page has none."""
    if not content.strip():
        return SafeString()
    home = breadcrumb("Home", "/")
    return format_html(
        '<nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile portal-breadcrumbs" '
        'aria-label="Breadcrumb"><ol class="govuk-breadcrumbs__list">{}{}</ol></nav>',
        home,
        SafeString(content),  # rendered by the template already
    )


@register.simple_tag
def note(text: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', text)


@register.simple_block_tag
def scrolls(content: str, label: str) -> SafeString:
    """A wide table that scrolls inside itself: reachable by keyboard, with a name of its own."""
    return format_html(
        '<div class="portal-scroll portal-scroll--wide" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        SafeString(content),  # rendered by the template already
    )


@register.simple_block_tag
def empty(content: str, heading: str) -> SafeString:
    """What stands where a list would be: what this is for, and what to do next."""
    return format_html(
        '<div class="portal-empty"><h2 class="govuk-heading-m">{}</h2>{}</div>',
        heading,
        SafeString(content),  # rendered by the template already
    )


@register.simple_tag
def history_link(record: Any) -> SafeString:
    return format_html(
        '<p class="portal-history-link"><a class="govuk-link" href="{}history/">History of this {}</a></p>',
        record.get_absolute_url(),
        record._meta.verbose_name,
    )


@register.simple_tag(takes_context=True)
def chart(context: Context, figure: Figure) -> SafeString:
    """The drawing alone; it may be wider than a small screen, so it scrolls inside itself."""
    if not figure.chart or not figure.rows:
        return SafeString()
    on_this_page: Any = context.render_context
    drawn = on_this_page.setdefault("charts drawn", Counter())
    drawing_ = charts.chart_svg(figure)
    drawn[charts.identity(drawing_)] += 1
    return format_html(
        '<div class="portal-chart" role="region" aria-label="Chart: {}" tabindex="0">{}</div>',
        figure.title,
        charts.inline(drawing_, drawn[charts.identity(drawing_)]),
    )


@register.simple_tag
def figure_table(figure: Figure) -> SafeString:
    return render_to_string("ui/figure_table.html", tables.table(figure))


@register.simple_tag
def tile_map(figure: Figure, column: str = "") -> SafeString:
    return render_to_string("ui/tile_map.html", tiles.tile_map(figure, column))


@register.simple_tag(takes_context=True, name="figure")
def figure_(context: Context, figure: Figure) -> SafeString:
    """All of a figure: its finding for a heading, its chart or map, its table, its source."""
    mapped = not figure.chart and any(getattr(row, "tile", None) for row in figure.rows)
    drawing_ = tile_map(figure) if mapped else chart(context, figure)
    parts = {"figure": figure, "drawing": drawing_, "table": figure_table(figure), "beside": len(figure.columns) <= 3}
    return render_to_string("ui/figure.html", parts)
