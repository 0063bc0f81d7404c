"""What was handed in, what was consolidated, and what was said of it refuse UPDATE and DELETE."""

from django.db import migrations

from portal.models.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        append_only(
            "reports_submission",
            "reports_frozenfigure",
            "reports_frozenrecords",
            "reports_reportevent",
            "reports_returnedfigure",
            "reports_consolidation",
            "reports_frozenfile",
            "reports_comment",
            "reports_note",
            "reports_endorsement",
            "reports_reminder",
        )
    ]
