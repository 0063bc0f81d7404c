"""Contacts in what everybody may read: found however they are grouped, and never where there is none."""

import pytest

from portal.words.contacts import names_a_contact

CONTACTS = (
    "13816245702",
    "138 1624 5702",
    "1 3 8 1 6 2 4 5 7 0 2",
    "138-1624-5702",
    "13816 245702",
    "138.1624.5702",
    "tel:+8613816245702",
    "+86 138 1624 5702",
    "86-13816245702",
    "138１６２４５７０２",
    "138—1624—5702",
    "东江纺织厂 张三13816245702",
    "(021)63211939",
    "021 63211939",
    "021-6321 1939",
    "63211939",
    "5212 6688 转 803",
    "5212-6688转803",
    "电话：5212-6688",
    "400-820-8820",
    "310101198001010011",
    "31010119800101001X",
    "310101 19800101 0011",
    "6222 0212 3456 7890",
    "微信 wxid_abc123",
    "微信：zhangsan",
    "微信号 zs",
    "wechat zhang_san1",
    "VX abc12345",
    "加V信",
    "加微信",
    "QQ 123456789",
    "qq群：1234567",
    "联系人张经理",
    "联系电话见下",
    "hr@example.com",
    "hr @ example.com",
    "月薪 50000000 韩元",
)
NEAR_MISSES = (
    "",
    "月薪5000-8000",
    "月薪15000-200000",
    "本科 2016 届，20-35 岁，5000-8000",
    "2014 年 7 月 1 日至 2014-09-30",
    "2014-07-01 2014-09-30",
    "2014-2015 学年",
    "GB/T 4754-2017",
    "300-500 元/天 8:00-17:00",
    "试用 2000 转正 3000",
    "电话客服 3000-5000 元",
    "手机维修",
    "微信运营",
    "微信小程序开发",
    "QQ 音乐编辑",
    "联系客户",
    "12351",
    "@SUM(A1)",
)


@pytest.mark.parametrize("text", CONTACTS)
def test_contact_in_a_text_is_found(text):
    assert names_a_contact(text) is True


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_text_without_a_contact_is_left_alone(text):
    assert names_a_contact(text) is False
