from django.db import migrations

from portal.migrating import fold_names


class Migration(migrations.Migration):

    dependencies = [
        ('employment', '0005_voidable'),
    ]

    operations = [
        fold_names(('employment', 'Graduate', 'name'), ('employment', 'Enquiry', 'name')),
    ]
