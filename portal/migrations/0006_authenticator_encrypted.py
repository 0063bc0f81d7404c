"""Authenticators move from the library's table, which holds their secrets in clear, to one that encrypts them."""

import django.db.models.deletion
import django_otp.plugins.otp_totp.models
import portal.fields
from django.conf import settings
from django.db import migrations, models

CARRIED = ("user_id", "name", "confirmed", "last_used_at", "key", "step", "t0", "digits", "tolerance", "drift", "last_t")


def carry(from_model, to_model):
    """All devices go over, none stays behind."""
    to_model.objects.bulk_create(to_model(**values) for values in from_model.objects.values(*CARRIED))
    from_model.objects.all().delete()


def encrypt(apps, _schema_editor):
    carry(apps.get_model("otp_totp", "TOTPDevice"), apps.get_model("portal", "Authenticator"))


def take_back(apps, _schema_editor):
    carry(apps.get_model("portal", "Authenticator"), apps.get_model("otp_totp", "TOTPDevice"))


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0005_audit_no_way_around'),
        ('otp_totp', '0003_add_timestamps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Authenticator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='The date and time when this device was initially created in the system.', null=True)),
                ('last_used_at', models.DateTimeField(blank=True, help_text='The most recent date and time this device was used.', null=True)),
                ('key', portal.fields.EncryptedTextField(default=django_otp.plugins.otp_totp.models.default_key, verbose_name='密钥')),
                ('step', models.PositiveSmallIntegerField(default=30, verbose_name='步长(秒)')),
                ('t0', models.BigIntegerField(default=0, verbose_name='起始时间')),
                ('digits', models.PositiveSmallIntegerField(default=6, verbose_name='位数')),
                ('tolerance', models.PositiveSmallIntegerField(default=1, verbose_name='容许偏差(步)')),
                ('drift', models.SmallIntegerField(default=0, verbose_name='时钟偏差(步)')),
                ('last_t', models.BigIntegerField(default=-1, verbose_name='最近用过的一步')),
                ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '动态口令',
                'verbose_name_plural': '动态口令',
                'abstract': False,
            },
        ),
        migrations.RunPython(encrypt, take_back),
    ]
