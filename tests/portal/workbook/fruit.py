"""A small declared workbook."""

from django.db import models

from portal.workbook.cells import (
    AmountCell,
    CardCell,
    CodeCell,
    CodeListCell,
    DateCell,
    IdNumberCell,
    TelephoneCell,
    TextCell,
    WholeCell,
    YesNoCell,
)
from portal.workbook.sheets import Column, Sheet


class Fruit(models.TextChoices):
    APPLE = "apple", "苹果"
    PEAR = "pear", "雪梨"
    PLUM = "plum", "李子（大）"


class Crates(Sheet):
    title = "水果箱"

    number = Column("箱号", "number", TextCell(20), required=True)
    owner = Column("主人身份证号", "owner", IdNumberCell(), required=True, path="keeper__id_number")
    card = Column("银行卡号", "card", CardCell())
    telephone = Column("电话", "telephone", TelephoneCell())
    fruit = Column("水果", "fruit", CodeCell(Fruit, {"梨": "雪梨"}), required=True, note="每箱一种")
    others = Column("也收", "others", CodeListCell(Fruit))
    ripe = Column("已熟", "ripe", YesNoCell())
    picked = Column("采摘日期", "picked", DateCell())
    price = Column("价格(元)", "price", AmountCell())
    pieces = Column("个数", "pieces", WholeCell(0, 9999))


class Notes(Sheet):
    title = "备注"

    number = Column("编号", "number", TextCell(20), required=True)
    crate = Column("箱号", "crate", TextCell(20), refers=("水果箱",), path="crate__number")
    text = Column("说明", "text", TextCell(200, multiline=True))
