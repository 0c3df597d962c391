from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("strands", "0004_spreadsheet_jobs")]

    operations = [TrigramExtension()]
