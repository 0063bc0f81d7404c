"""The household list in the order of its pages, for a whole city."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0006_visits_and_sponsors'),
        ('portal', '0007_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='household',
            name='household_initials',
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['worker_initials', 'id'], name='household_initials'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['filed_on', 'id'], name='household_filed'),
        ),
    ]
