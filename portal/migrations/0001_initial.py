"""Tables of this app, as they stood when the portal was first laid."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import portal.fields
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Union',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('path', portal.fields.PathField(max_length=255, unique=True)),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='工会编码')),
                ('name', models.CharField(max_length=100, verbose_name='工会名称')),
                ('kind', models.CharField(choices=[('city', '市总工会'), ('district', '区县工会'), ('bureau', '局工会'), ('industry', '产业工会'), ('grassroots', '基层工会')], max_length=20, verbose_name='类别')),
            ],
            options={
                'verbose_name': '工会',
                'verbose_name_plural': '工会',
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('role', models.CharField(choices=[('clerk', '经办人'), ('lead', '单位审核人'), ('reviewer', '市总保障部审核员'), ('auditor', '监督审计'), ('admin', '系统管理员')], max_length=20, verbose_name='岗位')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='下次登录须修改密码')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='users', to='portal.union', verbose_name='所属工会')),
            ],
            options={
                'verbose_name': '账号',
                'verbose_name_plural': '账号',
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['clerk', 'lead', 'reviewer', 'auditor', 'admin'])), name='user_role_known', violation_error_message='岗位不存在。')],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('text', models.TextField(blank=True, verbose_name='内容')),
                ('link', models.CharField(blank=True, max_length=200, verbose_name='办理页面')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='发送时间')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发送人')),
                ('union', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会')),
            ],
            options={
                'verbose_name': '通知',
                'verbose_name_plural': '通知',
                'abstract': False,
                'indexes': [models.Index(fields=['union_path'], name='announcement_scope')],
            },
        ),
        migrations.CreateModel(
            name='AnnouncementReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(auto_now_add=True, verbose_name='阅读时间')),
                ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='portal.announcement')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '通知阅读',
                'verbose_name_plural': '通知阅读',
                'constraints': [models.UniqueConstraint(fields=('announcement', 'reader'), name='announcement_read_once')],
            },
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='时间')),
                ('action', models.CharField(choices=[('login', '登录'), ('login_failed', '登录失败'), ('logout', '退出'), ('password_changed', '修改密码'), ('second_factor_set', '绑定动态口令'), ('refused', '越权被拒'), ('viewed', '查看'), ('revealed', '查看完整信息'), ('exported', '导出'), ('imported', '导入'), ('uploaded', '上传工作簿'), ('account_changed', '账号管理'), ('record_saved', '登记或修改记录'), ('submitted', '报送报表'), ('returned', '退回报表'), ('accepted', '接收报表'), ('extended', '延长报送期限'), ('consolidated', '完成汇总'), ('commented', '写批注'), ('reminded', '发出催报'), ('endorsed', '复核同意报表'), ('supplement_opened', '开启补报'), ('form_changed', '修改活动年度或表式'), ('moved', '办理业务'), ('bank_file_made', '生成银行文件'), ('return_read', '读入银行回盘文件'), ('unions_loaded', '载入工会')], max_length=30, verbose_name='事项')),
                ('union_path', portal.fields.PathField(blank=True, max_length=255)),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='对象')),
                ('detail', models.JSONField(blank=True, default=dict, verbose_name='说明')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
            ],
            options={
                'verbose_name': '审计日志',
                'verbose_name_plural': '审计日志',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='活动年度')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('due_on', models.DateField(verbose_name='报送期限')),
                ('notice_days', models.PositiveSmallIntegerField(default=5, verbose_name='公示工作日')),
                ('reviewers_needed', models.PositiveSmallIntegerField(default=1, verbose_name='接收报表需要的审核员人数')),
                ('forms', models.JSONField(blank=True, default=dict, editable=False, verbose_name='表式')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': '活动年度',
                'verbose_name_plural': '活动年度',
                'ordering': ['-year'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on__lte', models.F('ends_on'))), name='campaign_dates_in_order', violation_error_message='结束日期不能早于开始日期。'), models.CheckConstraint(condition=models.Q(('reviewers_needed__in', (1, 2))), name='campaign_one_or_two_reviewers', violation_error_message='接收报表需要 1 名或 2 名审核员。')],
            },
        ),
        migrations.CreateModel(
            name='FormReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('record_type', models.CharField(max_length=50)),
                ('record_pk', models.BigIntegerField()),
                ('sent_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='提交时间')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '表单回执',
                'verbose_name_plural': '表单回执',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='form_sent_once')],
            },
        ),
        migrations.CreateModel(
            name='HolidayYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='年份')),
                ('source', models.CharField(max_length=200, verbose_name='依据文号')),
            ],
            options={
                'verbose_name': '节假日安排',
                'verbose_name_plural': '节假日安排',
                'ordering': ['-year'],
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
                ('size', models.PositiveBigIntegerField(default=0)),
                ('detail', models.JSONField(default=dict)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
            ],
            options={
                'verbose_name': '后台任务',
                'verbose_name_plural': '后台任务',
                'ordering': ['-made_at'],
            },
        ),
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
        migrations.CreateModel(
            name='WorkbookUpload',
            fields=[
                ('union_path', portal.fields.PathField(editable=False, max_length=255)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('content', portal.fields.EncryptedBinaryField()),
                ('state', models.CharField(choices=[('checked', '待确认'), ('faulty', '有错误'), ('imported', '已导入')], max_length=10, verbose_name='状态')),
                ('outcome', portal.fields.EncryptedTextField()),
                ('union', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '上传的工作簿',
                'verbose_name_plural': '上传的工作簿',
                'abstract': False,
                'indexes': [models.Index(fields=['union_path'], name='workbookupload_scope')],
            },
        ),
        migrations.CreateModel(
            name='WorkdayException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(error_messages={'unique': '这一天已在日历中。'}, unique=True, verbose_name='日期')),
                ('is_workday', models.BooleanField(verbose_name='上班')),
                ('name', models.CharField(max_length=30, verbose_name='节日')),
            ],
            options={
                'verbose_name': '工作日历',
                'verbose_name_plural': '工作日历',
                'ordering': ['day'],
            },
        ),
    ]
