"""What the city changes in a code list: rows that are only ever added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from portal.models.append_only import append_only, no_way_around


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0043_evidence_proved'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_name', models.CharField(max_length=40, verbose_name='代码表')),
                ('number', models.PositiveIntegerField(verbose_name='序号')),
                ('act', models.CharField(choices=[('added', '新增一项'), ('word_withdrawn', '停用'), ('given_back', '恢复使用'), ('ordered', '调整顺序')], max_length=20, verbose_name='办理')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='代码')),
                ('word', models.CharField(blank=True, max_length=30, verbose_name='名称')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='年份')),
                ('successor', models.CharField(blank=True, max_length=20, verbose_name='改用')),
                ('ordered_codes', models.TextField(blank=True, verbose_name='顺序')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='依据')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='办理时间')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
            ],
            options={
                'verbose_name': '代码表变更',
                'verbose_name_plural': '代码表变更',
                'constraints': [models.UniqueConstraint(fields=('list_name', 'number'), name='codechange_one_after_another', violation_error_message='您打开之后，他人改过这张代码表。'), models.UniqueConstraint(condition=models.Q(('act', 'added')), fields=('list_name', 'code'), name='codechange_code_added_once', violation_error_message='这张代码表已有这个代码。'), models.UniqueConstraint(condition=models.Q(('act', 'added')), fields=('list_name', 'word'), name='codechange_word_added_once', violation_error_message='这张代码表已有这个名称。'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'ordered'), ('code', ''), ('year__isnull', True)), models.Q(models.Q(('act', 'ordered'), _negated=True), models.Q(('code', ''), _negated=True), ('year__isnull', False), ('year__range', (2000, 2100)), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='codechange_says_what_when_why', violation_error_message='请写明代码、年份和依据。'), models.CheckConstraint(condition=models.Q(('act', 'added'), ('word', ''), _connector='XOR'), name='codechange_word_of_added', violation_error_message='新增的须写明名称。'), models.CheckConstraint(condition=models.Q(('act', 'word_withdrawn'), ('successor', ''), _connector='OR'), name='codechange_successor_of_withdrawn', violation_error_message='只有停用的可以写明改用哪一项。')],
            },
        ),
        append_only("portal_codechange"),
        no_way_around("portal_codechange"),
    ]
