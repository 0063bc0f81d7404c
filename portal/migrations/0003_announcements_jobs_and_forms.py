"""Announcements, background jobs, and a campaign's own forms."""

import django.db.models.deletion
import portal.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_audit_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('text', models.TextField(blank=True, verbose_name='内容')),
                ('link', models.CharField(blank=True, max_length=200, verbose_name='办理页面')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='发送时间')),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnnouncementReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(auto_now_add=True, verbose_name='阅读时间')),
            ],
            options={
                'verbose_name': '通知阅读',
                'verbose_name_plural': '通知阅读',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40, verbose_name='任务')),
                ('arguments', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', '等待中'), ('running', '进行中'), ('done', '已完成'), ('failed', '失败')], default='waiting', max_length=10, verbose_name='状态')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='发起时间')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('heartbeat_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='已完成')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='总数')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='失败原因')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='文件名')),
                ('content_type', models.CharField(blank=True, max_length=100)),
                ('content', portal.fields.EncryptedBinaryField(default=b'')),
            ],
            options={
                'verbose_name': '后台任务',
                'verbose_name_plural': '后台任务',
                'ordering': ['-made_at'],
            },
        ),
        migrations.AddField(
            model_name='campaign',
            name='forms',
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name='表式'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='reviewers_needed',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='接收报表需要的审核员人数'),
        ),
        migrations.AddField(
            model_name='campaign',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='action',
            field=models.CharField(choices=[('login', '登录'), ('login_failed', '登录失败'), ('logout', '退出'), ('password_changed', '修改密码'), ('second_factor_set', '绑定动态口令'), ('refused', '越权被拒'), ('viewed', '查看'), ('revealed', '查看完整信息'), ('exported', '导出'), ('imported', '导入'), ('uploaded', '上传工作簿'), ('account_changed', '账号管理'), ('submitted', '报送报表'), ('returned', '退回报表'), ('accepted', '接收报表'), ('extended', '延长报送期限'), ('consolidated', '完成汇总'), ('commented', '写批注'), ('reminded', '发出催报'), ('endorsed', '复核同意报表'), ('supplement_opened', '开启补报'), ('form_changed', '修改活动年度或表式'), ('unions_loaded', '载入工会')], max_length=30, verbose_name='事项'),
        ),
        migrations.AddConstraint(
            model_name='campaign',
            constraint=models.CheckConstraint(condition=models.Q(('reviewers_needed__in', (1, 2))), name='campaign_one_or_two_reviewers', violation_error_message='接收报表需要 1 名或 2 名审核员。'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发送人'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='union',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会'),
        ),
        migrations.AddField(
            model_name='announcementreading',
            name='announcement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='portal.announcement'),
        ),
        migrations.AddField(
            model_name='announcementreading',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='job',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='发起人'),
        ),
        migrations.AddIndex(
            model_name='announcement',
            index=models.Index(fields=['union_path'], name='announcement_scope'),
        ),
        migrations.AddConstraint(
            model_name='announcementreading',
            constraint=models.UniqueConstraint(fields=('announcement', 'reader'), name='announcement_read_once'),
        ),
    ]
