
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0025_check_before_notice'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInPace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('spent_until', models.FloatField(db_index=True)),
            ],
            options={
                'verbose_name': '登录节奏',
                'verbose_name_plural': '登录节奏',
            },
        ),
    ]
