"""Tables of this app as they stand after the steps that this one replaces, made at once where there were none."""

import django.db.models.deletion
import portal.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from portal.migrating import AtOnce, Settle
from portal.models.append_only import append_only, no_way_around
from reports.handed_in.guard import keeping_reports

FROZEN = (
    'reports_submission',
    'reports_frozenfigure',
    'reports_frozenrecords',
    'reports_reportevent',
    'reports_returnedfigure',
    'reports_consolidation',
    'reports_frozenfile',
    'reports_comment',
    'reports_note',
    'reports_endorsement',
    'reports_reminder',
    'reports_seal',
)


class Migration(migrations.Migration):

    replaces = [
        ('reports', '0001_initial'),
        ('reports', '0002_frozen_append_only'),
        ('reports', '0003_no_way_around'),
        ('reports', '0004_words_of_histories'),
        ('reports', '0005_kept_reports'),
        ('reports', '0006_explained_finding'),
        ('reports', '0007_narrative_figures'),
        ('reports', '0008_seal'),
        ('reports', '0009_seal_what_was_handed_in'),
        ('reports', '0010_summary_figures'),
        ('reports', '0011_returned_parts'),
        ('reports', '0012_city_contact'),
        ('reports', '0013_counted_twice'),
        ('reports', '0014_public_page'),
    ]

    initial = True

    dependencies = [
        ('employment', '0012_enquiries_handed_down'),
        ('aid', '0041_projects_found'),
        ('portal', '0037_own_standards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Submission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                        ('number', models.PositiveSmallIntegerField(verbose_name='报送次数')),
                        ('submitted_at', models.DateTimeField(verbose_name='报送时间')),
                        ('cut_off', models.DateField(verbose_name='统计截止日')),
                        ('content', models.JSONField()),
                        ('digest', models.CharField(max_length=64, verbose_name='校验值')),
                        ('code', models.CharField(max_length=16, unique=True, verbose_name='核验码')),
                        ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报送人')),
                        ('union', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='reports.report')),
                    ],
                    options={
                        'verbose_name': '报送',
                        'verbose_name_plural': '报送',
                        'abstract': False,
                        'indexes': [models.Index(fields=['union_path'], name='submission_scope')],
                        'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='submission_number_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='Report',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                        ('number', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='补报序号')),
                        ('state', models.CharField(choices=[('draft', '填报中'), ('submitted', '已报送'), ('under_review', '审核中'), ('returned', '已退回'), ('accepted', '已接收')], default='draft', editable=False, max_length=20, verbose_name='状态')),
                        ('is_nil', models.BooleanField(default=False, verbose_name='零报告')),
                        ('contact_name', models.CharField(blank=True, max_length=50, verbose_name='填报人')),
                        ('contact_telephone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                        ('extended_to', models.DateField(blank=True, editable=False, null=True, verbose_name='延期至')),
                        ('extension_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='延期原因')),
                        ('supplement_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='补报原因')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='portal.campaign', verbose_name='活动年度')),
                        ('union', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会')),
                        ('submission', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.submission', verbose_name='报送')),
                    ],
                    options={
                        'verbose_name': '报表',
                        'verbose_name_plural': '报表',
                        'abstract': False,
                        'indexes': [models.Index(fields=['union_path'], name='report_scope')],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'union', 'number'), name='report_one_per_unit_and_campaign', violation_error_message='该单位本年度已有报表。'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('submission__isnull', False), _connector='OR'), name='report_handed_in_is_frozen', violation_error_message='已报送的报表必须有冻结的数据。')],
                    },
                ),
                migrations.CreateModel(
                    name='Adjustment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.CharField(max_length=60, verbose_name='数字')),
                        ('difference', models.DecimalField(decimal_places=2, max_digits=16, verbose_name='调整数')),
                        ('reason', models.CharField(max_length=500, verbose_name='调整原因')),
                        ('made_at', models.DateTimeField(auto_now=True)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='reports.report')),
                    ],
                    options={
                        'verbose_name': '调整',
                        'verbose_name_plural': '调整',
                        'constraints': [models.UniqueConstraint(fields=('report', 'slug'), name='adjustment_one_per_figure'), models.CheckConstraint(condition=models.Q(('difference', 0), _negated=True), name='adjustment_not_zero'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='adjustment_has_reason')],
                    },
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
                    name='Consolidation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='汇总时间')),
                        ('submissions', models.JSONField()),
                        ('missing', models.JSONField()),
                        ('totals', models.JSONField()),
                        ('forms', models.JSONField(null=True)),
                        ('digest', models.CharField(max_length=64, verbose_name='校验值')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consolidations', to='portal.campaign', verbose_name='活动年度')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='汇总人')),
                        ('counted_twice', models.PositiveIntegerField(null=True, verbose_name='重复统计人数')),
                    ],
                    options={
                        'verbose_name': '汇总',
                        'verbose_name_plural': '汇总',
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
                    name='Explanation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('check_code', models.CharField(max_length=80, verbose_name='核对项')),
                        ('text', models.CharField(max_length=1000, verbose_name='说明')),
                        ('made_at', models.DateTimeField(auto_now=True)),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='reports.report')),
                        ('finding', models.TextField(blank=True, verbose_name='说明的问题')),
                    ],
                    options={
                        'verbose_name': '核对说明',
                        'verbose_name_plural': '核对说明',
                        'constraints': [models.UniqueConstraint(fields=('report', 'check_code'), name='explanation_one_per_check')],
                    },
                ),
                migrations.CreateModel(
                    name='FrozenFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.CharField(max_length=60)),
                        ('derived', models.DecimalField(decimal_places=2, max_digits=18)),
                        ('adjustment', models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                        ('adjustment_reason', models.CharField(blank=True, max_length=500)),
                        ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='reports.submission')),
                    ],
                    options={
                        'verbose_name': '报送的数字',
                        'verbose_name_plural': '报送的数字',
                        'constraints': [models.UniqueConstraint(fields=('submission', 'slug'), name='frozenfigure_one_per_slug')],
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
                    name='FrozenRecords',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('fact', models.CharField(max_length=40)),
                        ('headings', models.JSONField()),
                        ('rows', models.JSONField()),
                        ('submission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='reports.submission')),
                    ],
                    options={
                        'verbose_name': '报送的记录',
                        'verbose_name_plural': '报送的记录',
                        'constraints': [models.UniqueConstraint(fields=('submission', 'fact'), name='frozenrecords_one_per_fact')],
                    },
                ),
                migrations.CreateModel(
                    name='HistoricalReport',
                    fields=[
                        ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                        ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='更新时间')),
                        ('number', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='补报序号')),
                        ('state', models.CharField(choices=[('draft', '填报中'), ('submitted', '已报送'), ('under_review', '审核中'), ('returned', '已退回'), ('accepted', '已接收')], default='draft', editable=False, max_length=20, verbose_name='状态')),
                        ('is_nil', models.BooleanField(default=False, verbose_name='零报告')),
                        ('contact_name', models.CharField(blank=True, max_length=50, verbose_name='填报人')),
                        ('contact_telephone', models.CharField(blank=True, max_length=30, verbose_name='联系电话')),
                        ('extended_to', models.DateField(blank=True, editable=False, null=True, verbose_name='延期至')),
                        ('extension_reason', models.CharField(blank=True, editable=False, max_length=200, verbose_name='延期原因')),
                        ('supplement_reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='补报原因')),
                        ('history_id', models.AutoField(primary_key=True, serialize=False)),
                        ('history_date', models.DateTimeField(db_index=True)),
                        ('history_change_reason', models.CharField(max_length=100, null=True)),
                        ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                        ('campaign', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='portal.campaign', verbose_name='活动年度')),
                        ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('union', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='portal.union', verbose_name='所属工会')),
                        ('submission', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reports.submission', verbose_name='报送')),
                    ],
                    options={
                        'verbose_name': 'historical 报表',
                        'verbose_name_plural': 'historical 报表',
                        'ordering': ('-history_date', '-history_id'),
                        'get_latest_by': ('history_date', 'history_id'),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
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
                        ('figures', models.JSONField(default=dict, editable=False, verbose_name='当时的数字')),
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
                        ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='催报人')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='reports.report')),
                    ],
                    options={
                        'verbose_name': '催报',
                        'verbose_name_plural': '催报',
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ReportEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('move', models.CharField(max_length=30, verbose_name='事项')),
                        ('state', models.CharField(choices=[('draft', '填报中'), ('submitted', '已报送'), ('under_review', '审核中'), ('returned', '已退回'), ('accepted', '已接收')], max_length=20, verbose_name='此后状态')),
                        ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                        ('comment', models.TextField(blank=True, verbose_name='意见')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                        ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='reports.report')),
                        ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.submission')),
                    ],
                    options={
                        'verbose_name': '报表历史',
                        'verbose_name_plural': '报表历史',
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnedFigure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.CharField(max_length=60, verbose_name='数字')),
                        ('reason', models.CharField(choices=[('mismatch', '与记录不符'), ('missing_records', '记录不全'), ('outlier', '与往年或同类单位相差过大，未说明'), ('adjustment', '调整理由不足'), ('summary', '总结报告需补充'), ('contact', '填报人或联系电话需更正'), ('explanation', '核对说明不清楚或不符'), ('other', '其他')], max_length=20, verbose_name='原因')),
                        ('text', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='reports.reportevent')),
                    ],
                    options={
                        'verbose_name': '退回的数字',
                        'verbose_name_plural': '退回的数字',
                        'constraints': [models.UniqueConstraint(fields=('event', 'slug'), name='returnedfigure_one_per_slug')],
                    },
                ),
                migrations.CreateModel(
                    name='SummaryFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                        ('content_type', models.CharField(max_length=100)),
                        ('content', portal.fields.EncryptedBinaryField()),
                        ('digest', models.CharField(max_length=64)),
                        ('uploaded_at', models.DateTimeField(auto_now=True, verbose_name='上传时间')),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='summary', to='reports.report')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('figures', models.JSONField(default=dict, editable=False, verbose_name='当时的数字')),
                    ],
                    options={
                        'verbose_name': '总结报告',
                        'verbose_name_plural': '总结报告',
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
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('before', models.CharField(blank=True, max_length=64)),
                        ('parts', models.JSONField()),
                        ('mark', models.CharField(max_length=64, verbose_name='封存值')),
                        ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='reports.submission')),
                    ],
                    options={
                        'verbose_name': '封存',
                        'verbose_name_plural': '封存',
                    },
                ),
                migrations.CreateModel(
                    name='CityContact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=50, verbose_name='填报人')),
                        ('telephone', models.CharField(max_length=30, verbose_name='联系电话')),
                        ('set_at', models.DateTimeField(auto_now=True, verbose_name='填写时间')),
                        ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='city_contact', to='portal.campaign', verbose_name='活动年度')),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
                    ],
                    options={
                        'verbose_name': '市级填报人',
                        'verbose_name_plural': '市级填报人',
                    },
                ),
                migrations.CreateModel(
                    name='PublicPage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                        ('switched_off', models.JSONField(default=list, verbose_name='不公开的部分')),
                        ('complaint', models.TextField(blank=True, max_length=500, verbose_name='监督和投诉的办法')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('set_at', models.DateTimeField(auto_now=True, verbose_name='设置时间')),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设置人')),
                        ('union', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会')),
                    ],
                    options={
                        'verbose_name': '公开页面',
                        'verbose_name_plural': '公开页面',
                        'abstract': False,
                        'indexes': [models.Index(fields=['union_path'], name='publicpage_scope')],
                        'constraints': [models.UniqueConstraint(fields=('union',), name='publicpage_one_per_union', violation_error_message='该工会的公开页面已有设置。')],
                    },
                ),
            ],
        ),
        Settle(),
        append_only(*FROZEN),
        no_way_around(*FROZEN),
        keeping_reports(),
    ]
