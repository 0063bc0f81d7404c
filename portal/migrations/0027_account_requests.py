import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0026_sign_in_pace'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccountRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('open', '新建账号'), ('change', '修改账号'), ('reset', '重置密码和动态口令')], max_length=10, verbose_name='事项')),
                ('username', models.CharField(max_length=150, verbose_name='用户名')),
                ('fields', models.JSONField(blank=True, default=dict)),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('outcome', models.CharField(blank=True, choices=[('agreed', '同意'), ('refused', '不同意'), ('withdrawn', '撤回')], max_length=10, verbose_name='结果')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='办理时间')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='原因')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('union', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.union', verbose_name='所属工会')),
            ],
            options={
                'verbose_name': '账号申请',
                'verbose_name_plural': '账号申请',
                'constraints': [models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('username',), name='accountrequest_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), models.Q(('decided_by', None), _negated=True)), _connector='OR'), name='accountrequest_decided_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'agreed'), _negated=True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='accountrequest_four_eyes')],
            },
        ),
    ]
