from django.db import migrations, models


class Migration(migrations.Migration):
    """Campaigns on file go on without a check, so that no case under way is stuck; new ones ask for it."""

    dependencies = [("portal", "0024_own_list_years")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="check_first",
            field=models.BooleanField(default=False, verbose_name="公示前须初审"),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="check_first",
            field=models.BooleanField(default=True, verbose_name="公示前须初审"),
        ),
        migrations.AddField(
            model_name="campaign",
            name="renewed_without_notice",
            field=models.BooleanField(default=False, verbose_name="续办可不再公示"),
        ),
    ]
