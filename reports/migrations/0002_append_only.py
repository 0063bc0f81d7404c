"""What was handed in, and its history, refuse UPDATE and DELETE."""

from django.db import migrations

from portal.append_only import append_only

TABLES = (
    "reports_submission",
    "reports_frozenfigure",
    "reports_frozenrecords",
    "reports_reportevent",
    "reports_returnedfigure",
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [append_only(table) for table in TABLES]
