"""The house stands: every rule holds in the project, and every rule notices a planted breach."""

import pytest

from tests.architecture import checks
from tests.architecture.source import Module, Template, modules, templates

RULES = [
    checks.direction,
    checks.layers,
    checks.cycles,
    checks.inline_imports,
    checks.unscoped_reads,
    checks.history_bypasses,
    checks.guardian_imports,
    checks.signal_receivers,
    checks.save_overrides,
    checks.broad_excepts,
    checks.days_of_import,
    checks.loose_ends,
    checks.names,
    checks.untyped,
    checks.budgets,
]
TEMPLATE_RULES = [checks.template_direction, checks.template_hygiene, checks.template_nesting]

# Each: the rule, where the breach stands, and the code that breaks it.
PLANTED = [
    (checks.direction, "boroughs/models/x.py", "from strands.models import Activity"),
    (checks.direction, "contest_portal/core/x.py", "import contest_portal.audit.models"),
    (checks.direction, "contest_portal/access/models.py", "from boroughs.models import Borough"),
    (checks.direction, "strands/models/x.py", "paper = models.ForeignKey('reports.Paper', models.PROTECT)"),
    (checks.direction, "contest_portal/ui/x.py", "from contest_portal.audit.models import TrackedModel"),
    (checks.layers, "strands/models/x.py", "from strands.workflow import log_activity"),
    (checks.layers, "reports/workflow/x.py", "from reports.views.paper import paper"),
    (checks.layers, "strands/workflow/x.py", "from strands.tasks import check_spreadsheet"),
    (checks.inline_imports, "strands/views/x.py", "def view(request):\n    from strands.models import Activity\n"),
    (checks.unscoped_reads, "strands/views/x.py", "rows = Activity.objects.all()"),
    (checks.unscoped_reads, "strands/views/x.py", "row = get_object_or_404(Activity, pk=1)"),
    (checks.unscoped_reads, "reports/forms/x.py", "choices = Paper.objects.filter(status='draft')"),
    (checks.unscoped_reads, "reports/tasks.py", "paper = Paper.objects.get(pk=1)"),
    (checks.history_bypasses, "strands/workflow.py", "Activity.objects.filter(pk=1).update(title='x')"),
    (checks.history_bypasses, "strands/workflow.py", "Activity.objects.bulk_create(rows)"),
    (checks.history_bypasses, "strands/models/x.py", "a = models.ForeignKey(Activity, models.CASCADE)"),
    (checks.history_bypasses, "strands/models/x.py", "a = models.ForeignKey(Activity, on_delete=models.SET_NULL)"),
    (checks.history_bypasses, "strands/workflow.py", "cursor.execute('UPDATE strands_activity SET title = 1')"),
    (checks.guardian_imports, "strands/workflow.py", "from guardian.shortcuts import assign_perm"),
    (checks.signal_receivers, "strands/apps.py", "from django.db.models.signals import post_save"),
    (checks.save_overrides, "strands/models/x.py", "class A:\n    def save(self):\n        pass\n"),
    (checks.broad_excepts, "strands/workflow.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
    (checks.days_of_import, "strands/workflow.py", "TODAY = timezone.localdate()"),
    (checks.days_of_import, "strands/workflow.py", "@starting(dt.date.today())\ndef start():\n    now()"),
    (checks.loose_ends, "strands/workflow.py", "# TO" + "DO: later"),
    (checks.names, "strands/x.py", "class ActivityHelper:\n    pass\n"),
    (checks.names, "strands/utils.py", ""),
    (checks.untyped, "strands/x.py", "def public(argument):\n    return argument\n"),
    (checks.budgets, "strands/x.py", "def long():\n" + "    pass\n" * 51),
    (checks.budgets, "strands/views/x.py", "def long():\n" + "    pass\n" * 31),
    (checks.budgets, "reports/tasks.py", "@shared_task\ndef long():\n" + "    pass\n" * 9),
]
PLANTED_TEMPLATES = [
    (checks.template_direction, "templates/strands/x.html", '{% include "reports/paper/row.html" %}'),
    (checks.template_direction, "templates/nobody/x.html", ""),
    (checks.template_hygiene, "templates/strands/x.html", '<p style="color: red">'),
    (checks.template_hygiene, "templates/strands/x.html", '<a onclick="go()">'),
    (checks.template_hygiene, "templates/strands/x.html", "<script>go()</script>"),
    (checks.template_hygiene, "templates/strands/x.html", "{{ note|safe }}"),
    (checks.template_nesting, "templates/strands/x.html", "{% if a %}" * 5 + "{% endif %}" * 5),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_in_the_project(rule: object) -> None:
    assert rule(modules()) == []


def test_no_test_asks_for_the_day_before_it_runs() -> None:
    assert checks.days_of_import(modules(packages=("tests", "bench"))) == []


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=lambda rule: rule.__name__)
def test_rule_holds_in_the_templates(rule: object) -> None:
    assert rule(templates()) == []


@pytest.mark.parametrize(("rule", "path", "code"), PLANTED)
def test_rule_notices_a_planted_breach(rule: object, path: str, code: str) -> None:
    assert len(rule([Module(path, code)])) == 1


@pytest.mark.parametrize(("rule", "path", "code"), PLANTED_TEMPLATES)
def test_rule_notices_a_planted_breach_in_a_template(rule: object, path: str, code: str) -> None:
    assert len(rule([Template(path, code)])) == 1


def test_cycle_round_a_corner_is_noticed() -> None:
    planted = [
        Module("strands/a.py", "from strands.b import x"),
        Module("strands/b.py", "from strands.c import x"),
        Module("strands/c.py", "from strands.a import x"),
    ]

    assert checks.cycles(planted) == ["strands.a imports strands.b imports strands.c imports strands.a"]
