"""The project's own source, read as text and as syntax trees; nothing of it is imported."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("contest_portal", "boroughs", "strands", "boards", "reports")


@dataclass(frozen=True)
class Module:
    """One file of Python: `name` is dotted, `path` relative to the root."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree. A dozen rules read it, and to walk it costs more than to make it."""
        return tuple(ast.walk(self.tree))

    def imports(self) -> Iterator[tuple[str, int]]:
        """Dotted names of what is imported, with the line. `from a import b` gives a.b."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@dataclass(frozen=True)
class Template:
    path: str
    text: str

    @property
    def folder(self) -> str:
        return self.path.split("/")[1]

    def includes(self) -> list[str]:
        return re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", self.text)


@cache
def modules(root: Path = ROOT, packages: tuple[str, ...] = PACKAGES) -> tuple[Module, ...]:
    """All modules but migrations, which Django writes."""
    found = []
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                found.append(Module(path.relative_to(root).as_posix(), path.read_text()))
    return tuple(found)


@cache
def templates(root: Path = ROOT) -> tuple[Template, ...]:
    paths = sorted((root / "templates").rglob("*.html"))
    return tuple(Template(path.relative_to(root).as_posix(), path.read_text()) for path in paths)
