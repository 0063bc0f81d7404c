"""The figures that a summary report was written for are kept with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_seal_what_was_handed_in")]

    operations = [
        migrations.AddField(
            model_name="summaryfile",
            name="figures",
            field=models.JSONField(default=dict, editable=False, verbose_name="当时的数字"),
        ),
    ]
