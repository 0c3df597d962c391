import pytest

from contest_portal.core.word_diff import WordDiff

SPACED_OUT = [("same", " "), ("out", "left.")]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("Ten came.", "Ten came.", [("same", "Ten came.")]),
        ("Ten people came.", "Nine people came.", [("out", "Ten"), ("in", "Nine"), ("same", " people came.")]),
        (
            "They came.",
            "They came twice.",
            [("same", "They"), ("same", " "), ("out", "came."), ("same", " "), ("in", "came twice.")],
        ),
        ("a  b", "a b", [("same", "a b")]),
        ("", "New", [("in", "New")]),
        ("Old", "", [("out", "Old")]),
    ],
)
def test_words_are_told_apart_whatever_stands_between_them(
    before: str, after: str, runs: list[tuple[str, str]]
) -> None:
    diff = WordDiff(before, after)

    assert [(run.kind, run.words) for run in diff.runs] == runs
    assert diff.differs == any(kind != "same" for kind, _ in runs)
