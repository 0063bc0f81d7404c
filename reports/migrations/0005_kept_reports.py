"""Which frozen submission a report points to, and its state, change by moves alone; what was handed in is not deleted."""

from django.db import migrations

from reports.handed_in.guard import keeping_reports


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_words_of_histories")]

    operations = [keeping_reports()]
