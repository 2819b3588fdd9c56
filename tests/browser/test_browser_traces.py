"""K1: what a conversation leaves on the disk. The profile is searched file by file, and a control must be found."""

from __future__ import annotations

import gzip
import lzma
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser_help import LEAVE, OwnChromium, Site, ask, neutral

WORD = "zyrkløpo"
UNSENT = "frumblåsk"
SAVED = 4  # Chromium writes its recovery files two and a half seconds after a change


def forms(word: str) -> set[bytes]:
    """The word as it may stand on disk."""
    texts = {word, quote(word), quote(word, encoding="latin-1")}
    return {text.encode(code, "ignore") for text in texts for code in ("utf-8", "utf-16-le", "latin-1")}


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is compressed inside them, wherever it begins."""
    yield data
    for magic, unpack in (
        (b"\x1f\x8b\x08", gunzip),
        (b"\x78\x01", inflate),
        (b"\x78\x9c", inflate),
        (b"\x78\xda", inflate),
        (b"\xfd7zXZ", unlzma),
    ):
        start = data.find(magic)
        while start >= 0:
            if found := unpack(data[start:]):
                yield found
            start = data.find(magic, start + 1)


def gunzip(data: bytes) -> bytes:
    return inflate(data, 31)


def inflate(data: bytes, bits: int = 15) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(data, 8_000_000)
    except zlib.error:
        return b""


def unlzma(data: bytes) -> bytes:
    try:
        return lzma.LZMADecompressor().decompress(data, 8_000_000)
    except lzma.LZMAError:
        return b""


def files_with(profile: Path, word: str) -> list[str]:
    """The files of a profile that hold the word in any form."""
    found = []
    for path in profile.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        try:
            data = path.read_bytes()
        except OSError:  # a lock or a file that has just gone
            continue
        if any(form in part for part in unpacked(data) for form in forms(word)):
            found.append(str(path.relative_to(profile)))
    return sorted(found)


def test_K1_the_search_finds_what_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "packed").write_bytes(b"head" + gzip.compress(f"spørsmål {WORD}".encode()) + b"tail")
    (tmp_path / "wide").write_bytes(WORD.encode("utf-16-le"))
    (tmp_path / "address").write_bytes(quote(f"?q={WORD}").encode())
    (tmp_path / "clean").write_bytes(b"zyrkl")
    assert files_with(tmp_path, WORD) == ["address", "packed", "wide"]


def converse(own: OwnChromium, base: str) -> None:
    """One question that is answered, and a sentence that is never sent."""
    own.context.route(LEAVE, neutral)
    page = own.context.new_page()
    page.goto(base + "/")
    page.wait_for_selector("#question")
    ask(page, f"Hva betyr {WORD} når noen slår?")
    page.locator("#question").press_sequentially(f"Jeg lurer på {UNSENT}")
    page.locator("#place-field").press_sequentially("gol")
    page.locator("#place .found button").first.click()
    time.sleep(SAVED)


@pytest.mark.parametrize("ending", ["leave", "close", "kill"])
def test_B1_K1_a_conversation_leaves_no_word_on_disk(
    own_chromium: Callable[..., OwnChromium], base: str, ending: str
) -> None:
    own = own_chromium()
    converse(own, base)
    assert files_with(own.profile, WORD) + files_with(own.profile, UNSENT) == []
    if ending == "leave":
        own.context.pages[-1].locator("#leave").click()
        own.context.pages[-1].wait_for_url(LEAVE)
        time.sleep(SAVED)
        own.close()
    elif ending == "close":
        own.close()
    else:
        own.kill()
    assert files_with(own.profile, WORD) + files_with(own.profile, UNSENT) == []
    assert files_with(own.profile, base.removeprefix("http://"))  # the address itself is there, and we say so


def test_K1_positive_control_a_page_that_uses_get_is_found(
    own_chromium: Callable[..., OwnChromium], host: Site
) -> None:
    own = own_chromium()
    page = own.context.new_page()
    page.goto(
        host.put("/get", '<!doctype html><title>G</title><form><input name="q" id="q"><button>Søk</button></form>')
    )
    page.locator("#q").fill(f"Hva betyr {WORD}?")
    page.locator("button").click()
    page.wait_for_url("**/get?q=*")
    time.sleep(SAVED)
    own.close()
    assert files_with(own.profile, WORD)


def test_B1_K1_positive_control_an_ordinary_field_is_found_while_it_is_typed_in(
    own_chromium: Callable[..., OwnChromium], host: Site
) -> None:
    own = own_chromium()
    page = own.context.new_page()
    page.goto(host.put("/felt", '<!doctype html><title>F</title><textarea id="t" name="melding"></textarea>'))
    page.locator("#t").press_sequentially(UNSENT)
    time.sleep(SAVED)
    assert [name for name in files_with(own.profile, UNSENT) if "Sessions" in name]
