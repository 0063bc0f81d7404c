"""The audit log refuses TRUNCATE and INSERT OR REPLACE too, which fire no trigger for rows."""

from django.db import migrations

from portal.models.append_only import no_way_around


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_password_age")]

    operations = [no_way_around("portal_auditentry")]
