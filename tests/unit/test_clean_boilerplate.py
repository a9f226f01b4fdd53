"""What cleaning takes off a page, and above all what it leaves."""

from __future__ import annotations

import itertools
import time

import pytest

from mawaqif.clean import LineFrequencies, clean_document
from mawaqif.paths import default_paths
from mawaqif.records import RawDocument, Reading
from mawaqif.vocabulary import Vocabulary, load_vocabulary

BODY = (
    "قال وزير الخارجية إن بلاده ستواصل العمل مع الشركاء من أجل استقرار المنطقة. وأضاف أن الحوار مستمر بين الجانبين "
    "حتى نهاية العام وأن اللجان الفنية ستجتمع في الأسبوع المقبل لبحث التفاصيل."
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(default_paths().vocabulary)


def make(text: str, media_type: str = "text", doc_id: str = "x") -> RawDocument:
    return RawDocument(doc_id, text, "0" * 64, "utf-8", f"{doc_id}.txt", media_type)


def removed(reading: Reading) -> list[str]:
    return [reading.text[m.start : m.end] for m in reading.boilerplate]


@pytest.mark.parametrize(
    "line",
    [
        "اقرأ المزيد",
        "إقرأ المزيد...",
        "المزيد من أخبار",
        "مواضيع ذات صلة",
        "اقرأ أيضاً: البرلمان يعقد جلسته المقبلة في موعدها",
        "شارك الخبر",
        "الرئيسية سياسة اقتصاد رياضة فيديو",
        "تخطى قصص مقترحة وواصل القراءة",
        "صدر الصورة، Getty Images",
        "قبل 3 ساعات",
        "فيسبوك تويتر واتساب تلغرام",
        "Facebook | X | WhatsApp",
        "App Store Google Play",
        "A A",
        "حجم الخط",
        "نسخ الرابط",
        "تنويه: التعليقات المنشورة لا تعبر عن رأي الموقع",
        "جميع الحقوق محفوظة © 2024",
        "الآراء الواردة في المقال تعبر عن رأي كاتبها ولا تعبر عن سياسة الصحيفة",
        "تابعونا على تلغرام",
        "حمل تطبيق الوكالة الآن",
        "إعلان",
        "أضف تعليقا",
        "التعليقات (12)",
        "Please enable JavaScript to view the comments",
        "يستخدم هذا الموقع ملفات تعريف الارتباط",
        "جاري التحميل...",
        "{{ article.title }}",
        "https://example.com/a/b",
        "***",
        "\u00a0",
        "\u200f",
    ],
)
def test_furniture_lines_are_marked_whole_and_nothing_else_is(line: str, vocabulary: Vocabulary) -> None:
    text = f"عنوان الخبر في سطر واحد\n\n{BODY}\n{line}\n{BODY}\n"
    assert removed(clean_document(make(text), vocabulary)) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "ملخص",
        "تنظيم العلاقة",
        "لا قوات أجنبية",
        "• فرض عقوبات على القادة",
        "• فيسبوك",
        "1. تويتر",
        "المرحلة الأولى\tسبتمبر 2025",
        "2026",
        "2026 | خروج القوات",
        "حقق المقطع 277 مشاهدة خلال ساعات",
        "اقرأ المزيد من الكتب قبل أن تحكم على ما يجري",
        "أعلنت شركة فيسبوك إغلاق الحساب",
        "شارك وزير الدفاع في الاجتماع",
        "إعلان بغداد",
        "(رويترز)",
        "31 أغسطس 2025",
        "تنويه الوزير بدور الجيش",
        'قال: "اقرأ المزيد"',
        "السابق",
    ],
)
def test_headings_lists_tables_and_sentences_stay(line: str, vocabulary: Vocabulary) -> None:
    around = "\n".join([BODY] * 13)
    reading = clean_document(make(f"عنوان الخبر في سطر واحد\n\n{around}\n{line}\n{around}\n"), vocabulary)
    assert removed(reading) == []


def test_a_bar_left_of_the_headline_is_taken_off_and_a_table_row_is_not(vocabulary: Vocabulary) -> None:
    assert removed(clean_document(make(f"| عنوان الخبر في سطر\n{BODY}"), vocabulary)) == ["| "]
    assert removed(clean_document(make(f"| المرحلة | السنة |\n{BODY}"), vocabulary)) == []


def test_read_more_after_a_sentence_is_taken_off_its_end(vocabulary: Vocabulary) -> None:
    assert removed(clean_document(make(f"عنوان الخبر في سطر\n{BODY} اقرأ المزيد"), vocabulary)) == ["اقرأ المزيد"]


@pytest.mark.parametrize(
    ("line", "views", "minutes", "marked"),
    [
        ("31 أغسطس 2025277 مشاهدةوقت القراءة: 3 دقيقة", 277, 3, ["277 مشاهدة", "وقت القراءة: 3 دقيقة"]),
        ("12/05/20241204 مشاهدات", 1204, None, ["1204 مشاهدات"]),
        ("2024-05-1215 قراءة", 15, None, ["15 قراءة"]),
        ("10:4588 مشاهدة", 88, None, ["88 مشاهدة"]),
        ("١٢ مايو ٢٠٢٤ | ١٬٢٠٤ مشاهدة", 1204, None, ["١٬٢٠٤ مشاهدة"]),
        ("عدد المشاهدات: 523", 523, None, ["عدد المشاهدات: 523"]),
        ("شوهد 40 مرة", 40, None, ["شوهد 40 مرة"]),
        ("1.2 ألف مشاهدة", 1200, None, ["1.2 ألف مشاهدة"]),
        ("4 دقائق قراءة", None, 4, ["4 دقائق قراءة"]),
        ("قراءة في دقيقتين", None, 2, ["قراءة في دقيقتين"]),
        ("5 min read", None, 5, ["5 min read"]),
        ("المشاهدات:\n81", 81, None, ["المشاهدات:", "81"]),
        ("31 أغسطس 2025", None, None, []),
    ],
)
def test_counters_are_read_and_leave_the_date_its_digits(
    line: str, views: int | None, minutes: int | None, marked: list[str], vocabulary: Vocabulary
) -> None:
    reading = clean_document(make(f"عنوان الخبر في سطر واحد\n{line}\n{BODY}\n"), vocabulary)
    assert (reading.views, reading.reading_minutes, removed(reading)) == (views, minutes, marked)


def test_links_and_comments_after_the_last_paragraph_go_with_their_heading(vocabulary: Vocabulary) -> None:
    links = ["أخبار ذات صلة", "وزير الدفاع: قواتنا جاهزة", "1. أسعار الدولار اليوم", "التعليقات (2)", "قارئ: كلام جميل"]
    reading = clean_document(make("\n".join(["اللجنة تبحث الموعد", BODY, *links, "المصدر: وكالات"])), vocabulary)
    assert removed(reading) == links


def test_lines_after_such_a_heading_stay_where_the_article_goes_on(vocabulary: Vocabulary) -> None:
    text = "\n".join(["اللجنة تبحث الموعد", BODY, "ذات صلة", "المرحلة الثانية", BODY, "المحافظة | العدد", "أربيل | 2"])
    assert removed(clean_document(make(text), vocabulary)) == ["ذات صلة"]


def test_latin_and_outlet_lines_go_at_the_edges_and_stay_inside(vocabulary: Vocabulary) -> None:
    text = f"Some Logo\nشفق نيوز\nعنوان الخبر في سطر واحد\n{BODY}\nOperation Inherent Resolve\n{BODY}\nSome Footer"
    assert removed(clean_document(make(text), vocabulary)) == ["Some Logo", "شفق نيوز", "Some Footer"]


def test_a_line_of_many_documents_is_furniture_where_articles_differ(vocabulary: Vocabulary) -> None:
    articles = [
        f"عنوان المقال رقم {i}\n" + " ".join(f"كلمة{i}{j}" for j in range(60)) + "\nبريد القراء الأسبوعي\nملخص\n"
        for i in range(6)
    ]
    counts = LineFrequencies()
    for i, text in enumerate(articles):
        counts.add(make(text, doc_id=str(i)))
    reading = clean_document(make(articles[0]), vocabulary, line_counts=counts)
    assert removed(reading) == ["بريد القراء الأسبوعي"]
    assert removed(clean_document(make(articles[0]), vocabulary)) == []


def test_the_headings_of_a_syndicated_article_are_no_furniture(vocabulary: Vocabulary) -> None:
    text = f"عنوان الخبر في سطر واحد\n{BODY}\nعنوان فرعي قصير\n{BODY}\n"
    counts = LineFrequencies()
    for i in range(10):
        counts.add(make(text, doc_id=str(i)))
    assert removed(clean_document(make(text), vocabulary, line_counts=counts)) == []


def test_html_loses_its_page_and_keeps_headline_list_and_table(vocabulary: Vocabulary) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>ترويسة</title><style>p {}</style></head><body><nav>قائمة</nav>"
        "<div class='related box'>خبر آخر</div><h1>عنوان الخبر في سطر</h1>"
        f"<p>قال <b>الو</b>زير.</p><!-- سر --><ul><li>بند أول هنا</li></ul><table><tr><td>خلية</td><td>أخرى</td></tr>"
        f"</table><p>{BODY}</p><script>var x = '<p>نص</p>';</script><footer>حقوق</footer></body></html>"
    )
    reading = clean_document(make(page, "html"), vocabulary)
    left = [reading.words(s) for s in reading.sentences]
    assert left[:5] == ["عنوان الخبر في سطر", "قال <b>الو</b>زير.", "بند أول هنا", "خلية", "أخرى"]
    assert reading.title is not None
    assert reading.words(reading.title) == "عنوان الخبر في سطر"
    for gone in ("ترويسة", "قائمة", "خبر آخر", "سر", "نص", "حقوق"):
        assert not any(gone in sentence for sentence in left)


def test_the_article_element_of_a_page_is_the_article(vocabulary: Vocabulary) -> None:
    article = f"<article><p>{BODY}</p><p>{BODY}</p></article>"
    page = f"<body><div>شريط الأخبار اليوم</div><h1>عنوان الخبر في سطر</h1>{article}<div>خبر آخر من الموقع</div></body>"
    reading = clean_document(make(page, "html"), vocabulary)
    assert next(reading.words(s)[:10] for s in reading.sentences) == "عنوان الخب"
    assert len(reading.sentences) == 5


def test_markdown_syntax_and_front_matter_are_marked(vocabulary: Vocabulary) -> None:
    text = "---\ntitle: عنوان\n---\n## عنوان فرعي هنا\n\nقال **الوزير** إن [الاتفاق](http://a.b) قائم.\n\n* بند أول\n"
    reading = clean_document(make(text, "markdown"), vocabulary)
    assert [reading.words(s) for s in reading.sentences] == [
        "عنوان فرعي هنا",
        "قال **الوزير** إن [الاتفاق](http://a.b) قائم.",
        "بند أول",
    ]


def test_spans_are_in_order_disjoint_and_sentences_lie_between_them(vocabulary: Vocabulary) -> None:
    text = f"Logo\n| عنوان\u00a0الخبر في سطر\n12 مايو 202430 مشاهدة\n\u00a0\n{BODY} اقرأ المزيد\nA A\n{BODY}\nإعلان"
    reading = clean_document(make(text), vocabulary)
    spans = [(m.start, m.end) for m in reading.boilerplate]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(not (s.start < end and start < s.end) for s in reading.sentences for start, end in spans)


@pytest.mark.parametrize(
    ("unit", "media_type"),
    [("كلمة ", "text"), ("\u00a0", "text"), ("| ", "text"), ("<a \"", "html"), ("<", "html"), ("<nav>", "html"),
     ("<!--", "html"), ("[", "markdown"), ("1 مشاهدة ", "text"), ("- ", "text")],
)  # fmt: skip
def test_hostile_pages_take_linear_time(unit: str, media_type: str, vocabulary: Vocabulary) -> None:
    text = unit * (300_000 // len(unit))
    started = time.process_time()
    clean_document(make(text, media_type), vocabulary)
    assert time.process_time() - started < 60


def test_addresses_written_together_are_read_once_and_not_in_every_way_to_part_them(vocabulary: Vocabulary) -> None:
    glued = "www.a" * 60  # read in every way to part them, these would take longer than anybody waits
    reading = clean_document(make(f"{BODY}\n{glued} هنا\n{BODY}\nhttps://a.example/b www.c.example"), vocabulary)
    assert removed(reading) == ["https://a.example/b www.c.example"]
