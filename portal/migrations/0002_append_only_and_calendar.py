"""The audit log refuses UPDATE and DELETE; the working calendar holds the State Council's arrangements."""

from django.db import migrations

from portal.models.append_only import append_only
from portal.calendar.holidays import fill_calendar


def fill(apps, _schema_editor):
    fill_calendar(apps.get_model("portal", "HolidayYear"), apps.get_model("portal", "WorkdayException"))


class Migration(migrations.Migration):
    replaces = [
        ("portal", "0002_audit_append_only"),
        ("portal", "0003_announcements_jobs_and_forms"),
        ("portal", "0004_job_parts"),
        ("portal", "0005_form_receipt"),
        ("portal", "0006_audit_actions_of_casework"),
        ("portal", "0007_calendar"),
    ]

    dependencies = [("portal", "0001_initial")]

    operations = [
        append_only("portal_auditentry"),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
