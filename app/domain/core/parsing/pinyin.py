"""How a name is typed without its characters: whole pinyin and initials, surnames read as surnames."""

import re
from typing import Final

COMPOUND_SURNAMES: Final = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "令狐": "ling hu",
    "夏侯": "xia hou", "濮阳": "pu yang", "乐正": "yue zheng", "宰父": "zai fu", "呼延": "hu yan", "欧阳": "ou yang",
    "司马": "si ma", "上官": "shang guan", "诸葛": "zhu ge", "东方": "dong fang", "皇甫": "huang fu",
    "公孙": "gong sun", "慕容": "mu rong", "宇文": "yu wen", "司徒": "si tu", "司空": "si kong", "端木": "duan mu",
    "百里": "bai li", "南宫": "nan gong", "独孤": "du gu", "西门": "xi men", "轩辕": "xuan yuan", "钟离": "zhong li",
    "闾丘": "lü qiu", "太叔": "tai shu", "申屠": "shen tu", "公冶": "gong ye", "宗政": "zong zheng", "淳于": "chun yu",
    "赫连": "he lian", "鲜于": "xian yu", "闻人": "wen ren", "拓跋": "tuo ba", "贺兰": "he lan", "公羊": "gong yang",
    "谷梁": "gu liang", "漆雕": "qi diao", "壤驷": "rang si", "公良": "gong liang", "段干": "duan gan",
}  # fmt: skip
SURNAMES: Final = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "翟": "zhai", "解": "xie", "查": "zha", "朴": "piao", "盖": "ge",
    "区": "ou", "任": "ren", "覃": "qin", "缪": "miao", "乐": "yue", "员": "yun", "贠": "yun", "召": "shao",
    "种": "chong", "秘": "bi", "繁": "po", "折": "she", "黑": "he", "祭": "zhai", "洗": "xian", "冼": "xian",
    "应": "ying", "宁": "ning", "华": "hua", "曲": "qu", "那": "na", "过": "guo", "牟": "mou", "谌": "chen",
    "车": "che", "卜": "bu", "盛": "sheng", "石": "shi", "沈": "shen", "呙": "guo", "钭": "tou", "逄": "pang",
    "仉": "zhang", "晁": "chao", "郗": "xi", "佴": "nai", "隗": "wei", "殷": "yin", "葛": "ge", "纪": "ji",
    "颉": "xie", "尉": "wei", "幺": "yao", "么": "yao", "瞿": "qu", "臧": "zang", "乜": "nie", "句": "gou",
    "角": "jue", "都": "du", "柏": "bai", "薄": "bo", "重": "chong", "褚": "chu", "阚": "kan", "眭": "sui",
    "燕": "yan", "訾": "zi", "宓": "mi", "莘": "shen", "郇": "xun", "能": "nai", "哈": "ha", "藏": "zang",
    "行": "xing", "强": "qiang", "相": "xiang", "长": "chang", "仝": "tong", "亓": "qi", "芮": "rui", "嵇": "ji",
    "靳": "jin", "干": "gan", "万": "wan", "冯": "feng", "贾": "jia", "肖": "xiao", "尹": "yin", "占": "zhan",
    "洪": "hong", "便": "pian", "撒": "sa", "撖": "han", "谷": "gu", "郝": "hao", "费": "fei", "樊": "fan",
    "俞": "yu", "於": "yu", "丁": "ding", "奇": "qi", "弗": "fu", "尤": "you", "褶": "zhe", "适": "kuo",
    "鲍": "bao", "鄢": "yan", "晏": "yan", "曹": "cao", "隽": "juan", "郄": "qie", "桂": "gui", "苫": "shan",
}  # fmt: skip
_OTHER = re.compile(r"[^a-z0-9]")


def of_name(name: str) -> tuple[str, str]:
    """(whole pinyin, initials) of a name: 曾小贤 → zengxiaoxian, zxx. Only a–z and digits; ü is v.

    Letters of other scripts are read as they stand; what cannot be read is left out.
    """
    syllables = [syllable for part in _readings(name.strip()) if (syllable := _plain(part))]
    return "".join(syllables)[:200], "".join(syllable[0] for syllable in syllables)[:60]


def _readings(name: str) -> list[str]:
    if reading := COMPOUND_SURNAMES.get(name[:2]):
        return [*reading.split(), *_words(name[2:])]
    if reading := SURNAMES.get(name[:1]):
        return [reading, *_words(name[1:])]
    return _words(name)


def _words(text: str) -> list[str]:
    # Its tables take half a second to load, which a process that reads no name should not pay.
    from pypinyin import lazy_pinyin

    return [word for reading in lazy_pinyin(text) for word in reading.split()] if text else []


def _plain(reading: str) -> str:
    return _OTHER.sub("", reading.lower().replace("ü", "v"))
