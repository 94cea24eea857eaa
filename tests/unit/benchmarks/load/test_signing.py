"""Requests that are prepared ahead say what they should."""

import json
from urllib.parse import parse_qs

from benchmarks.load.signing import Stencil


def payload_of(request: bytes) -> object:
    _, _, body = request.decode().partition("\r\n\r\n")
    return json.loads(parse_qs(body)["payload"][0])


def test_stencil_fills_every_place_and_keeps_the_rest() -> None:
    stencil = Stencil({"user": "9USER9", "words": "so & so = 100 %", "view": {"id": "V9NUMBER9", "hash": "9NUMBER9.h"}})

    filled = [payload_of(stencil.fill({"9USER9": "U1", "9NUMBER9": number})) for number in ("1", "22")]

    assert filled == [
        {"user": "U1", "words": "so & so = 100 %", "view": {"id": f"V{number}", "hash": f"{number}.h"}}
        for number in ("1", "22")
    ]


def test_request_names_the_length_of_its_body() -> None:
    request = Stencil({"name": "Zoë 9USER9"}).fill({"9USER9": "U12345"})

    head, _, body = request.partition(b"\r\n\r\n")

    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")
