"""PDF, DOCX and HTML: real small files, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from ingest_help import lost, made, pdf

from assistant import UsageError

BODY = 11.0
LONG = "Kommunen skal ha en plan som alle kjenner og kan bruke i det daglige arbeidet"


# --- PDF ---------------------------------------------------------------------------------------------------------------


def _plan(folder: Path) -> Path:
    cover = [
        ("Handlingsplan mot vold", 24, True),
        ("", BODY, False),
        ("Vedtatt av kommunestyret i Lillevik.", BODY, False),
    ]
    first = [
        ("Lillevik kommune", 8, False),
        ("1 Hvem planen er for", 16, True),
        (f"{LONG},", BODY, False),
        ("også når noen ringer om natten. Foresatte skal ikke kontaktes når de som", BODY, False),
        ("arbeider med barn,", BODY, False),
        ("1", 8, False),
    ]
    second = [
        ("Lillevik kommune", 8, False),
        ("har mistanke om vold i imellom-", BODY, False),
        ("tiden. Unntatt er de som ikke er mistenkt.", BODY, False),
        ("", BODY, False),
        ("Hjelp til barn", BODY, True),
        ("Barn kan ringe hele døgnet, og de kan snakke med noen de er trygge på, sier planen.", BODY, False),
        ("2", 8, False),
    ]
    third = [
        ("Lillevik kommune", 8, False),
        ("2 Tiltak", 16, True),
        ("Kurs for ansatte\tHelse\t1.6.2026", BODY, False),
        ("Ny nettside\t\t1.9.2026", BODY, False),
        ("Plakater\tKultur\t1.12.2026", BODY, False),
        ("3", 8, False),
    ]
    return pdf(folder / "plan.pdf", [cover, first, second, third])


def test_pdf_headings_are_seen_from_their_size(tmp_path: Path) -> None:
    result = made(_plan(tmp_path), tmp_path / "into")
    assert result.document.title == "Handlingsplan mot vold"
    assert result.headings[1:] == [(1, "1 Hvem planen er for"), (2, "Hjelp til barn"), (1, "2 Tiltak")]


def test_pdf_sentences_go_on_over_pages_and_citations_name_the_page(tmp_path: Path) -> None:
    result = made(_plan(tmp_path), tmp_path / "into")
    passage = result.with_words("arbeider med barn, har mistanke om vold i imellomtiden. Unntatt er de")
    assert passage.section.page == 2
    assert result.with_words("Barn kan ringe").section.page == 3
    assert "Lillevik kommune" not in result.body


def test_pdf_rows_stay_rows_and_get_no_column_names(tmp_path: Path) -> None:
    """An empty cell leaves no trace in a PDF; a name for each column would give the next figure a wrong one."""
    rows = made(_plan(tmp_path), tmp_path / "into").under("2 Tiltak").split("\n")
    assert rows == [
        "- Kurs for ansatte | Helse | 1.6.2026",
        "- Ny nettside | 1.9.2026",
        "- Plakater | Kultur | 1.12.2026",
    ]


def test_a_scanned_pdf_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"plan\.pdf: 2 of 2 pages have no text.*\n.*text recognition"):
        made(pdf(tmp_path / "plan.pdf", [[], []]), tmp_path / "into")


def test_a_pdf_with_mostly_scanned_pages_is_refused(tmp_path: Path) -> None:
    """What little can be read would pass for the whole plan."""
    with pytest.raises(UsageError, match="2 of 3 pages have no text"):
        made(pdf(tmp_path / "plan.pdf", [[("Forside", BODY, False)], [], []]), tmp_path / "into")


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"plan\.pdf: is locked with a password"):
        made(pdf(tmp_path / "plan.pdf", [[(LONG, BODY, False)]], lock="hemmelig"), tmp_path / "into")


def test_a_pdf_that_only_forbids_printing_is_read(tmp_path: Path) -> None:
    result = made(pdf(tmp_path / "plan.pdf", [[(LONG, BODY, False)]], lock=""), tmp_path / "into")
    assert LONG in result.body


def test_a_pdf_that_hides_its_letters_is_refused(tmp_path: Path) -> None:
    """A font without a table of its letters: the words would be lost, and nobody would see it."""
    with pytest.raises(UsageError, match=r"plan\.pdf: the letters cannot be read"):
        made(pdf(tmp_path / "plan.pdf", [[("\x01\x02\x03\x04 tekst", BODY, False)]]), tmp_path / "into")


@pytest.mark.parametrize("data", [b"%PDF-1.4\nbroken", b"<html>no pdf</html>"])
def test_a_broken_pdf_says_so(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(data)
    with pytest.raises(UsageError, match=r"plan\.pdf: cannot be read as PDF"):
        made(tmp_path / "plan.pdf", tmp_path / "into")


# --- DOCX --------------------------------------------------------------------------------------------------------------


def _word(folder: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Handlingsplan mot vold", style="Title")
    document.add_paragraph("Vedtatt i 2025.")
    document.add_heading("Hvem planen er for", 1)
    paragraph = document.add_paragraph(f"{LONG}.")
    paragraph.add_run(" Den er ").add_break(WD_BREAK.LINE)
    paragraph.add_run("viktig").bold = True
    document.add_heading("Barn", 2)
    document.add_paragraph("Dette skal du gjøre:")
    document.add_paragraph("Skriv ned", style="List Bullet")
    document.add_paragraph("Meld fra", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows, [["Tiltak", "Ansvar", "Frist"], ["Kurs", "Helse", "2026"], ["Nettside", "", "2027"]], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    merged = document.add_table(rows=1, cols=2)
    merged.rows[0].cells[0].merge(merged.rows[0].cells[1]).text = "En boks med tekst."
    document.save(str(folder / "plan.docx"))
    return folder / "plan.docx"


def test_docx_headings_lists_and_tables(tmp_path: Path) -> None:
    result = made(_word(tmp_path), tmp_path / "into")
    assert result.document.title == "Handlingsplan mot vold"
    assert result.headings == [(1, "Handlingsplan mot vold"), (1, "Hvem planen er for"), (2, "Barn")]
    assert result.under("Hvem planen er for") == f"{LONG}. Den er\nviktig"
    text = result.under("Hvem planen er for", "Barn")
    assert "Dette skal du gjøre:\n- Skriv ned\n- Meld fra" in text
    assert "Tiltak: Kurs | Ansvar: Helse | Frist: 2026\n\nTiltak: Nettside | Frist: 2027" in text
    assert [passage.record.responsible for passage in result.passages if passage.record] == [("Helse",), ()]
    assert text.count("En boks med tekst.") == 1


def test_docx_contents_deleted_text_and_text_boxes(tmp_path: Path) -> None:
    document = docx.Document(str(_word(tmp_path)))
    document.styles.add_style("TOC 1", 1)
    document.paragraphs[1].insert_paragraph_before("Innholdslinje\t3", style="TOC 1")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>I en boks.</w:t></w:r></w:p></w:txbxContent></w:pict>"
    paragraph = f"""<w:p {space} {compatible}><w:r><w:t>Synlig </w:t></w:r><w:ins><w:r><w:t>og ny</w:t></w:r></w:ins>
      <w:del><w:r><w:delText>slettet</w:delText></w:r></w:del><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>
      <mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    document.paragraphs[-1]._p.addnext(parse_xml(paragraph))
    document.save(str(tmp_path / "plan.docx"))
    body = made(tmp_path / "plan.docx", tmp_path / "into").body
    assert "Synlig og ny" in body
    assert body.count("I en boks.") == 1
    assert "slettet" not in body
    assert "Innholdslinje" not in body


def test_docx_footnotes_are_kept(tmp_path: Path) -> None:
    import zipfile

    path = _word(tmp_path)
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    files["word/footnotes.xml"] = (
        f'<w:footnotes {space}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Kilden er kommunen.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    files["word/document.xml"] = files["word/document.xml"].replace(
        b"Vedtatt i 2025.</w:t></w:r>", b'Vedtatt i 2025.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    assert (
        made(path, tmp_path / "into").under("Handlingsplan mot vold")
        == "Vedtatt i 2025.²\n\nFotnote 2: Kilden er kommunen."
    )


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked or old"])
def test_a_broken_docx_says_so(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(data)
    with pytest.raises(UsageError, match=r"plan\.docx: cannot be read as DOCX, or is locked"):
        made(tmp_path / "plan.docx", tmp_path / "into")


# --- HTML --------------------------------------------------------------------------------------------------------------

PAGE = f"""<!doctype html><html><head><meta charset="{{}}"><title>Nettsted</title><style>p{{{{color:red}}}}</style></head><body>
<header><nav><a href="/">Meny</a></nav>Søk her</header><main><h1>Handlingsplan mot vold</h1><!-- en kommentar -->
Løs tekst øverst.<p>{LONG}.<br>Ny linje &lt;her&gt;<sup>1</sup> og <em>mer</em>.</p><div>I en <span>div</span> uten avsnitt.</div>
<h2>Barn</h2><p>Dette skal du gjøre:</p><ul><li>Skriv <b>ned</b><ul><li>ordrett</li></ul></li><li><p>Meld fra</p></li></ul>
<table><caption>Frister</caption><tr><th>Tiltak</th><th>Ansvar</th><th>Frist</th></tr><tr><td>Kurs</td><td></td><td>2026</td></tr></table>
<h3>Mer</h3><blockquote>Et sitat.</blockquote><script>alert("nei")</script></main><footer>Bunntekst</footer></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_html_is_its_main_content(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_bytes(PAGE.format(encoding).encode(encoding))
    result = made(tmp_path / "plan.html", tmp_path / "into")
    assert result.headings == [(1, "Handlingsplan mot vold"), (1, "Barn"), (2, "Mer")]
    top = result.under("Handlingsplan mot vold")
    for text in ("Løs tekst øverst.", f"{LONG}.\nNy linje <her>¹ og mer.", "I en div uten avsnitt."):
        assert text in top
    assert result.under("Barn") == (
        "Dette skal du gjøre:\n- Skriv ned\n- ordrett\n- Meld fra\nFrister:\n\nTiltak: Kurs | Frist: 2026"
    )
    for text in ("Meny", "Søk", "Bunntekst", "alert", "color", "kommentar", "Nettsted"):
        assert text not in result.body


def test_html_whose_letters_cannot_be_told_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.html").write_bytes(b'<meta charset="ascii"><p>M\x81l p\x8f \x9d\x81</p>')
    with pytest.raises(UsageError, match=r"plan\.html: the letters cannot be read"):
        made(tmp_path / "plan.html", tmp_path / "into")


def test_html_without_a_main_part_is_read_without_head_and_foot(tmp_path: Path) -> None:
    page = "<header>Topp</header><p>Teksten i midten er den som skal være med.</p><footer>Bunn</footer>"
    (tmp_path / "plan.htm").write_text(page, encoding="utf-8")
    result = made(tmp_path / "plan.htm", tmp_path / "into")
    assert [passage.text for passage in result.passages] == ["Teksten i midten er den som skal være med."]


def test_all_words_of_a_page_come_through(tmp_path: Path) -> None:
    body = "<p>Alfa <i>beta</i></p>gamma<dl><dt>delta</dt><dd>epsilon</dd></dl><section>zeta<table><tr><td>eta</td></tr></table></section>"
    (tmp_path / "plan.html").write_text(f"<body>{body}</body>", encoding="utf-8")
    assert not lost("alfa beta gamma delta epsilon zeta eta", made(tmp_path / "plan.html", tmp_path / "into").body)
