"""A file to keep, under a name that says what it is."""

from io import BytesIO
from urllib.parse import quote

from flask import Response, send_file


def download(content: bytes, mimetype: str, name: str, plain: str) -> Response:
    """The answer that a browser saves as `name`; a program that reads only ASCII there saves it as `plain`.

    Left to itself, Flask would keep of a Chinese name only its digits and blanks.
    """
    answer = send_file(BytesIO(content), mimetype=mimetype)
    names = {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='!#$&+-.^_`|~')}"}
    answer.headers.set("Content-Disposition", "attachment", **names)
    return answer
