"""The rules of the house. Each check takes modules and returns its breaches, one sentence each."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.architecture.source import Module, Template

# An import, a foreign key or a template include may only point down: docs/architecture.md.
RANKS = {
    "contest_portal.urls": 9,
    "contest_portal.api": 9,
    "contest_portal.celery": 9,
    "contest_portal.wsgi": 9,
    "contest_portal.management": 9,
    "contest_portal.search": 8,
    "contest_portal.home": 8,
    "reports": 7,
    "boards": 6,
    "strands": 5,
    "boroughs": 4,
    "contest_portal.notifications": 3,
    "contest_portal.drafts": 3,
    "contest_portal.access": 2,
    "contest_portal.accounts": 1,
    "contest_portal.audit": 0,
    "contest_portal.ui": 0,
    "contest_portal.core": -1,
}
# The package imports its Celery application, as Celery asks; settings read the environment, and nothing else does.
UNRANKED = {"contest_portal", "contest_portal.settings", "contest_portal.environment", "contest_portal.logs"}
PEERS = [{"contest_portal.search", "contest_portal.home"}, {"contest_portal.audit", "contest_portal.ui"}]
# A task is called by its name and by nobody's import, so it may use everything that does the work.
LAYERS = ["models", "figures", "rendering", "workflow", "forms", "spreadsheets", "tasks", "views", "urls"]
DOMAIN = ("reports", "boards", "strands", "boroughs")

SCOPED = re.compile(r"visible_to|editable_by|_by$|of_user$")
# Reads that need no scope because every signed-in person may make them, or because the row is the person's own.
OPEN_READS = {
    "Strand", "Objective", "StrategyVersion", "ThreatLevel", "BankHoliday", "Organisation", "Grouping", "CommandUnit",
    "WorkerHeartbeat", "PaperTemplate", "AccessRecord",
}  # fmt: skip
READS = {"all", "filter", "exclude", "get", "first", "last", "values", "values_list", "in_bulk", "count", "exists"}
BYPASSES = {"update", "bulk_create", "bulk_update", "raw", "_raw_delete", "abulk_create", "aupdate", "update_or_create"}
UNTRACKED = {
    "Counter", "WorkerHeartbeat", "Document", "AccessRecord", "Message", "Mail", "Job", "ImportJob", "ExportJob",
    # A file made of figures that are tracked themselves; it is its person's own, and never changes.
    "PageDocument",
    "ArchivedCopy",
    # Nobody's record until it is sent, and gone then: contest_portal.drafts.models says so.
    "Draft",
    # A file that was sent and is not kept: gone when it is, or after a day. reports.models.archive_upload says so.
    "ArchiveUpload",
    # Sums of tracked rows, which the database alone writes: strands.figures.rolling_up.
    "RollUp",
    # Paragraphs of what is tracked and append-only itself, which the database alone writes: reports.rendering.saying.
    "SaidParagraph",
}  # fmt: skip


# Modules whose querysets write the rows of an untracked model themselves.
OWN_ROWS = {
    "contest_portal.core.jobs", "contest_portal.drafts.models", "contest_portal.home.models",
    "contest_portal.notifications.models",
    "strands.models.export_job", "reports.models.archive_upload",
    "reports.rendering.storage",
}  # fmt: skip


def rank_of(name: str) -> tuple[str, int] | None:
    """The package of a dotted name and its rank; None for what is not ours or has no rank."""
    parts = name.split(".")
    for length in (2, 1):
        package = ".".join(parts[:length])
        if package in RANKS:
            return package, RANKS[package]
    return None


def direction(modules: Iterable[Module]) -> list[str]:
    """Imports and foreign keys in words that point up, or across to a peer."""
    breaches = []
    for module in modules:
        own = rank_of(module.name)
        if own is None:
            continue
        for target, line in [*module.imports(), *_foreign_keys(module)]:
            other = rank_of(target)
            if other and (other[1] > own[1] or {own[0], other[0]} in PEERS):
                breaches.append(f"{module.path}:{line} points up, to {target}")
    return breaches


def _foreign_keys(module: Module) -> Iterator[tuple[str, int]]:
    """Models that relation fields name in a string."""
    relations = {"ForeignKey", "OneToOneField", "ManyToManyField"}
    for node in module.nodes:
        if isinstance(node, ast.Call) and _last_name(node.func) in relations and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and "." in str(first.value):
                yield str(first.value), node.lineno


def layers(modules: Iterable[Module]) -> list[str]:
    """Inside a domain app each layer imports only those to its left."""
    breaches = []
    for module in modules:
        app, own = _layer(module.name)
        if own is None:
            continue
        for target, line in module.imports():
            other_app, other = _layer(target)
            if other_app == app and other is not None and other > own:
                breaches.append(f"{module.path}:{line} is in {LAYERS[own]} and imports {target}")
    return breaches


def _layer(name: str) -> tuple[str, int | None]:
    parts = name.split(".")
    if parts[0] not in DOMAIN or len(parts) < 2 or parts[1] not in LAYERS:
        return parts[0], None
    return parts[0], LAYERS.index(parts[1])


def cycles(modules: Iterable[Module]) -> list[str]:
    """Modules that import each other, directly or round a corner."""
    names = {module.name: module for module in modules}
    graph = {name: {_known(target, names) for target, _ in module.imports()} for name, module in names.items()}
    graph = {name: targets - {None, name, "contest_portal"} for name, targets in graph.items()}
    breaches, done = [], set()
    for start in graph:
        _visit(start, graph, [], done, breaches)
    return breaches


def _known(target: str, names: dict[str, Module]) -> str | None:
    if target in names:
        return target
    parent = target.rpartition(".")[0]
    return parent if parent in names else None


def _visit(name: str, graph: dict, path: list[str], done: set[str], breaches: list[str]) -> None:
    if name in path:
        breaches.append(" imports ".join([*path[path.index(name) :], name]))
    elif name not in done:
        for target in sorted(graph[name]):
            _visit(target, graph, [*path, name], done, breaches)
        done.add(name)


def inline_imports(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}:{node.lineno} imports inside {function.name}"
        for module in modules
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def unscoped_reads(modules: Iterable[Module]) -> list[str]:
    """Reads in views, forms and tasks that do not start at what the person may see."""
    breaches = []
    for module in modules:
        if not re.search(r"\b(views|forms|tasks)\b", module.name):
            continue
        for node in module.nodes:
            if isinstance(node, ast.Call):
                breaches += [f"{module.path}:{node.lineno} {what}" for what in _unscoped(node)]
    return breaches


def _unscoped(call: ast.Call) -> Iterator[str]:
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in READS | {"select_related", "order_by", "live_on", "on"}:
        model = _manager_of(function.value)
        if model and model not in OPEN_READS:
            yield f"reads {model}.objects.{function.attr}(…) without a scope"
    if _last_name(function) in {"get_object_or_404", "get_list_or_404"} and call.args:
        first = call.args[0]
        if isinstance(first, ast.Name) and first.id not in OPEN_READS and first.id[:1].isupper():
            yield f"looks up {first.id} without a scope"
        if _manager_of(first):
            yield f"looks up {_manager_of(first)}.objects without a scope"


def _manager_of(node: ast.expr) -> str | None:
    """The model's name when the expression is `Model.objects` itself."""
    if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}:
        return _last_name(node.value)
    return None


def history_bypasses(modules: Iterable[Module]) -> list[str]:
    """Ways of writing that history does not see."""
    breaches = []
    for module in modules:
        for node in module.nodes:
            if isinstance(node, ast.Call):
                breaches += [f"{module.path}:{node.lineno} {what}" for what in _bypass(module, node)]
    return breaches


def _bypass(module: Module, call: ast.Call) -> Iterator[str]:
    name = _last_name(call.func)
    if name in {"ForeignKey", "OneToOneField"} and re.search(r"CASCADE|SET_NULL", ast.unparse(call)):
        yield "has a foreign key that deletes or forgets"
    if not isinstance(call.func, ast.Attribute):
        return
    chain = ast.unparse(call.func.value)
    if name in BYPASSES and _writes_rows(chain) and not _untracked(module, chain):
        yield f"calls {name}() on {chain[:60]}"
    if (
        name == "execute"
        and module.name != "contest_portal.core.models"
        and re.search(r"SET SESSION|\bSET portal|UPDATE |DELETE FROM", ast.unparse(call))
    ):
        yield "writes rows or settings with its own SQL"


def _writes_rows(chain: str) -> bool:
    return "objects" in chain or chain.endswith(")") or chain in {"self", "queryset", "rows"}


def _untracked(module: Module, chain: str) -> bool:
    own_module = module.name in OWN_ROWS
    return own_module or any(chain.startswith(f"{model}.objects") for model in UNTRACKED) or "hashlib" in chain


def guardian_imports(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}:{line} imports {target}"
        for module in modules
        for target, line in module.imports()
        if target.startswith("guardian") and module.name != "contest_portal.access.grants"
    ]


def signal_receivers(modules: Iterable[Module]) -> list[str]:
    signals = ("django.dispatch", "django.db.models.signals", "django.core.signals", "celery.signals")
    return [
        f"{module.path}:{line} uses {target}"
        for module in modules
        for target, line in module.imports()
        if target.startswith(signals)
    ]


def save_overrides(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}:{function.lineno} overrides {function.name}"
        for module in modules
        if ".models" in module.name and not module.name.startswith("contest_portal.audit")
        for function in module.functions()
        if function.name in {"save", "delete", "save_base"}
    ]


def broad_excepts(modules: Iterable[Module]) -> list[str]:
    return [
        f"{module.path}:{node.lineno} catches everything"
        for module in modules
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in _EVERYTHING)
    ]


_EVERYTHING = {"Exception", "BaseException"}


def days_of_import(modules: Iterable[Module]) -> list[str]:
    """Where it is asked once for all what day it is, although midnight may pass before the answer is used."""
    clock = re.compile(r"\b(localdate|localtime|today|now|utcnow)\(")
    return [
        f"{module.path}:{node.lineno} asks for the day when it is imported"
        for module in modules
        if clock.search(module.text)
        for node in _at_import(module.tree)
        if isinstance(node, ast.Call) and clock.fullmatch(f"{_last_name(node.func)}(")
    ]


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: not what functions do, but their decorators and defaults."""
    yield node
    for field, value in ast.iter_fields(node):
        if field == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                yield from _at_import(each)


def loose_ends(modules: Iterable[Module]) -> list[str]:
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]) + r")\b")
    return [f"{module.path} has a loose end" for module in modules if marks.search(module.text)]


def names(modules: Iterable[Module]) -> list[str]:
    """Names that say nothing about what a thing is."""
    empty = re.compile(r"(Manager|Helper|Util|Utils|Handler|Service|Base)$")
    breaches = [f"{module.path} is a junk drawer" for module in modules if re.search(r"/utils?\.py$", module.path)]
    for module in modules:
        for node in module.nodes:
            if isinstance(node, ast.ClassDef) and empty.search(node.name):
                breaches.append(f"{module.path}:{node.lineno} names a class {node.name}")
    return breaches


def untyped(modules: Iterable[Module]) -> list[str]:
    """Public functions whose arguments or result have no type."""
    breaches = []
    for module in modules:
        for function in module.functions():
            arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            bare = [a.arg for a in arguments if a.annotation is None and a.arg not in {"self", "cls"}]
            if not function.name.startswith("_") and (bare or function.returns is None):
                breaches.append(f"{module.path}:{function.lineno} {function.name} is not fully typed")
    return breaches


# Template folders belong to a package; what is shared by all pages belongs to the base.
FOLDERS = {
    "layouts": 0, "ui": 0, "audit": 0, "errors": 0, "account": 1, "access": 2, "drafts": 3, "notifications": 3,
    "home": 8,
    "boroughs": 4, "reference": 4, "strands": 5, "boards": 6, "reports": 7, "django": 0,
}  # fmt: skip


def template_direction(templates: Iterable[Template]) -> list[str]:
    breaches = []
    for template in templates:
        own = FOLDERS.get(template.folder)
        if own is None:
            breaches.append(f"{template.path} is in a folder that belongs to nobody")
            continue
        for target in template.includes():
            if FOLDERS.get(target.split("/")[0], 0) > own:
                breaches.append(f"{template.path} points up, to {target}")
    return breaches


def template_hygiene(templates: Iterable[Template]) -> list[str]:
    """Inline styles and scripts, which the security policy would refuse, and text that is not escaped."""
    patterns = {
        r"\sstyle\s*=": "has an inline style",
        r"<style[\s>]": "has an inline style sheet",
        r"\son[a-z]+\s*=\s*[\"']": "has an inline event",
        r"<script(?![^>]*\bsrc=)[^>]*>": "has an inline script",
        r"\|\s*safe\b|{%\s*autoescape off": "prints text that is not escaped",
        r"placeholder=": "has a placeholder",
    }
    return [
        f"{template.path} {what}"
        for template in templates
        for pattern, what in patterns.items()
        if re.search(pattern, template.text) and not template.path.startswith("templates/reports/document/")
    ]


def template_nesting(templates: Iterable[Template], most: int = 4) -> list[str]:
    """Control flow nested deeper than a reader can hold."""
    breaches = []
    for template in templates:
        depth = deepest = 0
        for tag in re.findall(r"{%\s*(if|for|with|endif|endfor|endwith)\b", template.text):
            depth += -1 if tag.startswith("end") else 1
            deepest = max(deepest, depth)
        if deepest > most:
            breaches.append(f"{template.path} nests {deepest} deep")
    return breaches


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def budgets(modules: Iterable[Module]) -> list[str]:
    """Sizes beyond which a thing has to be split: see style in docs/architecture.md."""
    breaches = []
    for module in modules:
        if (lines := module.text.count("\n")) > 300:
            breaches.append(f"{module.path} has {lines} lines")
        for function in module.functions():
            length = (function.end_lineno or 0) - function.lineno + 1
            most = _most(module, function)
            if length > most:
                breaches.append(
                    f"{module.path}:{function.lineno} {function.name} has {length} lines, of {most} at most"
                )
    return breaches


def _most(module: Module, function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    decorators = " ".join(ast.unparse(decorator) for decorator in function.decorator_list)
    if "shared_task" in decorators:
        return 8
    return 30 if ".views" in module.name else 50
