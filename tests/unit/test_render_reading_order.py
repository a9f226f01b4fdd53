"""Arabic lines of a PDF are drawn in the order of reading; nothing else of the file changes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import fontpkg_amiri
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
