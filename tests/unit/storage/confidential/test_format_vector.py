"""Text sealed long ago opens, and exactly so: the formats of texts, data keys and key files never change unnoticed."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from sqlalchemy import insert

from domain.sealing import RecordClass, RecordIdentity
from storage.confidential import data_keys, identity
from storage.confidential.keys import FileKeyRing
from storage.engine import Store
from tests.builders.keys import write_key_file
from tests.builders.sealing import a_sealer, opened_in
from tests.fixtures.engines import Stores

VECTOR: dict[str, Any] = json.loads((Path(__file__).parent / "format_1.json").read_text())


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def packed(*parts: str | int | bytes) -> bytes:
    """Length-prefixed parts, written down here once more so that the product's own way is not its own witness."""
    found = [part.encode() if isinstance(part, str) else part for part in parts]
    whole = [part.to_bytes(8, "big") if isinstance(part, int) else part for part in found]
    return b"".join(len(part).to_bytes(4, "big") + part for part in whole)


@pytest.fixture
def store(sqlite_stores: Stores) -> Store:
    data_key = VECTOR["data_key"] | {"blob": raw(VECTOR["data_key"]["blob"])}
    which = VECTOR["store_identity"] | {"check_value": raw(VECTOR["store_identity"]["check_value"])}
    with sqlite_stores.confidential.write() as connection:
        connection.execute(insert(data_keys.table), data_key)
        connection.execute(insert(identity.table), which)
    return sqlite_stores.confidential


def test_text_sealed_long_ago_opens(store: Store, tmp_path: Path) -> None:
    keys = FileKeyRing(write_key_file(tmp_path / "keys.json", json.dumps(VECTOR["key_file"]).encode()))
    who = VECTOR["identity"]
    bound_to = RecordIdentity(
        program_id=VECTOR["data_key"]["program_id"],
        domain=who["domain"],
        record_id=who["record_id"],
        scholar_id=who["scholar_id"],
        author_id=who["author_id"],
        record_class=RecordClass(who["record_class"]),
        version=who["version"],
        previous=raw(who["previous"]),
    )

    text = opened_in(store, a_sealer(store, keys=keys), raw(VECTOR["sealed"]), identity=bound_to)

    assert text == VECTOR["text"]


def test_text_sealed_long_ago_opens_by_hand() -> None:
    """As the description of the format says, without a line of the product."""
    entry, row, who = VECTOR["key_file"]["keys"][1], VECTOR["data_key"], VECTOR["identity"]
    wrap, sealed = raw(row["blob"]), raw(VECTOR["sealed"])
    wrap_context = packed("data key", row["id"], row["scholar_id"], row["record_class"])
    wrap_aad = b"\x01" + packed("wrap", entry["id"], entry["version"], wrap_context)
    aad = b"SSB\x01\x01" + packed(
        who["domain"],
        VECTOR["store_identity"]["store_id"],
        who["record_id"],
        who["scholar_id"],
        who["author_id"],
        who["record_class"],
        who["version"],
        row["id"],
        raw(who["previous"]),
    )

    data_key = AESGCM(base64.urlsafe_b64decode(entry["key"])).decrypt(wrap[1:13], wrap[13:], wrap_aad)
    label = f"ssb/{who['domain']}/v1".encode()
    derived = HKDFExpand(algorithm=SHA256(), length=64, info=label + sealed[5:37]).derive(data_key)
    padded = AESGCM(derived[:32]).decrypt(sealed[69:81], sealed[81:], aad)

    assert derived[32:] == sealed[37:69]
    length = int.from_bytes(padded[:4], "big")
    assert padded[4 : 4 + length].decode() == VECTOR["text"]
    assert (len(padded) % 512, set(padded[4 + length :])) == (0, {0})
