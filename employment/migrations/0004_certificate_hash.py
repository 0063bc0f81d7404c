"""Certificates are found by the keyed hash of their number; those on file get theirs."""

import portal.fields
from django.db import migrations
from portal.fields import blind_index


def hash_numbers(apps, _schema_editor):
    model = apps.get_model("employment", "Assistance")
    for pk, number in model.objects.filter(kind="certificate").values_list("pk", "certificate_number").iterator():
        model.objects.filter(pk=pk).update(certificate_hash=blind_index(number))


class Migration(migrations.Migration):

    dependencies = [
        ('employment', '0003_words_of_histories'),
    ]

    operations = [
        migrations.AddField(
            model_name='assistance',
            name='certificate_hash',
            field=portal.fields.BlindIndexField(blank=True, db_index=True, editable=False, max_length=64, source='certificate_number'),
        ),
        migrations.AddField(
            model_name='historicalassistance',
            name='certificate_hash',
            field=portal.fields.BlindIndexField(blank=True, db_index=True, editable=False, max_length=64, source='certificate_number'),
        ),
        migrations.RunPython(hash_numbers, migrations.RunPython.noop),
    ]
