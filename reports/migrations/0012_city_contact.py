"""The city's own forms name who filled them in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0007_answered_forms'),
        ('reports', '0011_returned_parts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
    ]
