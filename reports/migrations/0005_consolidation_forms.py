"""A consolidation keeps the forms that its campaign had."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_review_and_files'),
    ]

    operations = [
        # Nullable: the column is added in place, and the triggers of the append-only table stay on SQLite too.
        migrations.AddField(
            model_name='consolidation',
            name='forms',
            field=models.JSONField(null=True),
        ),
    ]
