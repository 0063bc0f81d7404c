"""Every submission is sealed: a keyed hash over its parts and over the submission before it."""

import django.db.models.deletion
from django.db import migrations, models

from portal.models.append_only import append_only, no_way_around


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_narrative_figures")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.CharField(blank=True, max_length=64)),
                ("parts", models.JSONField()),
                ("mark", models.CharField(max_length=64, verbose_name="封存值")),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="reports.submission"
                    ),
                ),
            ],
            options={"verbose_name": "封存", "verbose_name_plural": "封存"},
        ),
        append_only("reports_seal"),
        no_way_around("reports_seal"),
    ]
