"""What a file may be called."""

import re

NOT_IN_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
LONGEST_NAME = 60


def file_name(name: str) -> str:
    """`name` as every system takes it for a file: no separators, no control or bidirectional characters."""
    cleaned = NOT_IN_NAME.sub("_", name).strip(" .")
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > 5:
        return cleaned[:LONGEST_NAME] or "_"
    return f"{stem[:LONGEST_NAME] or '_'}.{ending}"
