import pytest

from contest_portal.ui.csv import csv_download, safe


@pytest.mark.parametrize("text", ["=1+1", "+44", "-2", "@SUM(A1)", "\tx", "\rx", "  =1+1"])
def test_a_text_that_would_be_a_formula_is_only_text(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("cell", ["Workshop", "", "a=b", 4310, -3, 2.5, None])
def test_any_other_cell_stays_as_it_is(cell: object) -> None:
    assert safe(cell) == cell


def test_a_download_is_read_by_a_spreadsheet_as_it_was_meant() -> None:
    response = csv_download("rows", [["Title", "People"], ["Women’s “lead”, day", None], ["=A1", 12]])

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rows.csv"'
    assert response.content.decode() == '\ufeffTitle,People\r\n"Women’s “lead”, day",\r\n\'=A1,12\r\n'
