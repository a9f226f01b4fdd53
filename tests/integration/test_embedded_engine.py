"""The embedded engine renders the constructs it knows in both formats, and stops on anything else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pypdf
import pytest
import typst

from mawaqif.errors import ParameterError, RenderError
from mawaqif.paths import Paths, default_paths
from mawaqif.render import embedded
from mawaqif.render.figures import prepare_fonts
from mawaqif.render.sources import Heading, read_report
from mawaqif.untrusted import encode, encode_passage

PASSAGE = 'قال إن "الخروج غير واقعي" في 31 آب'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="90">'
    '<text x="9" y="50" font-family="Amiri">مرحبا</text></svg>'
)
BODY = """
# First {#sec-first}

See @fig-a, [@tbl-b] and @sec-second. Also [the words](#s-1a2b3c4d-1-9).

{{< embed _executed/en/10_a.ipynb#fig-a >}}

{{< embed _executed/en/10_a.ipynb#tbl-b >}}

# Second {#sec-second}

{{< embed _executed/en/10_a.ipynb#evidence >}}
"""
OUTPUTS = {
    "fig-a": ({"fig-cap": "A picture", "fig-alt": 'Points & a "line"'}, {"image/svg+xml": SVG}),
    "tbl-b": ({"tbl-cap": "A table"}, {"text/markdown": "| Who | n |\n|:---|---:|\n| A | −2 |\n"}),
    "evidence": (
        {},
        {"text/markdown": f"::: statement\n{encode_passage(PASSAGE, statement_id='1a2b3c4d-1-9')}\n\nA speaker\n:::"},
    ),
}


def front_matter(language: str) -> str:
    text = (default_paths().report / f"report.{language}.qmd").read_text(encoding="utf-8").split("---\n")[1]
    return f"---\n{text.replace('_executed/' + language, '_executed/en')}---\n"


@pytest.fixture
def project(tmp_path: Path) -> Paths:
    """A project with the real theme and front matter, a small body and hand-made render copies."""
    paths = Paths(tmp_path)
    shutil.copytree(default_paths().report / "theme", paths.report / "theme")
    shutil.copy(default_paths().report / "_language-ar.yml", paths.report)
    folder = paths.render_copies / "en"
    folder.mkdir(parents=True)
    prepare_fonts(paths.render_copies / "fonts")
    for name in ("fonts.html", "plotly.html", "en/charts.html"):
        (paths.render_copies / name).write_text("<!-- nothing -->\n", encoding="utf-8")
    write_outputs(paths)
    for language in ("en", "ar"):
        write_report(paths, BODY, language=language)
    return paths


def write_report(paths: Paths, body: str, *, language: str = "en") -> None:
    (paths.report / f"report.{language}.qmd").write_text(front_matter(language) + body, encoding="utf-8")


def write_outputs(paths: Paths, **more: str) -> None:
    outputs = {**OUTPUTS, **{label: ({}, {"text/markdown": text}) for label, text in more.items()}}
    cells = [
        {
            "source": "\n".join(
                f"#| {name}: {json.dumps(value, ensure_ascii=False)}"
                for name, value in {"label": label, **options}.items()
            ),
            "outputs": [{"data": data}],
        }
        for label, (options, data) in outputs.items()
    ]
    copy = paths.render_copies / "en" / "10_a.ipynb"
    copy.write_text(json.dumps({"cells": cells}, ensure_ascii=False), encoding="utf-8")


def render(paths: Paths, out: str = "out", *, languages: tuple[str, ...] = ("en",)) -> dict[str, Path]:
    made = embedded.render(paths, languages=languages, out_dir=paths.home / out, edition_date=date(2025, 8, 31))
    return {path.name: path for path in made}


def read_pdf(path: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(path)


def test_both_languages_come_out_in_both_formats_with_numbers_and_references(project: Paths) -> None:
    made = render(project, languages=("en", "ar"))
    assert set(made) == {"report.en.html", "report.en.pdf", "report.ar.html", "report.ar.pdf"}
    english = made["report.en.html"].read_text(encoding="utf-8")
    assert '<html lang="en" dir="ltr">' in english
    for name, label in (("Figure\u00a01", "fig-a"), ("Table\u00a01", "tbl-b"), ("Section\u00a02", "sec-second")):
        assert re.search(rf'<a href="#{label}"\s+class="reference">{name}</a>', english)
    arabic = made["report.ar.html"].read_text(encoding="utf-8")
    assert '<html lang="ar-EG" dir="rtl">' in arabic
    assert "الشكل\u00a01" in arabic
    assert "31 أغسطس 2025" in arabic


def test_the_pdf_is_tagged_titled_dated_a4_and_has_bookmarks(project: Paths) -> None:
    for name, language in (("report.en.pdf", "en-US"), ("report.ar.pdf", "ar-EG")):
        pdf = read_pdf(render(project, languages=("en", "ar"))[name])
        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == language
        assert pdf.metadata is not None
        assert pdf.metadata.title
        assert pdf.metadata.author
        assert pdf.metadata.creation_date is not None
        assert pdf.metadata.creation_date.date() == date(2025, 8, 31)
        assert [item["/Title"].split(" ", 1)[-1] for item in pdf.outline] == ["First", "Second"]
        assert (round(pdf.pages[0].mediabox.width), round(pdf.pages[0].mediabox.height)) == (595, 842)
        assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()


def test_two_renders_of_one_input_are_the_same_bytes(project: Paths) -> None:
    first, second = render(project, "one"), render(project, "two")
    assert all(first[name].read_bytes() == second[name].read_bytes() for name in first)


def test_a_passage_is_arabic_right_to_left_and_the_target_of_its_link(project: Paths) -> None:
    made = render(project)
    page = made["report.en.html"].read_text(encoding="utf-8")
    (span,) = re.findall(r'<span id="s-1a2b3c4d-1-9" class="passage" lang="ar"\s+dir="rtl">(.*?)</span>', page)
    assert span.replace("&quot;", '"') == PASSAGE
    assert '<a href="#s-1a2b3c4d-1-9">the words</a>' in page
    text = "".join(p.extract_text() for p in read_pdf(made["report.en.pdf"]).pages)
    assert "الخروج" in text


def test_the_page_asks_for_nothing_and_keeps_the_picture_and_its_alternative(project: Paths) -> None:
    page = render(project)["report.en.html"].read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?!#)[^"]*"', page)
    assert 'role="img" aria-label="Points &amp; a &quot;line&quot;"' in page
    assert "مرحبا</text>" in page


def test_hostile_text_reaches_both_formats_as_text(project: Paths) -> None:
    hostile = '<script>alert(1)</script> #read("/etc/passwd") {{< env HOME >}} ::: $x$ @fig-a \\u{41} "]'
    write_outputs(project, findings=encode_passage(hostile) + "\n\n" + encode(hostile))
    write_report(project, BODY + "\n{{< embed _executed/en/10_a.ipynb#findings >}}\n")
    made = render(project)
    page = made["report.en.html"].read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
    text = "".join(p.extract_text() for p in read_pdf(made["report.en.pdf"]).pages)
    assert "root:" not in text
    assert text.count("env HOME") == 2


def test_a_character_that_no_font_has_does_not_stop_the_pdf(project: Paths) -> None:
    odd = "قال 😀 中文 हिन्दी \ue000 \u0378 ﷺ ﴾ ① 𐎠 𝒳 \u3000 − → ■ é̂ Привет αβγ ﷽"
    write_outputs(project, findings=encode_passage(odd) + "\n\n" + encode(odd))
    write_report(project, BODY + "\n{{< embed _executed/en/10_a.ipynb#findings >}}\n")
    made = render(project)
    assert "😀 中文" in made["report.en.html"].read_text(encoding="utf-8")
    assert "Привет" in "".join(p.extract_text() for p in read_pdf(made["report.en.pdf"]).pages)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("See @fig-z.", "@fig-z refers to nothing"),
        ("See @sec-nowhere.", "@sec-nowhere refers to nothing"),
        ("[x](#s-0-0-0)", "a link to s-0-0-0 leads nowhere"),
        ("{{< embed _executed/en/10_a.ipynb#fig-z >}}", "has no output labelled fig-z"),
        ("{{< embed _executed/en/99_z.ipynb#fig-a >}}", "there is no _executed/en/99_z.ipynb"),
        ("{{< video https://example.org >}}", "a shortcode other than embed"),
        ("Words {{< meta title >}} here.", "a shortcode other than embed"),
        ("::: {.panel-tabset}\n:::", "the class panel-tabset is not supported"),
        ("$x^2$", "Math is not supported"),
        ("<b>bold</b>", "RawInline is not supported"),
        ("```{=typst}\n#x\n```", "RawBlock is not supported"),
        ("![x](y.png)", "Image is not supported"),
        ("A note.[^1]\n\n[^1]: Below.", "Note is not supported"),
        ("::: {.callout-note title=x}\nA\n:::", "a callout that is not collapsed"),
        ("::: {.callout-note collapse=true}\nA\n:::", "a callout without the attribute title"),
        ("::: {.callout-note collapse=true title=x}\n## A\n:::", "a heading in a callout"),
        ("::: {.statement onclick=x}\nA\n:::", "the attribute onclick is not supported"),
        ("[x](javascript:alert(1))", "a link to javascript:alert(1) is not supported"),
    ],
)
def test_what_it_does_not_know_stops_it_with_one_line(project: Paths, body: str, message: str) -> None:
    write_report(project, body + "\n")
    with pytest.raises(RenderError, match=re.escape(message)) as caught:
        render(project)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("report.en.qmd: ")


def test_an_unknown_metadata_key_stops_it(project: Paths) -> None:
    path = project.report / "report.en.qmd"
    path.write_text(
        path.read_text(encoding="utf-8").replace("lang: en", "lang: en\nbibliography: x.bib", 1), encoding="utf-8"
    )
    with pytest.raises(RenderError, match="bibliography is not supported"):
        render(project)


def test_the_edition_date_of_the_environment_wins_and_a_wrong_one_is_refused(
    project: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAWAQIF_EDITION_DATE", "2026-01-02")
    assert "2 January 2026" in render(project)["report.en.html"].read_text(encoding="utf-8")
    monkeypatch.setenv("MAWAQIF_EDITION_DATE", "yesterday")
    with pytest.raises(ParameterError, match="MAWAQIF_EDITION_DATE"):
        render(project)


def test_columns_of_numbers_end_at_the_end_of_the_line_in_both_directions(project: Paths) -> None:
    made = render(project, languages=("en", "ar"))
    english, arabic = (made[f"report.{name}.html"].read_text(encoding="utf-8") for name in ("en", "ar"))
    assert 'text-align: right;">−2' in english
    assert 'text-align: left;">\u2066−2\u2069' in arabic


def test_the_heading_of_another_issue_takes_the_place_of_the_title_everywhere(project: Paths) -> None:
    heading = Heading('The "law" of *2025*', "Should it pass?")
    made = embedded.render(project, languages=("en",), out_dir=project.home / "out", headings={"en": heading})
    page = made[0].read_text(encoding="utf-8")
    assert "<h1>The “law” of *2025*</h1>" in page.replace("&quot;", '"').replace('"law"', "“law”")
    assert '<p class="subtitle">Should it pass?</p>' in page
    pdf = read_pdf(made[1])
    assert pdf.metadata is not None
    assert "law" in str(pdf.metadata.title)
    assert "coalition" not in page + str(pdf.metadata.title)


def test_a_toggle_hides_a_table_on_the_page_and_keeps_its_number(project: Paths) -> None:
    toggle = (
        '::: {.callout-note collapse="true" title="The data <b>"}\n{{< embed _executed/en/10_a.ipynb#tbl-b >}}\n:::'
    )
    write_report(project, BODY.replace("{{< embed _executed/en/10_a.ipynb#tbl-b >}}", toggle))
    made = render(project)
    page = made["report.en.html"].read_text(encoding="utf-8")
    assert re.search(r'<details class="aside"><summary>The data &lt;b&gt;</summary>\s*<figure id="tbl-b"', page)
    assert re.search(r'<a href="#tbl-b"\s+class="reference">Table\u00a01</a>', page)
    assert "Table 1: A table" in " ".join(read_pdf(made["report.en.pdf"]).pages[0].extract_text().split())


def test_a_list_behind_a_toggle_has_its_title_on_paper(project: Paths) -> None:
    write_report(project, BODY + '\n::: {.callout-note collapse="true" title="In the articles"}\n- One\n- Two\n:::\n')
    text = "".join(page.extract_text() for page in read_pdf(render(project)["report.en.pdf"]).pages)
    assert "In the articles" in text


def test_a_row_with_one_cell_spans_its_table(project: Paths) -> None:
    rows = "| Who | n | m |\n|:---|---:|---:|\n| Camp |  |  |\n| A | 1 | 2 |\n"
    write_outputs(project, findings=rows)
    write_report(project, BODY + "\n{{< embed _executed/en/10_a.ipynb#findings >}}\n")
    page = render(project)["report.en.html"].read_text(encoding="utf-8")
    assert re.search(r'<td[^>]*colspan="3"[^>]*>Camp</td>', page)


def test_no_page_ends_with_the_name_of_a_group_of_rows(project: Paths) -> None:
    """However far down the page the table begins, the name stands on the page of the row under it."""
    groups = "".join(f"| Group{n} |  |  |\n| Row{n} | {n} | 2 |\n" for n in range(90))
    rows = f"| Who | n | m |\n|:---|---:|---:|\n{groups}"
    for lines in range(2):
        write_outputs(project, findings=rows)
        more = "\n\nA line.\n" * lines
        write_report(project, f"{BODY}{more}\n{{{{< embed _executed/en/10_a.ipynb#findings >}}}}\n")
        pages = [page.extract_text() for page in read_pdf(render(project)["report.en.pdf"]).pages]
        for page in pages:
            assert re.findall(r"Group(\d+)\b", page) == re.findall(r"Row(\d+)\b", page)
        assert sum(len(re.findall(r"Row\d+", page)) for page in pages) == 90


def test_a_full_stop_after_a_link_is_as_round_as_one_after_a_word(project: Paths) -> None:
    """Amiri has a lozenge for Arabic, which Typst takes where no letter tells the script of a run."""
    stops = []
    for sentence in ("See the words [1](#sec-first)a.", "See the words a[1](#sec-first).", "See the words."):
        write_report(project, f"# First {{#sec-first}}\n\n{sentence}\n")
        fonts = project.render_copies / "fonts"
        source = embedded.render_typst(read_report(project.report, "en"), day=None)
        families = typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
        page = typst.compile(source.encode(), font_paths=families, format="svg")
        drawn = page if isinstance(page, bytes) else page[0]
        stops.append(re.findall(r'xlink:href="#(\w+)"', drawn.decode())[-2])  # the last is the number of the page
    assert len(set(stops)) == 1


def test_arabic_in_an_english_text_joins_its_letters(project: Paths) -> None:
    write_report(project, "# First {#sec-first}\n\nThey call it مواقف here.\n")
    assert '#arabic("مواقف")' in embedded.render_typst(read_report(project.report, "en"), day=None)
    assert "#arabic(" not in embedded.render_typst(read_report(project.report, "ar"), day=None)


def test_paper_sets_a_statement_in_its_own_sentence_and_leaves_out_what_is_for_screens(project: Paths) -> None:
    entry = (
        '::: {#s-9-1-2 .statement data-actor="bloc" data-stance="-1"}\n\n[[1](#s-9-1-2)]{.number} Someone '
        "[· on a screen]{.screen} · [-1 leave]{.stance}\n\n"
        f"{encode_passage('جملة سابقة. سياق', is_context=True)} {encode_passage('تصريح')}\n\nHow\n\n:::"
    )
    write_outputs(project, findings=entry)
    write_report(project, BODY + "\n{{< embed _executed/en/10_a.ipynb#findings >}}\n")
    made = render(project)
    page = made["report.en.html"].read_text(encoding="utf-8")
    assert 'data-actor="bloc"' in page
    assert "سياق" in page
    text = "".join(page.extract_text() for page in read_pdf(made["report.en.pdf"]).pages)
    assert "تصريح" in text
    assert "سياق" in text
    assert "سابقة" not in text
    assert "screen" not in text


def test_paper_lists_the_statements_behind_each_finding_at_the_head_of_the_evidence(project: Paths) -> None:
    head, words = "[[{n}](#s-9-1-{n})]{{.number}} Who", "[قول]{{.passage}}"
    entry = f'::: {{{{#s-9-1-{{n}} .statement data-stance="1"}}}}\n\n{head}\n\n{words}\n\n:::'
    findings = "::: {.findings}\n\n- All ([2](#s-9-1-2), [and 1 more](#evidence?n=2,3))\n- One ([3](#s-9-1-3))\n\n:::"
    entries = "\n\n".join(["::: {.source}\n\nTitle\n\n:::", *(entry.format(n=n) for n in (2, 3))])
    write_outputs(project, findings=f"{findings}\n\n{entries}")
    write_report(project, BODY + "\n{{< embed _executed/en/10_a.ipynb#findings >}}\n")
    text = "".join(page.extract_text() for page in read_pdf(render(project)["report.en.pdf"]).pages)
    told = re.sub(r"\s+", " ", text.partition("Statements behind each finding:")[2])
    assert told.lstrip().startswith("1: 2, 3 2: 3 ")


def test_the_page_allows_its_own_scripts_by_checksum_and_nothing_else(project: Paths) -> None:
    page = render(project)["report.en.html"].read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="(default[^"]*sha256[^"]*)"', page)
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
        checksum = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{checksum}'" in policy


def test_findings_that_nearly_fit_their_page_end_on_it_with_their_key(project: Paths) -> None:
    sentence = "A finding that says who stands where, and on how many statements of how many articles it rests (2). "
    key = "\n::: {.reading-key}\nThe key to them.\n:::\n"
    listed = "\n\n".join(f"- {sentence * 2}Finding {n}." for n in range(1, 14))
    write_outputs(project, findings=f"::: {{.findings}}\n\n{listed}\n\n:::")
    embedded_findings = "# Findings {#sec-findings}\n\n{{< embed _executed/en/10_a.ipynb#findings >}}\n"
    write_report(project, f"{embedded_findings}{key}{BODY}")
    first = " ".join(read_pdf(render(project)["report.en.pdf"]).pages[0].extract_text().split())
    assert "Finding 13." in first
    assert "The key to them." in first
