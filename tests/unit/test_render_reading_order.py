"""Arabic lines of a PDF are drawn in the order of reading; nothing else of the file changes."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import fontpkg_amiri
import numpy as np
import pytest
import typst

from mawaqif.render.reading_order import settle_drawing, settle_reading_order

pypdf = pytest.importorskip("pypdf")


def word(place: str, *, mark: str = "/ReversedChars BMC") -> str:
    close = "\nEMC" if mark else ""
    return f"{mark} 0 Tr/f0 10.5 Tf 1 0 0 -1 {place} 0 Tm[(\\000\\001)-12.5<0004>]TJ{close}"


def test_the_words_of_an_arabic_run_are_turned_around_and_keep_their_places() -> None:
    drawing = f"q\nBT{word('0')}{word('12.5')}{word('30')}\nET\nQ\n".encode()
    assert settle_drawing(drawing) == f"q\nBT{word('30')}{word('12.5')}{word('0')}\nET\nQ\n".encode()


def test_a_run_from_left_to_right_stays() -> None:
    latin = word("12.5", mark="/Span<</ActualText<FEFF00660069>>>BDC")
    drawing = f"q\nBT{word('0', mark='')}{latin}\nET\nQ\n".encode()
    assert settle_drawing(drawing) == drawing


def test_a_long_drawing_of_something_else_is_read_in_no_time_and_stays() -> None:
    drawing = b"\nBT" + b"/ReversedChars BMC 0 Tr/f0 1 Tf 1 0 0 -1 0 0 Tm[" + b"1 2.5 " * 50_000 + b"\nET\n"
    assert settle_drawing(drawing) == drawing


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\nnothing", b"%PDF-1.7\nstartxref\n3\n%%EOF"])
def test_a_file_of_another_make_comes_back_unchanged(other: bytes) -> None:
    assert settle_reading_order(other) == other


def test_a_phrase_is_found_and_the_file_stays_whole() -> None:
    phrase = "تجديد الاتفاقية الأمنية بين بغداد وواشنطن"
    setting = '#set text(font: "Amiri", kerning: false, lang: "ar", dir: rtl)'
    source = f"{setting}\n{phrase}\n\n#text(dir: ltr)[English words stay]"
    folder = Path(fontpkg_amiri.__file__).parent / "files"
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
    settled = settle_reading_order(typst.compile(source.encode(), font_paths=fonts, format="pdf"))
    reader = pypdf.PdfReader(BytesIO(settled), strict=True)
    assert phrase in " ".join(reader.pages[0].extract_text().split())
    assert "English words stay" in reader.pages[0].extract_text()


def read_settled(phrase: str) -> tuple[str, str]:
    """Return a phrase as pypdf and pdfium find it in a settled PDF/UA, without vowel signs and joiners."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    setting = '#set document(title: [x])\n#set text(font: "Amiri", kerning: false, lang: "ar", dir: rtl)'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(fontpkg_amiri.__file__).parent / "files")])
    made = typst.compile(f"{setting}\n{phrase}".encode(), font_paths=fonts, format="pdf", pdf_standards=["ua-1"])
    settled = settle_reading_order(made)
    texts = (
        pypdf.PdfReader(BytesIO(settled), strict=True).pages[0].extract_text(),
        pypdfium2.PdfDocument(settled)[0].get_textpage().get_text_bounded(),
    )
    plain = [re.sub("[\u064b-\u0652\u200d]", "", text) for text in texts]
    return " ".join(plain[0].split()), " ".join(plain[1].split())


@pytest.mark.parametrize(
    "phrase",
    [
        "حرصاً على أن تستكمل",  # a letter and its sign, drawn as two glyphs
        "تُستكمَل خصوصاً ورداً",
        "ستتمكّن القوّات من العمل",
        "عدد من الخبراء في البلاد",  # a letter drawn in two pieces
        "في مجالات التدريب والتسليح",  # a letter raised over its line
    ],
)
def test_letters_with_signs_and_in_pieces_are_found_once_and_in_order(phrase: str) -> None:
    plain = re.sub("[\u064b-\u0652]", "", phrase).replace(" ", "")
    for text in read_settled(phrase):
        assert plain == text.replace(" ", "")


def test_a_raised_letter_is_in_order_also_where_the_piece_names_its_language() -> None:
    words = "محادثات المجموعة مع محمد في المجال"
    for text in read_settled(f"قال #strong[{words}] ذلك"):
        assert f"قال{words}ذلك".replace(" ", "") == text.replace(" ", "")


def test_nothing_moves_on_the_page() -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    setting = '#set page(width: 12cm, height: 5cm)\n#set text(font: "Amiri", kerning: false, lang: "ar", dir: rtl)'
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(fontpkg_amiri.__file__).parent / "files")])
    phrase = "حرصاً على ستتمكّن القوّات من الخبراء في مجالات 2025 التدريب"
    made = typst.compile(f"{setting}\n{phrase}".encode(), font_paths=fonts, format="pdf")
    settled = settle_reading_order(made)
    assert settled != made
    before, after = (
        pypdfium2.PdfDocument(pdf)[0].render(scale=4, grayscale=True).to_numpy().astype(int) for pdf in (made, settled)
    )
    columns = [np.flatnonzero((picture < 128).any(axis=0)) for picture in (before, after)]
    assert abs(columns[0][0] - columns[1][0]) <= 1
    assert abs(columns[0][-1] - columns[1][-1]) <= 1
    # pdfium rounds the places of letters a little differently within a longer row.
    assert np.corrcoef(before.sum(axis=0), after.sum(axis=0))[0, 1] > 0.97
