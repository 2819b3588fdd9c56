"""The lexicon's files are read strictly; every fault has file, line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import EMBEDDED
from assistant.content.lexicons import Lexicon
from assistant.errors import CorpusError
from assistant.reading import words as tokens


def write(folder: Path, name: str, text: str) -> Path:
    (folder / "lexicon").mkdir(exist_ok=True)
    (folder / "lexicon" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "text", "line", "problem"),
    [
        (
            "nynorsk.yaml",
            "- {says: [kva], nb: hva}\n- {says: [kven, kva], nb: hvem}\n",
            2,
            "«kva» står allerede på linje 1",
        ),
        ("nynorsk.yaml", "- {says: [kva], nb: hva, note: x}\n", 1, "felt «note» er ukjent"),
        ("nynorsk.yaml", "- {says: [], nb: hva}\n", 1, "felt «says» er en tom liste"),
        ("nynorsk.yaml", "- {says: [kva]}\n", 1, "felt «nb» mangler"),
        (
            "nynorsk.yaml",
            "- {says: [kva], says: [kven], nb: hva}\n",
            1,
            "feltet «says» står to ganger, også på linje 1",
        ),
        ("nynorsk.yaml", "# tall\n- {says: [no], nb: nå}\n", 2, "skal være tekst (her står: «no»)"),
        ("nynorsk.yaml", "- {says: [kva for], nb: hva}\n", 1, "er ikke ett ord"),
        ("nynorsk.yaml", "- {says: [leik], nb: het, inside: 1}\n", 1, "skal være true eller false"),
        ("dialect.yaml", "- {says: [12], nb: tolv}\n", 1, "skal være tekst (her står: «12»)"),
        ("dialect.yaml", "- {says: [{a: b}], nb: tolv}\n", 1, "skal være tekst"),
        ("dialect.yaml", "- ka\n", 1, "skal være en post med felt"),
        ("dialect.yaml", "ka: hva\n", 1, "er ikke en liste"),
        ("dialect.yaml", "- {says: [ka\n", 1, "kan ikke leses som YAML: en liste med [ blir ikke avsluttet"),
        ("synonyms.yaml", "- {says: [juling], means: [vold], weight: 2}\n", 1, "er et for stort tall"),
        ("synonyms.yaml", "- says:\n  - juling\n  - ris\n  - juling\n  means: [vold]\n", 4, "«juling» står allerede"),
        ("synonyms.yaml", "- {says: ['  '], means: [vold]}\n", 1, "felt «says.1» er tomt"),
        ("english.yaml", "- {en: [yes], nb: [ja]}\n", 1, "skal være tekst (her står: «yes»)"),
        ("stopwords.yaml", "", 1, "er ikke en liste"),
    ],
)
def test_refuses(tmp_path: Path, name: str, text: str, line: int, problem: str) -> None:
    with pytest.raises(CorpusError) as caught:
        Lexicon.load(write(tmp_path, name, text))
    fault = caught.value.faults[0]
    assert fault.where == f"{tmp_path}/lexicon/{name}:{line}"
    assert problem in fault.problem
    assert fault.cure


def test_lists_the_faults_of_all_files(tmp_path: Path) -> None:
    write(tmp_path, "nynorsk.yaml", "- {says: [kva]}\n- {says: [kven]}\n")
    write(tmp_path, "spelling.yaml", "- {says: [ka]}\n")
    with pytest.raises(CorpusError) as caught:
        Lexicon.load(tmp_path)
    assert len(caught.value.faults) == 3


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "dialect.yaml", "")
    (tmp_path / "lexicon" / "dialect.yaml").write_bytes(b"- {says: [\xe6]}")
    with pytest.raises(CorpusError, match="UTF-8"):
        Lexicon.load(tmp_path)


def test_no_lexicon_is_an_empty_one(tmp_path: Path) -> None:
    assert Lexicon.load(tmp_path) == Lexicon.empty()


class TestEmbedded:
    lexicon = Lexicon.load(EMBEDDED)

    def test_every_file_has_content(self) -> None:
        parts = ("stopwords", "nynorsk", "nynorsk_inside", "dialect", "spelling", "inflection", "english", "synonyms")
        assert [part for part in parts if not getattr(self.lexicon, part)] == []

    def test_no_word_stands_for_itself(self) -> None:
        maps = (self.lexicon.nynorsk, self.lexicon.dialect, self.lexicon.spelling)
        assert [word for forms in maps for word, meant in forms.items() if meant == (word,)] == []

    def test_everyday_words_are_left_alone(self) -> None:
        """A form that is also a common bokmål word would change the meaning of plain questions."""
        common = tokens(
            "og i på er det som en av til med ikke jeg du han vi om for at nett fare måtte dem noen dag mor far"
        )
        for name in ("nynorsk", "dialect", "spelling"):
            assert [word for word in common if word in getattr(self.lexicon, name)] == [], name

    def test_glossary_translates_to_words_not_to_nothing(self) -> None:
        assert [said for said, meant in self.lexicon.english.items() if meant and not any(meant)] == []
