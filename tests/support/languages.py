"""The catalogues: texts gathered from the code, English kept by hand, Traditional Chinese made by OpenCC.

`python -m tests.support.languages` writes both (bin/translate); the test beside it only compares.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "app" / "translations"
KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "_l": None, "lazy_gettext": None, "N_": None,
    "pgettext": ((1, "c"), 2), "_lp": ((1, "c"), 2),
}  # fmt: skip
"""What marks a text. A context tells the same Chinese word apart: the button 取消 from the state, a list from one."""

GLOSSARY = {
    "賬號": "帳號", "登錄": "登入", "短信": "簡訊", "打印": "列印", "質檢": "品檢", "移動電話": "手機", "軟件": "軟體",
    "導入": "匯入", "導出": "匯出", "默認": "預設", "透過": "通過", "許可權": "權限", "型別": "類型", "物件": "對象",
    "佔線": "忙線", "臺賬": "台帳", "籤": "簽", "反饋": "回饋", "保修": "保固", "保內": "保固內", "保外": "保固外",
    "渠道": "管道", "小區": "社區", "幢": "棟", "區縣": "區", "工長": "工頭", "導航": "導覽", "快捷鍵": "快速鍵",
    "合同": "合約", "模板": "範本", "分佈": "分布", "計劃": "計畫", "生成": "產生", "視窗": "期間",
    "看列": "看欄", "看看列": "看看欄", "對列": "對欄", "的列": "的欄", "這些列": "這些欄", "一列": "一欄",
    "列太多": "欄太多",
    "%(most)s 列": "%(most)s 欄", "行太多": "列太多", "行數": "列數", "一行": "一列", "的行": "的列",
    "%(most)s 行": "%(most)s 列", "%(n)s 行": "%(n)s 列", "%(count)s 行": "%(count)s 列", "%(row)s 行": "%(row)s 列",
}  # fmt: skip
"""Where Taiwan's word for it is another one than OpenCC's phrase tables know, in this order: columns before rows."""

WHOLE = {"專案": "項目", "列": "欄", "行": "列"}
"""The same for texts that are nothing but the word."""


def gathered() -> Catalog:
    """Every text in the code that is marked for translation."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(charset="utf-8")
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, (), strip_comment_tags=True)
    for filename, _line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, context=context, locations=[(filename, 0)])
    return catalog


def kept(language: str) -> Catalog:
    """The catalogue of a language as it stands in the tree; empty when there is none yet."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def english(texts: Catalog) -> Catalog:
    """The texts with the English that stands in the tree; new ones empty."""
    old, new = kept("en"), Catalog(locale="en")
    for message in texts:
        if message.id:
            known = old.get(_first(message.id), message.context)
            new.add(message.id, known.string if known else "", context=message.context)
    return new


def traditional(texts: Catalog) -> Catalog:
    """The texts in Traditional Chinese as Taiwan writes it."""
    new = Catalog(locale="zh_Hant_TW")
    convert = OpenCC("s2twp").convert
    for message in texts:
        if message.id:
            source = message.id[-1] if isinstance(message.id, tuple) else message.id
            text = convert(source)
            for word, better in GLOSSARY.items():
                text = text.replace(word, better)
            text = WHOLE.get(text, text)
            new.add(message.id, (text,) if isinstance(message.id, tuple) else text, context=message.context)
    return new


def written(catalog: Catalog) -> bytes:
    """The catalogue as its file holds it: no dates, no line numbers, so that it changes only with its texts."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True, no_location=True, sort_output=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = f'"Plural-Forms: {catalog.plural_forms}\\n"\n"Language: {catalog.locale}\\n"\n\n'
    return (header + plural).encode() + buffer.getvalue()


def _first(message_id: str | tuple[str, ...]) -> str:
    return message_id[0] if isinstance(message_id, tuple) else message_id


def _path(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def main() -> None:
    texts = gathered()
    for language, catalog in (("en", english(texts)), ("zh_Hant_TW", traditional(texts))):
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(catalog))
        empty = sum(1 for message in catalog if message.id and not message.string)
        print(f"{path.relative_to(ROOT)}: {len(catalog)} texts, {empty} not translated")


if __name__ == "__main__":
    main()
