"""与职工关系 in the words people write, as far as they tell the sex of who is meant."""

from django.utils.translation import gettext as _

from aid.enums import Sex

FEMALE = "女 女儿 长女 次女 三女 独女 独生女 养女 继女 孙女 外孙女 侄女 妻 妻子 母 母亲 姐姐 妹妹 奶奶 祖母 外婆 外祖母"
MALE = "子 儿 儿子 长子 次子 三子 独子 独生子 养子 继子 孙子 外孙 侄子 夫 丈夫 父 父亲 哥哥 弟弟 爷爷 祖父 外公 外祖父"
SEX_TOLD = dict.fromkeys(FEMALE.split(), Sex.FEMALE) | dict.fromkeys(MALE.split(), Sex.MALE)


def sex_against_relation(relation: str, sex: str) -> str:
    """What is odd about somebody of that sex in that relation, in words; '' if nothing is, or no sex is known."""
    word = relation.strip()
    if not sex or SEX_TOLD.get(word, sex) == sex:
        return ""
    words = {"relation": word, "sex": Sex(sex).label}
    return _("与职工关系是“%(relation)s”，证件号码是%(sex)s性的号码，请核对") % words
