"""The GOV.UK component macros, rendered from Python and from Django templates.

One Jinja environment per process: compiling the macros costs tens of milliseconds, calling one up to a few.
What is kept between calls is kept under all that it was drawn from, so that threads and people may share it.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from jinja2 import Environment, PackageLoader, PrefixLoader, select_autoescape

# Written as one string in a template, wanted as {"text": …} by the macros.
TEXT_PARAMETERS = frozenset({"label", "hint", "error_message", "prefix", "suffix", "legend"})

# Kept whatever they carry: most pages have them, alike for everybody.
ALIKE = frozenset({"button", "date_input"})
# How many components a process keeps.
KEPT = 1000


@cache
def environment() -> Environment:
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def macro(name: str) -> Callable[[dict[str, Any]], str]:
    """The macro of a component by its snake_case name: "date_input" is govukDateInput."""
    path = f"govuk_frontend_jinja/components/{name.replace('_', '-')}/macro.html"
    module = environment().get_template(path).module
    return getattr(module, "govuk" + name.title().replace("_", ""))


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    # The macros escape what is text and trust what is HTML; parameters() has escaped untrusted HTML.
    given = parameters(params)
    if name not in ALIKE and _is_typed(given):
        return _drawn(name, given)
    return _drawn_once(name, _Given(given))


def _is_typed(given: dict[str, Any]) -> bool:
    """Somebody's own words or a part of their page, which hardly any other page has."""
    return bool(given.get("value")) or "html" in given


def _drawn(name: str, given: dict[str, Any]) -> SafeString:
    return SafeString(macro(name)(given).strip())


class _Given:
    """Parameters that are the same as others when each part of them is, and of the same type: text is not HTML."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given, self.key = given, _frozen(given)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple((name, _frozen(part)) for name, part in value.items())
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return type(value), value


@lru_cache(maxsize=KEPT)
def _drawn_once(name: str, given: _Given) -> SafeString:
    return _drawn(name, given.given)


def parameters(params: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments in the shape that the macros read: camelCase, no None, HTML escaped unless safe."""
    texts = {camel(key): {"text": value} for key, value in params.items() if _is_text(key, value)}
    return _cleaned(params) | texts


@cache
def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _is_text(key: str, value: Any) -> bool:
    return key in TEXT_PARAMETERS and isinstance(value, (str, Promise))


def _cleaned(params: Mapping[str, Any]) -> dict[str, Any]:
    return {camel(key): _value(key, value) for key, value in params.items() if value is not None}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, str):
        return conditional_escape(value) if key == "html" or key.endswith("_html") else value
    if key == "attributes" and isinstance(value, Mapping):
        return {name: text for name, text in value.items() if text is not None}
    if isinstance(value, Mapping):
        return _cleaned(value)
    if isinstance(value, (list, tuple)):
        return [_value("", item) for item in value]
    return value
