"""The file of a job in parts, so that none has to be in memory as a whole."""

import django.db.models.deletion
import portal.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0003_announcements_jobs_and_forms'),
    ]

    operations = [
        migrations.RemoveField(model_name='job', name='content'),
        migrations.AddField(model_name='job', name='size', field=models.PositiveBigIntegerField(default=0)),
        migrations.AddField(model_name='job', name='detail', field=models.JSONField(default=dict)),
        migrations.CreateModel(
            name='JobPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', portal.fields.EncryptedBinaryField()),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='portal.job')),
            ],
            options={
                'verbose_name': '后台任务的文件',
                'verbose_name_plural': '后台任务的文件',
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('job', 'number'), name='jobpart_numbered_once')],
            },
        ),
    ]
