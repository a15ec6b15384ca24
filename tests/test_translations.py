"""Every text is there in English and in Traditional Chinese, with the same placeholders, and nothing is left over."""

import re

import pytest

from tests.support import languages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def texts():
    return languages.gathered()


def test_english_is_whole(texts):
    english = languages.kept("en")
    wanted = {(message.context, message.id) for message in texts if message.id}
    assert {(message.context, message.id) for message in english if message.id} == wanted, "run bin/translate"
    missing = [message.id for message in english if message.id and not message.string]
    assert missing == []


def test_english_has_the_same_placeholders_and_no_chinese_left(texts):
    for message in languages.kept("en"):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in said if message.id else ():
            source = message.id[0] if isinstance(message.id, tuple) else message.id
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(source)), source
            assert not HAN.search(text), text


def test_traditional_is_what_the_source_makes_of_it(texts):
    wanted = languages.written(languages.traditional(texts))
    assert wanted == languages._path("zh_Hant_TW").read_bytes(), "run bin/translate"
