"""What is said in review, the files behind adjustments, typed-in figures; what must not change refuses to."""

import django.db.models.deletion
import portal.fields
from django.conf import settings
from django.db import migrations, models

from portal.append_only import append_only

TABLES = (
    "reports_frozenfile",
    "reports_comment",
    "reports_note",
    "reports_endorsement",
    "reports_reminder",
)


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0003_consolidation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalreport',
            name='supplement_reason',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='补报原因'),
        ),
        migrations.AddField(
            model_name='report',
            name='supplement_reason',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='补报原因'),
        ),
        migrations.CreateModel(
            name='AdjustmentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=100)),
                ('content', portal.fields.EncryptedBinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField(auto_now=True, verbose_name='上传时间')),
                ('adjustment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='file', to='reports.adjustment')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '调整依据',
                'verbose_name_plural': '调整依据',
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(blank=True, max_length=60, verbose_name='数字')),
                ('text', models.CharField(max_length=1000, verbose_name='内容')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.report')),
            ],
            options={
                'verbose_name': '批注',
                'verbose_name_plural': '批注',
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='情况说明')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('made_at', models.DateTimeField(auto_now=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='narrative', to='reports.report')),
            ],
            options={
                'verbose_name': '情况说明',
                'verbose_name_plural': '情况说明',
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(blank=True, max_length=60, verbose_name='数字')),
                ('text', models.CharField(max_length=1000, verbose_name='内容')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='reports.report')),
            ],
            options={
                'verbose_name': '内部备注',
                'verbose_name_plural': '内部备注',
                'ordering': ['id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='内容')),
                ('emails', models.PositiveSmallIntegerField(default=0, verbose_name='邮件')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='催报时间')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='reports.report')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='催报人')),
            ],
            options={
                'verbose_name': '催报',
                'verbose_name_plural': '催报',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核员')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endorsements', to='reports.submission')),
            ],
            options={
                'verbose_name': '复核同意',
                'verbose_name_plural': '复核同意',
                'constraints': [models.UniqueConstraint(fields=('submission', 'reviewer'), name='endorsement_once_per_reviewer')],
            },
        ),
        migrations.CreateModel(
            name='FrozenFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(blank=True, max_length=60)),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=100)),
                ('content', portal.fields.EncryptedBinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.submission')),
            ],
            options={
                'verbose_name': '报送的文件',
                'verbose_name_plural': '报送的文件',
                'constraints': [models.UniqueConstraint(fields=('submission', 'slug'), name='frozenfile_one_per_slug')],
            },
        ),
        migrations.CreateModel(
            name='TypedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, verbose_name='数字')),
                ('value', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='填报数')),
                ('made_at', models.DateTimeField(auto_now=True)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='typed', to='reports.report')),
            ],
            options={
                'verbose_name': '填报数',
                'verbose_name_plural': '填报数',
                'constraints': [models.UniqueConstraint(fields=('report', 'slug'), name='typedfigure_one_per_figure'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='typedfigure_not_negative')],
            },
        ),
        *(append_only(table) for table in TABLES),
    ]
