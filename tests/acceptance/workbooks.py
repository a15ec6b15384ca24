"""A ledger's rows as an Excel file, untidy as people keep it."""

import random
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

Row = dict[str, Any]


def write(path: Path, kind: str, rows: list[Row], seed: int = 1) -> Path:
    """The rows below a merged title, the first column blank, columns shuffled, dates and phones in many looks.

    A `date` is a cell without a time; what `seed` chooses is how each cell looks, not what it says.
    """
    chance = random.Random(seed)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    chance.shuffle(columns)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(kind)
        day, minute = (book.add_format({"num_format": look}) for look in ("yyyy-mm-dd", "yyyy/m/d hh:mm"))
        sheet.merge_range(0, 1, 0, max(len(columns), 2), f"某某装饰 {kind}")
        for column, name in enumerate(columns, 1):
            sheet.write_string(2, column, name)
        for line, row in enumerate(rows, 3):
            for column, name in enumerate(columns, 1):
                value = row.get(name)
                if value is None:
                    continue
                if isinstance(value, datetime) and value.time() != time(0, 0) and chance.random() < 0.5:
                    sheet.write_datetime(line, column, value, minute)
                elif isinstance(value, date) and not isinstance(value, datetime) and chance.random() < 0.5:
                    sheet.write_datetime(line, column, value, day)
                elif "手机" in name and chance.random() < 0.4:
                    sheet.write_number(line, column, float(value))
                elif name.endswith(("费", "月数")) and chance.random() < 0.5:
                    sheet.write_number(line, column, float(value))
                else:
                    sheet.write_string(line, column, as_typed(chance, name, value))
    return path


def as_typed(chance: random.Random, name: str, value: Any) -> str:
    """A value as one of the ways people type it."""
    if isinstance(value, date):
        days = (f"{value:%Y-%m-%d}", f"{value:%Y/}{value.month}/{value.day}", f"{value:%Y.}{value.month}.{value.day}")
        day = chance.choice((*days, f"{value.year}年{value.month}月{value.day}日"))
        return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day
    if "手机" in name:
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in value)
        return chance.choice((value, f"+86 {value}", f"{value[:3]}-{value[3:7]}-{value[7:]}", wide))
    return str(value)
