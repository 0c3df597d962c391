import datetime as dt
from dataclasses import dataclass, replace

import pytest

from contest_portal.ui import gallery, tables, tiles
from contest_portal.ui.gallery import GalleryFigure, GalleryRow
from tests.ui.pages import Reader, render


@dataclass(frozen=True)
class LinkedRow(GalleryRow):
    links: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class TotalledFigure(GalleryFigure):
    total: GalleryRow | None = None


def test_table_has_a_caption_headers_numbers_and_its_source() -> None:
    html = render("{% figure_table figure %}", figure=gallery.bars())

    assert Reader(html).texts[:6] == ["Activities by kind, Q4 2025/26", "Kind", "Activities", "Workshops", "412",
                                      "Conferences"]  # fmt: skip
    assert html.count('scope="col"') == 2
    assert html.count('scope="row"') == 6
    assert html.count("govuk-table__cell--numeric") == 6
    assert "Data as at 27 March 2026." in html


def test_total_stands_at_the_foot_and_numbers_open_what_is_behind_them() -> None:
    row = LinkedRow("Workshops", [412.0], ["412"], links=("/figures/kinds/rows/",))
    total = GalleryRow("All kinds", [412.0], ["412"])
    base = gallery.bars()
    figure = TotalledFigure(base.title, base.finding, base.columns, [row], total=total)

    html = render("{% figure_table figure %}", figure=figure)

    assert '<a class="govuk-link portal-number" href="/figures/kinds/rows/">412</a>' in html
    assert html.count("govuk-table__row--total") == 1
    assert Reader(html).texts[5:7] == ["All kinds", "412"]


@pytest.mark.parametrize(
    ("as_at", "words"),
    [
        ("27 March 2026", "Source: log. Data as at 27 March 2026."),
        (dt.date(2026, 3, 27), "Source: log. Data as at 27 March 2026."),
        (dt.datetime(2026, 7, 27, 8, 40, tzinfo=dt.UTC), "Source: log. Data as at 27 July 2026 at 9:40am."),
        ("", "Source: log."),
    ],
)
def test_source_says_when_the_numbers_were_taken(as_at: str, words: str) -> None:
    assert tables.source(replace(gallery.bars(), source="log", as_at=as_at)) == words


def test_every_tile_is_on_the_map_once_with_its_number_and_in_the_table() -> None:
    html = render("{% figure figure %}", figure=gallery.map_())

    assert html.count("portal-map__tile ") == 33
    for name, (short, down, across) in gallery.PLACES.items():
        assert html.count(f"tile-r{down}-c{across} ") == 1
        assert f">{name.replace('&', '&amp;')}" in html
        assert f">{short.replace('&', '&amp;')}</span>" in html
    assert html.count('scope="row"') == 33


def test_withheld_tile_is_not_shaded_like_a_number() -> None:
    context = tiles.tile_map(gallery.map_())

    assert [tile.words for tile in context["tiles"] if tile.classes.endswith("shade-0")] == ["[c]"]
    assert [(key.shade, key.words) for key in context["legend"]] == [
        (1, "0 to 19"), (2, "20 to 39"), (3, "40 to 59"), (4, "60 to 79"), (5, "80 or more"),
        (0, "No number shown: the table says why"),
    ]  # fmt: skip


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (4, 1), (5, 2), (9, 2), (24, 5), (25, 10), (4310, 1000)])
def test_shades_step_in_round_numbers(highest: int, step: int) -> None:
    rows = [GalleryRow("Brent", [float(highest)], [str(highest)], tile=(3, 3))]

    legend = tiles.tile_map(replace(gallery.map_(), rows=rows))["legend"]

    assert legend[-1].words == f"{4 * step:,} or more"


def test_map_without_the_column_is_refused() -> None:
    with pytest.raises(ValueError, match="no column “people”"):
        tiles.tile_map(gallery.map_(), "people")
