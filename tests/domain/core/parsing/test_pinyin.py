"""Names read as names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.parsing.pinyin import of_name


@pytest.mark.parametrize(("name", "whole", "initials"), [
    ("曾小贤", "zengxiaoxian", "zxx"), ("单雄信", "shanxiongxin", "sxx"), ("仇英", "qiuying", "qy"),
    ("翟天临", "zhaitianlin", "ztl"), ("解缙", "xiejin", "xj"), ("查良镛", "zhaliangyong", "zly"),
    ("朴树", "piaoshu", "ps"), ("盖叫天", "gejiaotian", "gjt"), ("区志航", "ouzhihang", "ozh"),
    ("任盈盈", "renyingying", "ryy"), ("尉迟恭", "yuchigong", "ycg"), ("万俟卨", "moqixie", "mqx"),
    ("单于夫罗", "chanyufuluo", "cyfl"), ("欧阳娜娜", "ouyangnana", "oynn"), ("长孙无忌", "zhangsunwuji", "zswj"),
    ("闾丘露薇", "lvqiuluwei", "lqlw"), ("吕布", "lvbu", "lb"), ("王芳", "wangfang", "wf"), ("乐嘉", "yuejia", "yj"),
    ("覃海洋", "qinhaiyang", "qhy"), ("缪可馨", "miaokexin", "mkx"), ("𬭎垚", "hongyao", "hy"),
    ("John Smith", "johnsmith", "js"), ("李A", "lia", "la"), ("", "", ""), ("😀", "", ""),
])  # fmt: skip
def test_a_name_is_read_as_one_says_it(name, whole, initials):
    assert of_name(name) == (whole, initials)


@given(st.text(max_size=80))
def test_any_name_gives_letters_that_fit(name):
    whole, initials = of_name(name)
    assert (whole + initials).isascii()
    assert not whole or whole.isalnum()
    assert len(whole) <= 200
    assert len(initials) <= 60
