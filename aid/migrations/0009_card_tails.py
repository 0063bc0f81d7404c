"""Households are found by the last four digits of their card; versions of the past are not searched and stay as is."""

import portal.fields
from django.conf import settings
from django.db import migrations, models

BATCH = 1000


def fill(apps, schema_editor):
    households = apps.get_model("aid", "Household").objects.exclude(bank_card_hash="").order_by("pk")
    after = 0
    while batch := list(households.filter(pk__gt=after).only("bank_card")[:BATCH]):
        for household in batch:
            household.bank_card_tail_hash = portal.fields.blind_index(household.bank_card[-4:])
        households.bulk_update(batch, ["bank_card_tail_hash"])
        after = batch[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0008_employers_and_courses'),
        ('portal', '0007_calendar'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalhousehold',
            name='bank_card_tail_hash',
            field=portal.fields.BlindIndexField(blank=True, editable=False, last=4, max_length=64, source='bank_card'),
        ),
        migrations.AddField(
            model_name='household',
            name='bank_card_tail_hash',
            field=portal.fields.BlindIndexField(blank=True, editable=False, last=4, max_length=64, source='bank_card'),
        ),
        migrations.AddIndex(
            model_name='household',
            index=models.Index(fields=['bank_card_tail_hash'], name='household_card_tail'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
