"""Social organisations are found by any part of their names, as everything that a list is searched for."""

from django.db import migrations

from portal.migrating import FindByParts


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('aid', '0038_organisations'),
    ]

    operations = [
        FindByParts(("aid_organisation", "name")),
    ]
