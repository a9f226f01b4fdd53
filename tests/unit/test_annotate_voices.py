"""Who speaks, and what, where no plain «قال إن» tells it: objects, relays, opinions, topics, names like nouns."""

from __future__ import annotations

from functools import cache

import pytest

from mawaqif.annotate.actors import annotate_actors
from mawaqif.annotate.statements import annotate_statements
from mawaqif.arabic.sentences import split_sentences
from mawaqif.arabic.text import normalise
from mawaqif.paths import Paths, find_home
from mawaqif.records import RawDocument, Reading, Statement
from mawaqif.vocabulary import Vocabulary, load_vocabulary


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(Paths(find_home()).vocabulary)


def statements(text: str) -> list[Statement]:
    raw = RawDocument("d", text, "0123456789abcdef" * 4, "utf-8", "d.txt")
    reading = Reading(raw=raw, sentences=split_sentences(normalise(text)))
    found = annotate_statements(annotate_actors(reading, vocabulary()), vocabulary()).statements
    return sorted(found, key=lambda s: s.cue.start if s.cue else s.start)


def told(text: str) -> list[tuple[str | None, str]]:
    """The speaker's name and the content of every statement, in reading order of their cues."""
    return [(s.speaker_name, text[s.start : s.end]) for s in statements(text)]


# --- what is refused, denied or regarded ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("رفضت نقابة المعلمين مقترحاً حكومياً لتقليص العطلة.", "نقابة المعلمين", "مقترحاً حكومياً لتقليص العطلة"),
        ("وكانت ناميبيا قد رفضت قبل شهر عرضاً لشراء المنجم.", "ناميبيا", "عرضاً لشراء المنجم"),
        ("نفى مدير المصرف الأنباء عن إفلاسه.", "مدير المصرف", "الأنباء عن إفلاسه"),
        ("رفض زعيم الحزب دعوة المحافظ إلى التهدئة.", "زعيم الحزب", "دعوة المحافظ إلى التهدئة"),
        ("رفضت بوليفيا العرض البرازيلي.", "بوليفيا", "العرض البرازيلي"),
        ("واعتبر النائب وائل حمدان القرار ضربة للمزارعين.", "وائل حمدان", "القرار ضربة للمزارعين"),
        ("وعدّ النائب وائل حمدان التأجيل تهرباً من الحساب.", "وائل حمدان", "التأجيل تهرباً من الحساب"),
        ("استنكر النائب وائل حمدان هذه الحملة على القضاة.", "وائل حمدان", "هذه الحملة على القضاة"),
        ("رجح محللون تعثر المحادثات في جولتها المقبلة.", "محللون", "تعثر المحادثات في جولتها المقبلة"),
        ("رفض مارتينيز تسليم المفاتيح.", "مارتينيز", "تسليم المفاتيح"),
        ("لا يخفي السفير قلقه من طول المفاوضات.", "السفير", "قلقه من طول المفاوضات"),
    ],
)
def test_an_object_is_what_is_judged(text: str, name: str, content: str) -> None:
    assert told(text) == [(name, content)]


@pytest.mark.parametrize(
    "text",
    [
        "وأدت الأزمة إلى تعطيل الخدمات، ورفض القرار من الأهالي.",
        "تقرر إنشاء محطة جديدة للمياه.",
        "ووزع الحاضرون نسخاً من كتاب بعنوان: «سيرة المدينة في خمسين عاماً».",
        "علق العمال لافتة كتب عليها: «لا نريد إلا حقوقنا المؤجلة».",
        "وتجدر الإشارة إلى أن اللقاء هو الثالث هذا العام.",
        "تعتبر من أكبر المدن التي تشهد تضخماً في الأسعار.",
        "أخفى السفير قلقه من طول المفاوضات.",
    ],
)
def test_what_nobody_judges_or_says_is_no_statement(text: str) -> None:
    assert told(text) == []


# --- contents without particle, behind an occasion, behind «ب» --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("وقال النائب وائل حمدان لن نوقع على ورقة بيضاء.", "وائل حمدان", "لن نوقع على ورقة بيضاء"),
        ("أعلنت الوزارة في بيان صحفي وصول القافلة الأولى.", "الوزارة", "وصول القافلة الأولى"),
        ("ندد النائب وائل حمدان بوحشية القمع في السجون.", "وائل حمدان", "وحشية القمع في السجون"),
        ("أكد المشاركون الحاجة إلى تمويل عاجل.", "المشاركون", "الحاجة إلى تمويل عاجل"),
    ],
)
def test_a_content_may_open_without_a_particle(text: str, name: str, content: str) -> None:
    assert told(text) == [(name, content)]


def test_a_clause_of_a_relative_verb_is_not_that_of_the_main_one() -> None:
    text = "وأكدت اللجنة التي اتهمت الشركة بأنها تماطل، أن العقد سينتهي في موعده."
    assert ("اللجنة", "العقد سينتهي في موعده") in told(text)


def test_a_verb_that_a_participle_goes_on_with_belongs_to_no_content() -> None:
    text = "وقال الوزير سامر الحلو إن المياه تكفي، وتابع مؤكداً أن السد سليم."
    assert told(text) == [("سامر الحلو", "المياه تكفي"), ("سامر الحلو", "السد سليم")]


def test_the_matter_that_the_writer_takes_up_ends_a_content() -> None:
    text = "قال سكان إن المضخات توقفت منذ الفجر الأمر الذي عطل الري."
    assert told(text) == [("سكان", "المضخات توقفت منذ الفجر")]


# --- statements that no reporting verb tells --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("واكتفى المتحدث بالتشديد على أن الطريق مفتوح.", "المتحدث", "الطريق مفتوح"),
        ("ولم يفت المحافظ وائل حمدان التذكير بأن الجسر قديم.", "وائل حمدان", "الجسر قديم"),
        ("وواصلت النقابات التشكيك في أرقام الوزارة.", "النقابات", "أرقام الوزارة"),
        ("وكرر السفير القول إن بلاده محايدة.", "السفير", "بلاده محايدة"),
        (
            "ذهب الباحث وائل حمدان أبعد من ذلك، فلا نمو، في تقديره، من دون كهرباء.",
            "وائل حمدان",
            "لا نمو، في تقديره، من دون كهرباء",
        ),
        (
            "ورفع النائب وائل حمدان ورقة في وجه الحاضرين: «هذه أسماء من قبضوا ولم يعملوا».",
            "وائل حمدان",
            "هذه أسماء من قبضوا ولم يعملوا",
        ),
    ],
)
def test_a_saying_needs_no_verb_of_saying(text: str, name: str, content: str) -> None:
    assert told(text)[-1] == (name, content)


def test_a_quotation_behind_a_colon_needs_somebody_who_speaks() -> None:
    assert told("وكان الشعار فوق الباب واضحاً: «لا دخول لمن لا عمل له هنا».") == []


# --- who speaks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وذكرت صحيفة «الشاطئ» نقلاً عن مسؤول ملاحي أن الميناء أغلق.", "مسؤول ملاحي"),
        ("وقالت القناة، نقلاً عن مدير الميناء، إن الرصيف سليم.", "مدير الميناء"),
        ("أبلغ وزير النقل نظراءه أن الخط متوقف.", "وزير النقل"),
        ("اتهمت المعارضة وزيرة المالية بإخفاء الأرقام.", "المعارضة"),
        ("أبلغت دول الجوار وزير النقل أن الخط متوقف.", "دول الجوار"),
        ("أبلغ القحطاني وكالات محلية أن الخط متوقف.", "القحطاني"),
        ("وكانت الجماهير قد رحبت بقرار فتح الملعب.", "الجماهير"),
        ("ويشترط أحد قادتها تسليم الجثامين أولاً.", "أحد قادتها"),
        ("وتخشى كينيا أن تمتد المعارك إلى حدودها.", "كينيا"),
        ("لا يزال الوزير متمسكاً بإجراء الاقتراع في موعده.", "الوزير"),
        ("وأوضح مدير الدائرة طريقة التوزيع وقال: «ستبدأ الحصص غداً».", "مدير الدائرة"),
        ("وفتحت الوزارة تحقيقاً في الحريق، مشيرة إلى أنها ستعلن النتائج.", "الوزارة"),
        ("فوفق الباحثة سلوى حداد، سيبقى السعر على حاله.", "سلوى حداد"),
    ],
)
def test_the_speaker_is_neither_the_paper_nor_the_object(text: str, name: str) -> None:
    assert [speaker for speaker, _ in told(text)] == [name]


@pytest.mark.parametrize(
    ("phrase", "name", "grade"),
    [
        ("المستشار الخاص للرئيس تبون كمال الحلو", "كمال الحلو", "person"),
        ("مدير مكتب رئيس الوزراء محمد شياع السوداني وائل حمدان", "وائل حمدان", "person"),
        ("المستشار السياسي للرئيس تبون", "المستشار السياسي للرئيس تبون", "office"),
        ("الطيب الأنصاري، رئيس البلدية،", "الطيب الأنصاري", "person"),
        ("بوجمعة الزياني، مدير الحملة،", "بوجمعة الزياني", "person"),
        ("وليد مفتي القيادي في الحزب", "وليد مفتي", "person"),
        ("الناشط القريب من النقابة، شادلي محمد،", "شادلي محمد", "person"),
        ("رئيس الاتحاد الأوروبي بلاميني", "بلاميني", "person"),
        ("المحامي المعروف خالد الزياني", "خالد الزياني", "person"),
        ("رئيس فريق التخطيط والتوعية سامر الحلو", "سامر الحلو", "person"),
        ("إثيوبيا", "إثيوبيا", "institution"),
    ],
)
def test_a_phrase_names_its_own_person(phrase: str, name: str, grade: str) -> None:
    (statement,) = statements(f"أكد {phrase} أن الملف مفتوح.")
    assert (statement.speaker_name, statement.grade) == (name, grade)


@pytest.mark.parametrize(
    "text",
    [
        "وبين الفريقين، يقف العميد المتقاعد نزار حمدان. لكنه لا يستبعد هدنة قصيرة.",
        "أما اللواء نزار حمدان، المؤرخ العسكري، فينظر من زاوية أخرى، ويرى أن الجيش منهك.",
        "ولم يشاركه التفاؤل الباحث نزار حمدان. فهو يعتقد أن الوقت فات.",
        "ورد عليه النائب نزار حمدان، معتبراً أن النص واضح.",
    ],
)
def test_the_person_a_sentence_introduces_speaks_on(text: str) -> None:
    heard = "قال الخبير سعد الحلو إن الحدود هادئة.\n"
    assert [name for name, _ in told(heard + text)] == ["سعد الحلو", "نزار حمدان"]


def test_what_is_only_added_stays_with_who_spoke() -> None:
    text = "قال الخبير سعد الحلو إن الحدود هادئة.\nواستقبله الوزير نزار حمدان أمس. وأضاف أن الجيش مستعد."
    assert [name for name, _ in told(text)] == ["سعد الحلو", "سعد الحلو"]


def test_a_surname_has_the_whole_name_before_it() -> None:
    text = "حضر الحفل السفير طارق بن سالم رضوان. وقال السفير رضوان إن الدفعة الثانية في الطريق."
    assert [name for name, _ in told(text)] == ["طارق بن سالم رضوان"]


def test_a_byline_is_nobody_of_whom_a_sentence_tells() -> None:
    text = "نزار حمدان - الساحل: تقدم والد طفلة بشكوى إلى الوزارة، يطالب فيها بفتح تحقيق."
    assert "نزار حمدان" not in [name for name, _ in told(text)]


def test_two_who_issue_a_text_are_not_taken_for_one() -> None:
    text = "أجرى الوزير سامر الحلو اتصالاً هاتفياً بنظيره أكدا خلاله أهمية الهدنة."
    assert [name for name, _ in told(text)] in ([None], [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال في تصريح لوكالة فرانس برس رئيس بلدية المرفأ جان لوران إن السد صمد.", "جان لوران"),
        ("وأعلن اليوم الاثنين في موسكو ناطق باسم الشرطة أن الجسر أغلق.", "ناطق باسم الشرطة"),
        ("وقال المدير العام للوكالة الدولية للملاحة سامر الحلو إن الرصد تحسن.", "سامر الحلو"),
        ("وقال للصحافيين في ختام لقائه مع المحافظ سامر الحلو مدير الميناء إن الرصيف سليم.", None),
        ("تلقى الوزير سامر الحلو اتصالاً هاتفياً من نظيره الكيني أعرب خلاله عن تعازيه.", "نظيره الكيني"),
        ("انطلقت الجولة صباحاً، ووفقاً لمسؤول ملاحي، فإن السفن عبرت بسلام.", "مسؤول ملاحي"),
        ("أعرب الملك باسمه وباسم الشعب عن تعازيه.", "الملك"),
        ("وقال المتحدث باسمها سالم الحداد إن السفن عبرت.", "سالم الحداد"),
        ("واستناداً إلى المصدر نفسه فإن السفن عبرت بسلام.", "المصدر"),
    ],
)
def test_the_speaker_may_stand_far_from_the_verb(text: str, name: str | None) -> None:
    assert [speaker for speaker, _ in told(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "لكن قانون المناجم الذي أقر العام الماضي، يكشف عن ثغرات كبيرة.",
        "ودخل الشهود القاعة واحداً بعد آخر، معتبرين أن الجلسة تأخرت.",
    ],
)
def test_a_cue_that_does_not_fit_who_spoke_before_has_no_speaker(text: str) -> None:
    assert told("قال الخبير سعد الحلو إن الحدود هادئة.\n" + text)[-1][0] != "سعد الحلو"


@pytest.mark.parametrize(
    "text",
    [
        "وشدد على حماية الحدود ورفض التدخل في شؤون الجوار.",
        "ولم يستطع الخبراء توقع حجم الخسائر.",
        "وأسفر التأخير عن رفض المناطق استقبال الشحنة.",
    ],
)
def test_a_verbal_noun_written_like_its_verb_is_no_cue(text: str) -> None:
    assert not any(s.cue_lemma in ("رفض", "توقع") for s in statements("قال الوزير سامر الحلو إن السد سليم. " + text))
