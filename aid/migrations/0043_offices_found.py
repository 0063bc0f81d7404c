"""Offices and what they are asked are found by any part of their names and subjects."""

from django.db import migrations

from portal.migrating import FindByParts


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('aid', '0042_offices'),
    ]

    operations = [
        FindByParts(("aid_office", "name"), ("aid_officequestion", "subject")),
    ]
