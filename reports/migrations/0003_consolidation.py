"""Consolidations kept; the table refuses UPDATE and DELETE."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_audit_append_only'),
        ('reports', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consolidation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='汇总时间')),
                ('submissions', models.JSONField()),
                ('missing', models.JSONField()),
                ('totals', models.JSONField()),
                ('digest', models.CharField(max_length=64, verbose_name='校验值')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consolidations', to='portal.campaign', verbose_name='活动年度')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='汇总人')),
            ],
            options={
                'verbose_name': '汇总',
                'verbose_name_plural': '汇总',
                'ordering': ['-id'],
            },
        ),
        append_only('reports_consolidation'),
    ]
