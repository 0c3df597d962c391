import datetime as dt

import pytest
from django.apps import apps
from django.core.management import call_command

from boroughs.models import BankHoliday, Borough, CommandUnitMembership, Grouping, GroupingMembership, Neighbour, Organisation
from contest_portal.audit.models import TrackedModel
from reports.models import PaperTemplate
from strands.models import Objective, ThreatLevel

pytestmark = pytest.mark.django_db


def history_rows() -> dict[str, int]:
    tracked = [model for model in apps.get_models() if issubclass(model, TrackedModel)]
    return {model.__name__: model.history.count() for model in tracked}


def test_loading_again_changes_nothing_and_writes_no_history(capsys):
    before = history_rows()

    call_command("load_reference")

    assert history_rows() == before
    assert capsys.readouterr().out == "Reference data: nothing to change.\n"
