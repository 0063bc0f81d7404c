"""What a check had found is kept with what the unit said to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_kept_reports")]

    operations = [
        migrations.AddField(
            model_name="explanation",
            name="finding",
            field=models.TextField(blank=True, verbose_name="说明的问题"),
        ),
    ]
