from django.db import migrations

from portal.migrating import fold_names


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0010_papers_kept'),
    ]

    operations = [
        fold_names(('aid', 'Household', 'worker_name'), ('aid', 'Child', 'name'), ('aid', 'Member', 'name')),
    ]
