"""The database, too, keeps cases of two campaigns off one notice."""

from django.db import migrations

from aid.casework.notice_triggers import one_campaign_a_notice


class Migration(migrations.Migration):
    dependencies = [("aid", "0017_other_contact")]

    operations = [one_campaign_a_notice()]
