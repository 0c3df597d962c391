"""One word for one thing: docs/words.md says which, and what it is never called."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest

from tests.architecture.source import ROOT, Module, Template, modules, templates

WORDS = ROOT / "docs" / "words.md"


@cache
def table(columns: int) -> list[list[str]]:
    """Rows of the tables in words.md that have so many columns, without their headings."""
    rows = [re.split(r"\s*\|\s*", line.strip().strip("|")) for line in WORDS.read_text().splitlines() if "|" in line]
    rows = [row for row in rows if len(row) == columns and not set(row[0]) <= {"-"}]
    return [row for row in rows if row[0].strip() not in {"Word", "Never a class"}]


def banned_words() -> list[str]:
    return [word for row in table(3) for word in re.findall(r"`([^`]+)`", row[2])]


def banned_classes() -> set[str]:
    return {word for row in table(2) for word in re.findall(r"`([^`]+)`", row[0])}


@cache
def _pattern() -> re.Pattern[str]:
    """Any banned word as it stands, in the plural, in other letters and with hyphen or space; in capitals as it is."""
    forms = []
    for word in banned_words():
        spelled = re.sub(r"[ -]", "[ -]", word)
        forms.append(spelled if word[-2:].isupper() or word.endswith(" I") else f"(?i:{spelled})s?")
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")


def _found(text: str) -> list[str]:
    return _pattern().findall(" ".join(text.split()).replace("Office for National Statistics", ""))


def in_templates(pages: Iterable[Template]) -> list[str]:
    """In what a page says: its text, and the words handed to a component."""
    breaches = []
    for page in pages:
        tags = re.sub(r"{%\s*(?:url|include|extends|if|elif|for|with)\b[^%]*%}|{{[^}]*}}", " ", page.text)
        said = re.sub(r"\b(?:href|action|src|class|id|name)=\"[^\"]*\"", " ", tags)
        breaches += [f"{page.path} says {word}" for word in _found(said)]
    return breaches


def in_sentences(sources: Iterable[Module]) -> list[str]:
    """In the sentences of the code: docstrings, messages, labels."""
    return [
        f"{module.path}:{node.lineno} says {word}"
        for module in sources
        for node in module.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        for word in _found(node.value)
    ]


def in_names(sources: Iterable[Module]) -> list[str]:
    """In the names of classes, functions and fields, taken apart into words; settings have their names from others."""
    breaches = []
    for module in sources:
        if module.name == "contest_portal.settings":
            continue
        for name, line in _names(module):
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
            breaches += [f"{module.path}:{line} names {name}" for _ in _found(words)]
            if name in banned_classes():
                breaches.append(f"{module.path}:{line} names a class {name}")
    return breaches


def _names(module: Module) -> Iterator[tuple[str, int]]:
    for node in module.nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


def in_documents(documents: dict[str, str]) -> list[str]:
    """In prose; what stands in code spans and code blocks is quoted."""
    breaches = []
    for path, text in documents.items():
        prose = re.sub(r"```.*?```|`[^`]*`|^ {4}.*$", " ", text, flags=re.DOTALL | re.MULTILINE)
        breaches += [f"{path} says {word}" for word in _found(prose)]
    return breaches


def documents() -> dict[str, str]:
    paths = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def test_pages_use_the_words() -> None:
    assert in_templates(templates()) == []


def test_sentences_of_the_code_use_the_words() -> None:
    assert in_sentences(modules()) == []


def test_names_in_the_code_use_the_words() -> None:
    assert in_names(modules()) == []


def test_documents_use_the_words() -> None:
    assert in_documents(documents()) == []


def test_each_thing_has_one_word_and_each_banned_word_one_thing() -> None:
    words = [row[0] for row in table(3)]

    assert len(words) == len(set(words)) > 30
    assert len(banned_words()) == len(set(banned_words()))
    assert all("`" in row[2] for row in table(3))


@pytest.mark.parametrize("word", banned_words())
def test_a_banned_word_is_noticed_wherever_it_stands(word: str) -> None:
    name = re.sub(r"[ -]", "_", word)
    said = [Module("strands/x.py", f'LABEL = "The {word} of the borough"')]

    assert len(in_templates([Template("templates/strands/x.html", f"<p>The {word} of it</p>")])) == 1
    assert len(in_sentences(said)) == 1
    assert len(in_names([Module("strands/x.py", f"def {name}() -> None: ...")])) == 1
    assert len(in_documents({"docs/x.md": f"The {word} of it."})) == 1


def test_words_handed_to_a_component_are_read_and_addresses_are_not() -> None:
    handed = '{% component "button" text="Log in" href=new %}'
    address = '<form action="{% url "account_logout" %}" class="portal-logout">{{ indicator }}</form>'

    assert in_templates([Template("x", handed)]) == ["x says Log in"]
    assert in_templates([Template("x", address)]) == []


def test_plurals_capitals_and_joined_names_are_noticed() -> None:
    assert in_documents({"x": "All KPIs and Data-Points"}) == ["x says Data-Points"]
    assert in_documents({"x": "One KPI, Part II, and Partners in it"}) == ["x says KPI", "x says Part II"]
    assert in_names([Module("x.py", "class ActionItem: ...")]) == ["x.py:1 names ActionItem"]


@pytest.mark.parametrize("name", sorted(banned_classes()))
def test_a_class_that_says_too_little_is_noticed(name: str) -> None:
    assert in_names([Module("strands/x.py", f"class {name}: ...")]) == [f"strands/x.py:1 names a class {name}"]
