"""Small lists that an operator loads from a CSV: read line by line, refused with every fault and its place."""

import csv
import io
from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.text import decoded


class ListRefused(Exception):  # noqa: N818  named after what happens to the list
    """The list cannot be loaded; the messages say where and why."""

    def __init__(self, messages: list[str]):
        super().__init__("\n".join(messages))
        self.messages = messages


def read_lines(content: bytes, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The number and the named cells of each line that is not empty, of a CSV in UTF-8 or GB18030 with `columns`.

    Raises ListRefused for anything else.
    """
    try:
        reader = csv.DictReader(io.StringIO(decoded(content), newline=""))
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise ListRefused([_("缺少列：%(columns)s") % {"columns": "、".join(missing)}])
        return [
            (reader.line_num, {name: line[name] or "" for name in columns}) for line in reader if any(line.values())
        ]
    except (UnicodeDecodeError, csv.Error):
        raise ListRefused([_("无法读取该文件，应为 UTF-8 或 GB18030 编码的 CSV")]) from None
