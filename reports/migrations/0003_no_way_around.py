"""What was handed in refuses TRUNCATE and INSERT OR REPLACE too, which fire no trigger for rows."""

from django.db import migrations

from portal.models.append_only import no_way_around

TABLES = (
    "reports_submission",
    "reports_frozenfigure",
    "reports_frozenrecords",
    "reports_frozenfile",
    "reports_reportevent",
    "reports_returnedfigure",
    "reports_consolidation",
    "reports_endorsement",
    "reports_comment",
    "reports_note",
    "reports_reminder",
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_frozen_append_only")]

    operations = [no_way_around(*TABLES)]
