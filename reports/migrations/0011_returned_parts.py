"""The contact and the explanations have return reasons of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0010_summary_figures'),
    ]

    operations = [
        migrations.AlterField(
            model_name='returnedfigure',
            name='reason',
            field=models.CharField(choices=[('mismatch', '与记录不符'), ('missing_records', '记录不全'), ('outlier', '与往年或同类单位相差过大，未说明'), ('adjustment', '调整理由不足'), ('summary', '总结报告需补充'), ('contact', '填报人或联系电话需更正'), ('explanation', '核对说明不清楚或不符'), ('other', '其他')], max_length=20, verbose_name='原因'),
        ),
    ]
