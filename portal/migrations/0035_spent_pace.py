from django.db import migrations


class Migration(migrations.Migration):
    """What was the pace of signing in is that of exports, unmasked values and searches too."""

    dependencies = [("portal", "0034_evidence")]

    operations = [
        migrations.RenameModel("SignInPace", "SpentPace"),
        migrations.AlterModelOptions("spentpace", {"verbose_name": "用量节奏", "verbose_name_plural": "用量节奏"}),
    ]
