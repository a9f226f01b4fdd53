"""What three readers that have nothing in common find in a PDF; each reads a file once."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pypdf
import pypdfium2
import pytest


@cache
def read_with_pypdf(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


@cache
def read_with_pdfium(pdf: Path) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


@cache
def read_with_poppler(pdf: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")
