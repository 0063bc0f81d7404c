"""Moves of cases and released lines refuse TRUNCATE and INSERT OR REPLACE too, which fire no trigger for rows."""

from django.db import migrations

from portal.models.append_only import no_way_around


class Migration(migrations.Migration):
    dependencies = [("aid", "0002_append_only_and_ready_data")]

    operations = [no_way_around("aid_caseevent", "aid_payeeline")]
