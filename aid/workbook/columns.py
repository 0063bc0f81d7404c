"""Columns that several sheets have."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from aid.enums import CardKind, PayeePerson
from aid.models import Person
from portal.fields import blind_index
from portal.workbook.cells import CardCell, CodeCell, IdNumberCell, NameCell, TextCell
from portal.workbook.importing.chunks import in_chunks
from portal.workbook.importing.links import LinkColumn, UnionColumn
from portal.workbook.importing.sheet import IdentityColumn
from portal.workbook.sheets import Column

NUMBER_LENGTH = 40


UNION_WORDS = (
    "工会", "工会名称", "所属工会", "所在工会", "基层工会", "工会组织", "工会代码", "工会编号", "直属工会",
    "街道工会", "填报单位", "上报单位", "报送单位", "承办工会", "受理工会",
)  # fmt: skip
FILE_WORDS = ("档案号", "困难职工编号", "困难职工档案编号", "职工编号", "建档编号", "家庭编号", "家庭档案编号")
TELEPHONE_WORDS = (
    "手机号码", "手机号", "手机", "电话", "电话号码", "联系方式", "联系号码", "联系电话号码", "移动电话",
    "联系手机",
)  # fmt: skip
ID_WORDS = (
    "身份证号码", "身份证件号码", "身份证件号", "公民身份号码", "公民身份证号码", "公民身份证号", "居民身份证号码",
    "居民身份证号", "身份证", "身份号码", "证件号码", "证件号", "有效证件号码",
)  # fmt: skip

BANK_WORDS = (
    "开户行", "银行", "银行名称", "开户行名称", "开户银行名称", "所属银行", "发卡银行", "发卡行", "收款银行",
    "收款人开户行", "收款人开户银行", "开户行全称",
)  # fmt: skip
CARD_WORDS = (
    "卡号", "银行账号", "银行帐号", "账号", "帐号", "银行卡", "银行卡账号", "银行卡帐号", "收款账号", "收款卡号",
    "帮扶卡号", "卡(账)号", "银行卡(账)号", "银行账户", "银行卡卡号", "银行账户号码", "收款人账号", "收款人卡号",
    "社保卡银行账号", "社保卡金融账号", "社会保障卡金融账号", "社会保障卡银行账号", "工会会员服务卡卡号",
    "会员服务卡卡号",
)  # fmt: skip
PAYEE_NAME_WORDS = (
    "开户人", "收款人", "持卡人", "开户人姓名", "收款人姓名", "持卡人姓名", "开户名", "账户名", "账户名称",
    "收款户名", "收款人户名", "银行户名", "银行卡户名", "卡主", "卡主姓名", "账户户名",
)  # fmt: skip
PAYEE_PERSON_WORDS = (
    "收款人与职工关系", "收款人关系", "持卡人与职工关系", "持卡人关系", "开户人与职工关系", "户名与职工关系",
    "收款人类别",
)  # fmt: skip
SHORT_PAYEE = {
    "本人": "职工本人",
    "职工": "职工本人",
    "配偶": "职工配偶",
    "夫妻": "职工配偶",
    "妻子": "职工配偶",
    "丈夫": "职工配偶",
    "子女": "子女本人",
    "学生": "子女本人",
    "学生本人": "子女本人",
    "儿子": "子女本人",
    "女儿": "子女本人",
}
SHORT_CARD = {
    "会员卡": "工会会员服务卡",
    "会员服务卡": "工会会员服务卡",
    "工会会员卡": "工会会员服务卡",
    "工会卡": "工会会员服务卡",
    "助学卡": "助学金银行卡",
    "助学金卡": "助学金银行卡",
}


def number_column(heading: str = "业务编号", *, synonyms=()) -> IdentityColumn:
    """The natural key of most sheets."""
    note = _("在本单位内不能重复")
    return IdentityColumn(heading, "number", TextCell(NUMBER_LENGTH), required=True, note=note, synonyms=synonyms)


def union_column(*more: str) -> UnionColumn:
    return UnionColumn(
        "工会编码",
        "union",
        TextCell(20),
        required=True,
        path="union__code",
        note=_("本单位或其下级工会的编码"),
        synonyms=(*UNION_WORDS, *more),
    )


def household_column(*, synonyms: Iterable[str] = ()) -> Column:
    """The household that something belongs to, by its number."""
    return Column(
        "档案编号",
        "household",
        TextCell(NUMBER_LENGTH),
        required=True,
        refers=("困难职工家庭",),
        path="household__number",
        synonyms=synonyms,
    )


def document_column() -> Column:
    """证件类型 over a list: its word stands before the number (portal.words.identity_kinds)."""
    words = ("证件种类", "证件名称", "身份证件类型", "身份证件种类", "证件类别")
    return Column("证件类型", "document", TextCell(30), synonyms=words)


def other_contact_column() -> Column:
    """What a family is reached by besides its telephone: of the paper file and of lists, in no workbook."""
    return Column(
        "其他联系方式",
        "other_contact",
        TextCell(200),
        synonyms=("其他联系电话", "其他电话", "备用电话", "备用联系电话", "第二联系电话", "其它联系方式", "其它电话"),
    )


def bank_name_column() -> Column:
    return Column("开户银行", "bank_name", TextCell(100), synonyms=BANK_WORDS)


def bank_branch_column() -> Column:
    """支行: in no workbook, as what follows."""
    return Column("支行", "bank_branch", TextCell(100), synonyms=("支行名称", "开户支行", "开户银行支行", "开户网点"))


def bank_card_column() -> Column:
    return Column("银行卡号", "bank_card", CardCell(), synonyms=CARD_WORDS)


def payee_person_column(heading: str = "收款人") -> Column:
    """Whose account it is: in no workbook (decision 0018), as the two columns below.

    Over a list 收款人 is a name; who that is to the family stands under another heading.
    """
    return Column(heading, "payee_person", CodeCell(PayeePerson, short=SHORT_PAYEE), synonyms=PAYEE_PERSON_WORDS)


def payee_name_column() -> Column:
    note = _("与银行开户的姓名一字不差；留空就是本人的姓名。")
    return Column("户名", "payee_name", NameCell(50), note=note, synonyms=PAYEE_NAME_WORDS)


def card_kind_column() -> Column:
    cell = CodeCell(CardKind, short=SHORT_CARD)
    return Column("银行卡种类", "card_kind", cell, synonyms=("银行卡类别", "卡种", "卡种类", "卡类型", "卡别"))


class PersonColumn(LinkColumn, IdentityColumn):
    """An identity number that brings its person: one row in the whole tree, made when nobody had it before."""

    links_to = Person

    def __init__(self, attribute: str):
        super().__init__(
            "身份证号", attribute, IdNumberCell(), required=True, path=f"{attribute}__id_number", synonyms=ID_WORDS
        )

    @property
    def lookup(self):
        return f"{self.attribute}__id_hash"

    def lookup_value(self, value):
        return blind_index(value)

    def prepare(self, book, values):
        from_hash = {blind_index(number): number for number in values}
        return {
            from_hash[person.id_hash]: book.adopt(person)
            for chunk in in_chunks(from_hash)
            for person in Person.objects.known(chunk)
        }

    def resolve(self, book, value, found):
        if value not in found:
            found[value] = book.open_record(Person.of(value))
        return found[value]
