"""Ingests a file and reads the result back; compares words; makes small PDF files letter by letter."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import ingest_files
from assistant.content.documents import read_document
from assistant.models import Document, Passage

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
ORIGINALS = HERE.parents[1].parent / "shared" / "documents"

PARAGRAPH = (
    "Kommunen skal ha en plan som alle kjenner, og som de kan bruke når noen trenger hjelp i det daglige arbeidet."
)


@dataclass(frozen=True)
class Made:
    """What ingest has made of a file: the text it wrote, and what the corpus reader reads in it."""

    text: str
    document: Document
    passages: tuple[Passage, ...]

    @property
    def body(self) -> str:
        return self.text.split("\n---\n", 1)[1]

    @property
    def paths(self) -> list[tuple[str, ...]]:
        """The sections with text, each once, in order."""
        return list(dict.fromkeys(passage.section.path for passage in self.passages))

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Every heading with its level, each once, in order."""
        found = re.findall(r"^(#{1,4}) (.+?)(?: \{page=\d+\})?$", self.body, re.MULTILINE)
        return list(dict.fromkeys((len(marks), text) for marks, text in found))

    def under(self, *path: str) -> str:
        """The text of a section, its passages parted by blank lines."""
        texts = [passage.text for passage in self.passages if passage.section.path == path]
        assert texts, f"no text under {path}; there is: {self.paths}"
        return "\n\n".join(texts)

    def with_words(self, words: str) -> Passage:
        """The one passage that holds the words."""
        (found,) = [passage for passage in self.passages if words in passage.text]
        return found


def made(path: Path, into: Path, **options: object) -> Made:
    (target,) = ingest_files([path], into, **options)  # type: ignore[arg-type]
    document, passages = read_document(target, {})
    return Made(target.read_text(encoding="utf-8"), document, passages)


def from_text(text: str, folder: Path, name: str = "plan.txt", **options: object) -> Made:
    (folder / name).write_text(text, encoding="utf-8")
    return made(folder / name, folder / "into", **options)


def words(text: str) -> Counter[str]:
    """Every word and number, however it is cased; raised figures are figures."""
    return Counter(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def lost(original: str, result: str, named: Iterable[str] = (), torn: Iterable[str] = ()) -> Counter[str]:
    """The words that the result lacks, beside what the `named` patterns match; `torn` are words to join («imellom- tiden»)."""
    for pattern in named:
        original, count = re.subn(pattern, " ", original, flags=re.MULTILINE)
        assert count, f"{pattern} names nothing in the original"
    for word in torn:
        original, count = re.subn(word.replace("-", r"-\s*"), word.replace("-", ""), original)
        assert count, f"{word} is not torn in the original"
    return words(original) - words(result)


def pdf(path: Path, pages: Sequence[Sequence[tuple[str, float, bool]]], lock: str | None = None) -> Path:
    """A PDF file with lines of text: (words, size, bold). An empty line moves down; a tab moves to the next column."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        content = "\n".join(_drawn(page))
        objects.append(f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream")
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R {fonts} >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    path.write_bytes(_file(objects))
    if lock is not None:
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(path))
        writer.encrypt(user_password=lock, owner_password=lock, algorithm="RC4-128")
        writer.write(path)
    return path


def _drawn(page: Sequence[tuple[str, float, bool]]) -> Iterable[str]:
    y = 780.0
    for line, size, bold in page:
        y -= size * 1.3
        for column, cell in enumerate(line.split("\t")):
            escaped = re.sub(r"([\\()])", r"\\\1", cell)
            if cell:
                yield f"BT /F{2 if bold else 1} {size} Tf 1 0 0 1 {60 + 170 * column} {y:.1f} Tm ({escaped}) Tj ET"


def _file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return data + f"{head}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n".encode()
