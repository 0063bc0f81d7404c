"""The figures that a 情况说明 was written for are kept with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_explained_finding")]

    operations = [
        migrations.AddField(
            model_name="narrative",
            name="figures",
            field=models.JSONField(default=dict, editable=False, verbose_name="当时的数字"),
        ),
    ]
