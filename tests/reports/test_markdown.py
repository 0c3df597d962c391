import pytest

from reports.rendering.markdown import figure_link, keys_in, tame, to_html, unknown, without_figures

LINK = '<a class="figure" href="figure:1">at least 200</a>'


def html(text: str) -> str:
    return to_html(text, lambda key: figure_link(1, "at least 200") if key == "attendance" else unknown(key))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words.", "<p>Plain words.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("**bold** and *leaning*", "<p><strong>bold</strong> and <em>leaning</em></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("[words](https://example.org/a?b=1&c=2)", '<p><a href="https://example.org/a?b=1&amp;c=2">words</a></p>'),
        ("With [[attendance]] people.", f"<p>With {LINK} people.</p>"),
        ("With [[ attendance ]] people.", f"<p>With {LINK} people.</p>"),
        ("- [[attendance]]", f"<ul>\n<li>{LINK}</li>\n</ul>"),
        ("[[nothing]]", '<p><mark class="unknown">[[nothing]]</mark></p>'),
    ],
)
def test_prose_is_set(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ('<a href="figure:1">9,999</a>', '<p>&lt;a href="figure:1"&gt;9,999&lt;/a&gt;</p>'),
        ("[9,999](figure:1)", "<p>[9,999](figure:1)</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](data:text/html,x)", "<p>[x](data:text/html,x)</p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("> not a quotation", "<p>&gt; not a quotation</p>"),
        ("| a | b |\n|---|---|", "<p>| a | b |\n|---|---|</p>"),
        ("    not code", "<p>not code</p>"),
        ("[[<b>]]", '<p><mark class="unknown">[[&lt;b&gt;]]</mark></p>'),
    ],
)
def test_nothing_else_is(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_picture_from_elsewhere_is_never_fetched() -> None:
    assert "<img" not in html("![x](https://example.org/x.png)")


def test_marks_are_not_piled_up_and_no_line_is_turned_round() -> None:
    assert tame("e" + "\u0301" * 9 + "\u202egnp.exe") == "e" + "\u0301" * 4 + "gnp.exe"


def test_lists_within_lists_end_somewhere() -> None:
    deep = "\n".join("  " * level + "- x" for level in range(60))

    assert html(deep).count("<ul>") <= 20


def test_keys_are_found_in_order_and_once() -> None:
    assert keys_in("[[b]] and [[a]], [[ b ]]; [c]") == ["b", "a"]
    assert without_figures("with [[a]] people").split() == ["with", "people"]
