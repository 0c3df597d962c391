from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.core.cache import caches

from contest_portal.ui import charts, gallery, palette
from contest_portal.ui.gallery import GalleryFigure, GalleryRow
from tests.ui.pages import Reader, render


@pytest.fixture(autouse=True)
def _drawn_afresh() -> None:
    charts._drawn.cache_clear()
    caches["charts"].clear()


FIGURES = [gallery.bars(), gallery.stacked(), gallery.trend()]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.chart)
def test_drawing_is_named_described_and_free_of_styles(figure: GalleryFigure) -> None:
    drawing = charts.chart_svg(figure)
    root = ElementTree.fromstring(drawing)  # noqa: S314
    page = Reader(drawing)

    assert (page.refused, page.repeated, page.dangling) == ([], [], set())
    assert root.get("role") == "img"
    assert [child.text for child in root[:2]] == [figure.title, charts.described(figure)]
    assert {element.get("font-family") for element in root.iter()} - {None} == {"Inter, sans-serif"}
    assert "http" not in drawing.replace('xmlns="http://www.w3.org/2000/svg"', "")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.chart)
def test_drawing_shows_the_words_of_the_figure(figure: GalleryFigure) -> None:
    texts = " ".join(Reader(charts.chart_svg(figure)).texts)

    for row in figure.rows:
        assert all(part in texts for part in row.label.split(" "))


def test_bars_say_their_numbers_and_why_one_is_withheld() -> None:
    texts = Reader(charts.chart_svg(gallery.bars())).texts

    assert {"412", "96", "[c]"} <= set(texts)


def test_bars_stand_below_each_other() -> None:
    root = ElementTree.fromstring(charts.chart_svg(gallery.bars()))  # noqa: S314

    tops = [e.get("d", "").split("h")[0] for e in root.iter() if e.get("fill") == palette.BLUE]

    assert len(set(tops)) == 5


def strokes(figure: GalleryFigure) -> int:
    """How many unbroken lines are drawn, of the width of a series."""
    root = ElementTree.fromstring(charts.chart_svg(figure))  # noqa: S314
    return sum(element.get("d", "").count("M") for element in root.iter() if element.get("stroke-width") == "2.5")


def test_a_missing_quarter_breaks_the_line_and_a_new_definition_is_marked() -> None:
    figure = gallery.trend()
    whole = replace(figure, rows=[replace(row, values=[1.0, 1.0], breaks="") for row in figure.rows])

    assert "New definition" in charts.chart_svg(figure)
    assert "New definition" not in charts.chart_svg(whole)
    assert (strokes(figure), strokes(whole)) == (5, 2)


def test_same_figure_gives_the_same_drawing_and_twice_on_a_page_keeps_ids_apart() -> None:
    page = Reader(render("{% chart figure %}{% chart figure %}{% chart figure %}", figure=gallery.bars()))

    assert charts.chart_svg(gallery.bars()) == charts.chart_svg(gallery.bars())
    assert len(page.ids) == 6
    assert (page.repeated, page.dangling) == ([], set())


def test_figure_without_a_chart_or_without_rows_draws_nothing() -> None:
    assert render("{% chart figure %}", figure=gallery.map_()) == ""
    assert render("{% chart figure %}", figure=replace(gallery.bars(), rows=[])) == ""


def test_words_of_a_figure_cannot_become_markup() -> None:
    row = GalleryRow("<script>alert(1)</script>", [1.0], ["<b>1</b>"])
    figure = replace(gallery.bars(), rows=[row], title='"><script>', finding="<i>")

    html = render("{% chart figure %}{% figure_table figure %}{% figure figure %}", figure=figure)

    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_paper_gets_the_same_drawing_as_an_address() -> None:
    assert charts.data_uri(gallery.bars()).startswith("data:image/svg+xml;base64,PHN2Zy")


def test_colours_of_strands_are_apart_in_lightness_and_from_the_page() -> None:
    colours = list(palette.STRANDS.values())

    assert all(palette.contrast(colour, "#ffffff") >= 3 for colour in colours)
    assert all(palette.contrast(one, other) >= 1.4 for one, other in pairwise(colours))
    assert all(palette.contrast(colour, palette.text_on(colour)) >= 4.5 for colour in (*colours, *palette.SERIES))
    assert palette.colours(["Prevent", "Other", "Third"]) == [palette.STRANDS["Prevent"], *palette.SERIES[:2]]
