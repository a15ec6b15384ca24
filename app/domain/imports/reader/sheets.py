"""The first sheet of a file as rows of cells: Excel old and new, or CSV. Broken files are refused in words."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from app.domain.core.enums import N_
from app.domain.core.errors import Refused

LARGEST_FILE: Final = 32 * 1024 * 1024
LARGEST_UNPACKED: Final = 400 * 1024 * 1024
MOST_PARTS: Final = 2_000
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 300
DELIMITERS: Final = (",", "\t", ";")
ENCODINGS: Final = ("utf-8", "gb18030")
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
FOREIGN: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
CHUNK: Final = 1024 * 1024


@dataclass(frozen=True)
class Line:
    """A row that isn't blank, with the number that Excel shows beside it."""

    number: int
    cells: list[Any]


def digest(content: bytes) -> str:
    """The name under which equal files are the same file."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes, encoding: str | None = None) -> list[list[Line]]:
    """The first sheet's rows that aren't blank. A CSV is read once for each delimiter that it may have.

    `encoding` settles the letters of a CSV; without it a byte order mark, UTF-8 and GB18030 are tried in turn.
    Refused: empty or too large a file, too many rows, a password, damage, and anything that is no table.
    """
    if not content:
        raise Refused(N_("文件是空的。"))
    if len(content) > LARGEST_FILE:
        raise Refused(N_("文件太大，最多 %(megabytes)s MB。"), megabytes=LARGEST_FILE // CHUNK)
    if content.startswith(FOREIGN):
        raise Refused(N_("这不是表格文件，请选择 Excel（xlsx、xls）或 CSV。"))
    if content.startswith(b"PK"):
        _refuse_bomb(content)
        return [_limited(_workbook_rows(content))]
    if content.startswith(COMPOUND):
        if ENCRYPTED in content:
            raise Refused(N_("文件有打开密码，请去掉密码后再导入。"))
        return [_limited(_workbook_rows(content))]
    text = _decoded(content, encoding)
    return [_limited(_csv_rows(text, delimiter)) for delimiter in DELIMITERS]


def _refuse_bomb(content: bytes) -> None:
    """Unpack every part once in small pieces: declared sizes are checked, and a lie shows as a wrong checksum."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Refused(N_("文件解开后太大，请拆成几个文件。"))
            if not any(part.filename.startswith("xl/workbook.") for part in parts):
                raise Refused(N_("这不是表格文件，请选择 Excel（xlsx、xls）或 CSV。"))
            for part in parts:
                if part.flag_bits & 1:
                    raise Refused(N_("文件有打开密码，请去掉密码后再导入。"))
                with archive.open(part) as stream:
                    while stream.read(CHUNK):
                        pass
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise _damaged() from None


def _damaged() -> Refused:
    return Refused(N_("文件已损坏或不是 Excel 文件，请用 Excel 打开后另存再试。"))


def _workbook_rows(content: bytes) -> Iterator[list[Any]]:
    """Rows from the sheet's first on, blank ones too, so that counting them gives Excel's numbers."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [sheet.name for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
            if not names:
                raise Refused(N_("文件里没有工作表。"))
            sheet = book.get_sheet_by_name(names[0])
            if sheet.start is None:
                return
            if sheet.end is not None and sheet.end[1] - sheet.start[1] >= MOST_COLUMNS:
                raise Refused(N_("列太多，最多 %(most)s 列。"), most=MOST_COLUMNS)
            yield from sheet.iter_rows()
    except (CalamineError, ValueError, OSError):
        raise _damaged() from None


def _decoded(content: bytes, encoding: str | None) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ("utf-8-sig",)
    else:
        encodings = (encoding,) if encoding else ENCODINGS
    for name in encodings:
        try:
            return _text_only(content.decode(name))
        except UnicodeDecodeError:
            continue
    raise Refused(N_("看不懂文件的文字编码，请另存为 xlsx 或 UTF-8 的 CSV。"))


def _text_only(text: str) -> str:
    if text.count("\0") * 100 > len(text):
        raise Refused(N_("这不是表格文件，请选择 Excel（xlsx、xls）或 CSV。"))
    return text.replace("\0", "")


def _csv_rows(text: str, delimiter: str) -> Iterator[list[Any]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise Refused(N_("CSV 文件读不通，请用 Excel 打开后另存为 xlsx。")) from None


def _limited(rows: Iterator[list[Any]]) -> list[Line]:
    lines = []
    for number, cells in enumerate(rows, start=1):
        if any(not is_blank(cell) for cell in cells):
            lines.append(Line(number, cells))
            if len(lines) > MOST_ROWS:
                raise Refused(N_("行太多，最多 %(most)s 行，请拆成几个文件。"), most=MOST_ROWS)
    return lines


def is_blank(cell: Any) -> bool:
    """Whether nothing is written in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
