"""Projects and what the children got of them are found by any part of their names."""

from django.db import migrations

from portal.migrating import FindByParts


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('aid', '0040_projects'),
    ]

    operations = [
        FindByParts(("aid_project", "title")),
    ]
