from django.db import migrations

_ADD = """
INSERT INTO accounts_user (version, email, name, post, is_active, password)
VALUES (0, 'portal@portal.invalid', 'The portal', 'Set-up and scheduled work', false, '!')
"""


class Migration(migrations.Migration):
    """The author of what the portal does by itself. It cannot sign in."""

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(_ADD, migrations.RunSQL.noop)]
