"""Whether the keys of the settings made the seals that are kept, asked when the portal starts."""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import DatabaseError

from reports.models import Seal
from reports.sealing.proving import is_marked


def seals_are_of_these_keys(**_options: Any) -> list[CheckMessage]:
    """Try the first and the last seal. One that fails may be of a row that was tampered with, both tell of the keys."""
    seals = Seal.objects.select_related("submission").defer("submission__content")
    try:
        tried = [seal for seal in (seals.order_by("pk").first(), seals.order_by("-pk").first()) if seal]
    except DatabaseError:
        return []  # not migrated yet, or no database
    broken = [seal for seal in tried if not is_marked(seal, seal.before)]
    if not broken:
        return []
    if len(broken) == len(tried):
        return [Error("SEAL_KEYS 与数据库不符：已有报送的封存值都不是这些密钥做的。", id="reports.E001")]
    words = f"SEAL_KEYS 可能缺少以前的密钥，或第 {broken[0].submission_id} 号报送被改动：封存值对不上。"
    return [Caution(words, id="reports.W001")]
