from django.db import migrations, models

LAST_HEADING = "四、"  # 存在问题和下一步打算 of the texts before


def part_texts(apps, _schema_editor):
    """What was written before, word for word: its last part becomes 存在问题, all before it 主要数据."""
    narratives = apps.get_model("reports", "Narrative").objects
    for pk, text in narratives.values_list("pk", "text").iterator():
        lines = text.split("\n")
        begins = next((place for place, line in enumerate(lines) if line.startswith(LAST_HEADING)), len(lines))
        written = {"data": "\n".join(lines[:begins]), "problems": "\n".join(lines[begins:])}
        narratives.filter(pk=pk).update(**written)


class Migration(migrations.Migration):
    dependencies = [("reports", "0014_public_page")]

    operations = [
        migrations.AlterModelOptions(
            name="narrative",
            options={"verbose_name": "总结报告正文", "verbose_name_plural": "总结报告正文"},
        ),
        *(
            migrations.AddField(
                model_name="narrative",
                name=name,
                field=models.TextField(blank=True, default="", verbose_name=label),
                preserve_default=False,
            )
            for name, label in (
                ("work", "工作开展情况"),
                ("data", "主要数据"),
                ("problems", "存在问题"),
                ("plans", "下一步打算"),
            )
        ),
        migrations.RunPython(part_texts, migrations.RunPython.noop),
        migrations.RemoveField(model_name="narrative", name="text"),
        migrations.AddField(
            model_name="summaryfile",
            name="is_written_here",
            field=models.BooleanField(default=False, editable=False, verbose_name="在平台上写的正文"),
        ),
    ]
