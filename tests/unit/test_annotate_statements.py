"""Statements: who is quoted, in which words, by which cue."""

from __future__ import annotations

import time
from functools import cache

import pytest

from mawaqif.annotate.actors import annotate_actors
from mawaqif.annotate.statements import annotate_statements
from mawaqif.arabic.sentences import split_sentences
from mawaqif.arabic.text import normalise
from mawaqif.paths import Paths, find_home
from mawaqif.records import RawDocument, Reading, Span, Statement
from mawaqif.vocabulary import (
    ActorsFile,
    BoilerplateFile,
    CuesFile,
    DatesFile,
    OutletsFile,
    Vocabulary,
    digest_folder,
    read_yaml,
)


@cache
def vocabulary() -> Vocabulary:
    """The project's own actors and cues; statements need no other file."""
    folder = Paths(find_home()).vocabulary
    return Vocabulary(
        actors=read_yaml(folder / "actors.yml", ActorsFile),
        outlets=OutletsFile(outlets=()),
        cues=read_yaml(folder / "cues.yml", CuesFile),
        dates=DatesFile.model_construct(),
        boilerplate=BoilerplateFile.model_construct(),
        issues={},
        digest=digest_folder(folder),
    )


def read(text: str, *, title: Span | None = None) -> Reading:
    """A text with its actors and statements."""
    raw = RawDocument("d", text, "0123456789abcdef" * 4, "utf-8", "d.txt")
    reading = Reading(raw=raw, title=title, sentences=split_sentences(normalise(text)))
    return annotate_statements(annotate_actors(reading, vocabulary()), vocabulary())


def contents(text: str) -> list[str]:
    """The contents of all statements of a text."""
    return [text[s.start : s.end] for s in read(text).statements]


def only(text: str) -> Statement:
    """The one statement of a text."""
    (statement,) = read(text).statements
    return statement


def speaker(text: str) -> str | None:
    """The noun phrase that speaks in a text of one statement."""
    found = only(text).speaker
    return None if found is None else text[found.start : found.end]


# --- content --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("وأكد الوزير سامر الحلو أن المفاوضات تسير ببطء.", "المفاوضات تسير ببطء"),
        ("وأكد الوزير سامر الحلو أنها تسير ببطء.", "تسير ببطء"),
        ("وشدد الوزير سامر الحلو على أن الحكومة باقية.", "الحكومة باقية"),
        ("أفاد مصدر مطلع، الثلاثاء، بأن الوفد غادر المدينة.", "الوفد غادر المدينة"),
        ("وطالب النائب سامر الحلو بإنهاء الاتفاقية.", "إنهاء الاتفاقية"),
        ("ودعا النائب سامر الحلو إلى احترام السيادة.", "احترام السيادة"),
        ("وأعلن الوزير سامر الحلو، تأجيل الاجتماع.", "تأجيل الاجتماع"),
        ("وأعلن الوزير سامر الحلو عن تأجيل الاجتماع.", "تأجيل الاجتماع"),
        ("وقرر البرلمان إنشاء لجنة للتحقيق.", "إنشاء لجنة للتحقيق"),
        ("وقال الوزير سامر الحلو: لا عودة إلى الوراء.", "لا عودة إلى الوراء"),
    ],
)
def test_the_content_begins_after_the_particle(text: str, content: str) -> None:
    assert contents(text) == [content]


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "»«"])
def test_a_direct_quotation_is_given_without_its_marks(marks: str) -> None:
    opening, closing = marks
    text = f"وقال الوزير سامر الحلو إن {opening}البلاد بخير{closing}."
    statement = only(text)
    assert text[statement.start : statement.end] == "البلاد بخير"
    assert statement.kind == "direct_quote"


def test_a_quotation_may_run_over_sentences() -> None:
    text = "وأضاف الوزير سامر الحلو: «البلاد بخير. لا خوف عليها». ثم غادر القاعة."
    assert contents(text) == ["البلاد بخير. لا خوف عليها"]


def test_a_clause_with_a_quotation_inside_is_mixed() -> None:
    text = "وذكر الوزير سامر الحلو أن الانسحاب “أمر غير واقعي” في هذه الظروف."
    statement = only(text)
    assert statement.kind == "mixed"
    assert text[statement.start : statement.end] == "الانسحاب “أمر غير واقعي” في هذه الظروف"


def test_a_name_in_quotation_marks_is_no_quotation() -> None:
    text = 'وقال الوزير سامر الحلو لصحيفة "الأيام" إن البلاد بخير.'
    assert contents(text) == ["البلاد بخير"]
    assert only(text).kind == "indirect"


def test_contrast_stays_in_the_content_and_the_next_cue_ends_it() -> None:
    text = "وأوضح الوزير سامر الحلو أن العملية تأخرت، إلا أن العمل مستمر، مشيراً إلى أن التمويل متوفر."
    assert contents(text) == ["العملية تأخرت، إلا أن العمل مستمر", "التمويل متوفر"]


def test_the_writers_own_clause_ends_the_content() -> None:
    text = "وأكد الوزير سامر الحلو أن العملية تأخرت، فيما تستمر الاشتباكات في المدينة."
    assert contents(text) == ["العملية تأخرت"]


def test_a_list_behind_a_colon_belongs_to_the_content() -> None:
    text = "ودعا البرلمان إلى إجراءات تشمل:\n\n• فرض عقوبات\n• تجميد الأموال\n\nانتهى الاجتماع مساء."
    assert contents(text) == ["إجراءات تشمل:\n\n• فرض عقوبات\n• تجميد الأموال"]


def test_what_is_said_inside_a_statement_is_a_statement_too() -> None:
    text = "أفادت مصادر بأن بغداد طلبت جولة حوار جديدة."
    assert contents(text) == ["بغداد طلبت جولة حوار جديدة", "جولة حوار جديدة"]


# --- speaker --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال وزير الزراعة سامر الحلو في مؤتمر صحفي إن البلاد بخير.", "وزير الزراعة سامر الحلو"),
        ("وقال سامر الحلو، إن البلاد بخير.", "سامر الحلو"),
        ("الوزير سامر الحلو قال إن البلاد بخير.", "الوزير سامر الحلو"),
        ("وكان وزير الزراعة سامر الحلو أكد أن البلاد بخير.", "وزير الزراعة سامر الحلو"),
        ("ورحب بالقرار مدير المركز سامر الحلو الذي أكد أن البلاد بخير.", "مدير المركز سامر الحلو"),
        ("وقال أمس الخميس وزير الزراعة إن البلاد بخير.", "وزير الزراعة"),
        ("وأكد علي الحلو أن البلاد بخير.", "علي الحلو"),
        ("وقال وزير الزراعة لـ«الأيام» إن البلاد بخير.", "وزير الزراعة"),
        ("وقال مسؤول رفض الكشف عن هويته إن البلاد بخير.", "مسؤول"),
    ],
)
def test_the_speaker_is_found_before_and_after_the_verb(text: str, name: str) -> None:
    found = [s for s in read(text).statements if text[s.start : s.end] == "البلاد بخير"]
    assert [text[s.speaker.start : s.speaker.end] for s in found if s.speaker] == [name]


def test_a_participle_speaks_with_the_voice_of_its_sentence() -> None:
    text = "وقالت الوزيرة منى الحلو إن البلاد بخير، مؤكدة أن العمل مستمر، ونافية وجود خلاف."
    assert contents(text) == ["البلاد بخير", "العمل مستمر", "وجود خلاف"]
    assert len({s.speaker_id for s in read(text).statements}) == 1


def test_a_dropped_subject_is_the_last_speaker() -> None:
    text = "وقال الوزير سامر الحلو إن البلاد بخير.\nوأضاف أن العمل مستمر."
    first, second = read(text).statements
    assert first.speaker_id == second.speaker_id is not None


def test_a_dropped_subject_of_the_other_gender_stays_open() -> None:
    text = "وقال الوزير سامر الحلو إن البلاد بخير. وأضافت أن العمل مستمر."
    assert read(text).statements[1].speaker_id is None


def test_who_is_quoted_inside_a_statement_does_not_speak_afterwards() -> None:
    text = "وقال الوزير سامر الحلو إن البنك المركزي أعلن أن السيولة كافية. وأضاف أن العمل مستمر."
    statements = read(text).statements
    assert statements[-1].speaker_id == statements[0].speaker_id != statements[1].speaker_id


def test_the_one_spoken_to_is_not_the_speaker() -> None:
    text = "وقال الوزير سامر الحلو إن البلاد بخير. ودعا القوى السياسية إلى الحوار."
    first, second = read(text).statements
    assert second.speaker_id == first.speaker_id


def test_joint_speakers_have_a_statement_each() -> None:
    text = "وأكدت بغداد وواشنطن ضرورة الحوار."
    statements = read(text).statements
    assert len(statements) == 2
    assert len({(s.start, s.end) for s in statements}) == 1
    assert statements[1].statement_id == statements[0].statement_id + ".2"


# --- cues -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "وبحسب مصادر في المدينة، فإن الوفد غادر إلى الخارج.",
        "الوفد غادر إلى الخارج، وذلك وفقاً لمصادر في المدينة.",
        "الوفد غادر إلى الخارج، كما قال مصدر مطلع.",
        "الوفد غادر إلى الخارج، بحسب ما أعلنت وزارة النقل.",
    ],
)
def test_a_source_phrase_makes_a_statement_of_the_clause_beside_it(text: str) -> None:
    assert contents(text) == ["الوفد غادر إلى الخارج"]


def test_a_relayed_statement_belongs_to_whom_the_relay_quotes() -> None:
    assert speaker("ونقلت الوكالة عن الوزير سامر الحلو قوله إن البلاد بخير.") == "الوزير سامر الحلو"


def test_a_headline_with_a_colon_is_a_statement() -> None:
    text = "السوداني: لا حاجة إلى القوات الأجنبية\n\nوقال رئيس الوزراء محمد شياع السوداني إن البلاد بخير."
    headline, said = read(text, title=Span(0, text.index("\n"))).statements
    assert text[headline.start : headline.end] == "لا حاجة إلى القوات الأجنبية"
    assert headline.speaker_id == said.speaker_id == "sudani"


def test_a_label_before_a_colon_is_no_speaker() -> None:
    text = "عاجل: انفجار في المدينة\n\nوقال مصدر مطلع إن البلاد بخير."
    assert len(read(text, title=Span(0, text.index("\n"))).statements) == 1


@pytest.mark.parametrize(
    "text",
    [
        "العلاقات بين بغداد وواشنطن مستقرة منذ أن بدأت المباحثات.",
        "وصل الوفد إلى مصر على متن طائرة خاصة.",
        "ولم يؤكد الوزير أن الاجتماع ألغي.",
        "وتابع الجمهور المباراة من المدرجات.",
        "يذكر أن المدينة تضم ألف منزل.",
        "وجددت الشركة عقد اللاعب لعامين.",
        "تقرر إنشاء مستودع جديد في المدينة.",
        "وزاد سعر النفط بعد أن تراجع أمس.",
        "وهو ما يؤكد أهمية الحوار.",
    ],
)
def test_everyday_uses_of_the_words_are_no_statements(text: str) -> None:
    assert contents(text) == []


def test_a_negated_exclusion_is_a_statement() -> None:
    assert contents("ولم يستبعد الوزير سامر الحلو أن تتأخر العملية.") == ["تتأخر العملية"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("وتوقع الخبير سامر الحلو أن تتأخر العملية.", "forecast"),
        ("وطالب النائب سامر الحلو بإنهاء الاتفاقية.", "demand"),
        ("ونفى النائب سامر الحلو وجود خلاف.", "denial"),
        ("وحذر النائب سامر الحلو من أن تتأخر العملية.", "condition"),
    ],
)
def test_the_modality_is_the_cues(text: str, modality: str) -> None:
    assert only(text).modality == modality


# --- documents ------------------------------------------------------------------------------------------------------


def test_spans_hold_over_diacritics_tatweel_and_invisible_marks() -> None:
    text = "\u200fوأكّـــد الوزيرُ سامر الحلو أنَّ «البلادَ بخيرٍ».\u200f"
    statement = only(text)
    assert text[statement.start : statement.end] == "البلادَ بخيرٍ"
    assert statement.cue is not None
    assert text[statement.cue.start : statement.cue.end] == "وأكّـــد"


def test_reading_twice_gives_the_same_statements() -> None:
    text = "وقال الوزير سامر الحلو إن البلاد بخير، مشيرا إلى أن العمل مستمر."
    first = read(text)
    assert annotate_statements(first, vocabulary()) == first


@pytest.mark.parametrize("text", ["", " ", "قال", "قال إن", "قال:", "أكد «", "«»", "وأكد أن.", "بحسب", "وفقا ل"])
def test_stumps_of_statements_give_none(text: str) -> None:
    assert contents(text) == []


@pytest.mark.parametrize("piece", ["قال الوزير إن ", "قال «", "بحسب مصدر، ", "وأكد ، ", "كلمة "])
def test_one_endless_line_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    read(piece * 2_000)
    assert time.process_time() - start < 60


# --- what is no report ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ويجب أن يوافق البرلمان على الاتفاقية قبل توقيعها.",
        "ومن الممكن أن يعلن الوزير عن موعد الزيارة غداً.",
        "وإذا طلبت الحكومة انسحاب القوات فستغادر البلاد.",
        "فإن اقتنع الوزير بأن الحل ممكن عاد إلى الحوار.",
        "هل تتوقع أن تستأنف المفاوضات هذا العام؟",
        "ومن يعتقد أن الحل قريب فهو مخطئ.",
        "ويبلغ عدد سكان المدينة نحو مليون نسمة، ما يعني أن الخدمات لا تكفي.",
        "وقد تحدث فجوة في العلاقات التي بدا أنها تتحسن.",
        "وتبين أن السيارة كانت مفخخة.",
        "وتقع الأسعار بين 15 و30 في المئة «نصف سنوي، سنوي».",
        "ولا توجد علاقة بينه وبين «النور».",
        "وأثبت الفريق أنه الأفضل هذا الموسم.",
        "ويلفت انتباه الزائر إلى أن المدينة قديمة.",
        "كان الطريق مغلقاً، سائلاً الله أن يحفظ الجميع.",
    ],
)
def test_wishes_questions_amounts_and_events_are_no_statements(text: str) -> None:
    assert contents(text) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("وأظهر تقرير للبنك الدولي أن النمو تباطأ.", "النمو تباطأ"),
        ("وأبلغ الوزير سامر الحلو المجلس أن الخطة جاهزة.", "الخطة جاهزة"),
        ("وأرسلت بغداد رسائل إلى الجيران بأنها لن تكون ساحة للصراع.", "لن تكون ساحة للصراع"),
        ("وأعاد الوزير سامر الحلو التأكيد على أن البلاد آمنة.", "البلاد آمنة"),
    ],
)
def test_the_same_verbs_report_where_a_source_or_a_message_stands_with_them(text: str, content: str) -> None:
    assert contents(text) == [content]


# --- whose it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spoken_by"),
    [
        ("وقال لـ«الأيام» مساء أمس الخميس مدير المركز سامر الحلو إن العمل مستمر.", "مدير المركز سامر الحلو"),
        ("وقال الوزير سامر الحلو بصراحة إن العمل مستمر.", "الوزير سامر الحلو"),
        ("وأعلن، وفق المدعي العام، أن العمل مستمر.", None),
        ("ودعا الشعب إلى الهدوء.", None),
        ("ودعا المواطنين إلى الهدوء.", None),
        ("وقالت «الراية» إن العمل مستمر.", "«الراية»"),
        ("وقال المحلل سامر الحلو عن الأسعار: إن الارتفاع مستمر.", "المحلل سامر الحلو"),
        ("وأضاف الوزير قائلاً: «العمل مستمر».", "الوزير"),
        ("الوزير الذي زار المدينة أمس أكد أن العمل مستمر.", "الوزير"),
        ("أما الخبير سامر الحلو فيرى أن العمل مستمر.", "الخبير سامر الحلو"),
        ("وأصدر الحزب بياناً أكد فيه أن العمل مستمر.", "الحزب"),
        ("واستعرض الوزير سامر الحلو أهمية المشروع، مؤكداً أن العمل مستمر.", "الوزير سامر الحلو"),
        ("«العمل مستمر»، قال الوزير سامر الحلو.", "الوزير سامر الحلو"),
        ("وأبلغت واشنطن بغداد أن العمل مستمر.", "واشنطن"),
        ("أما نجاح الخطة، بحسب وزارة التخطيط، فيكمن في التمويل.", "وزارة التخطيط"),
        ("وقال د . سامر الحلو إن العمل مستمر.", "د . سامر الحلو"),
    ],
)
def test_the_speaker_is_found_where_the_clause_names_it(text: str, spoken_by: str | None) -> None:
    assert speaker(text) == spoken_by


@pytest.mark.parametrize(
    "text",
    [
        "التقى الوزير ضيفاً من الجيران أكد أن العمل مستمر.",
        "وبرزت مشكلة في المدينة، أكد أن العمل مستمر.",
    ],
)
def test_a_phrase_that_holds_a_verb_of_events_is_no_subject(text: str) -> None:
    verb = text.split()[0]
    assert all(verb not in text[s.speaker.start : s.speaker.end] for s in read(text).statements if s.speaker)


def test_a_relative_pronoun_of_another_gender_is_no_subject() -> None:
    text = "وأما الفريق الذي طلبت الصين تشكيله فسيعمل."
    assert [text[s.speaker.start : s.speaker.end] for s in read(text).statements if s.speaker] == ["الصين"]


def test_a_cue_without_subject_goes_to_the_one_person_spoken_of_since() -> None:
    text = "أكد الوزير سامر الحلو أن العمل مستمر. وزار محمد شياع السوداني المدينة أمس. وقال إن الخطة جاهزة."
    assert [s.speaker_name for s in read(text).statements] == ["سامر الحلو", "محمد شياع السوداني"]


def test_a_participle_of_another_gender_leaves_the_first_name_alone() -> None:
    assert only("وعلق سامر الحلو على زيارة إيران، قائلاً إن العمل مستمر.").speaker_name == "سامر الحلو"


# --- what was said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("وحذر الوزير سامر الحلو من «مخطط للبقاء».", "مخطط للبقاء"),
        ("وأشار الوزير سامر الحلو إلى «أن العمل مستمر».", "أن العمل مستمر"),
        ("ويرى الخبير سامر الحلو أن «الوضع معقد»، وأن الحل بعيد.", "«الوضع معقد»، وأن الحل بعيد"),
        ("وأعلن الجيش الوطني الانتهاء من العملية.", "الانتهاء من العملية"),
        ("وأعلن سامر الحلو معارضته للقانون.", "معارضته للقانون"),
        ("وتعارض قوى سياسية كردية انسحاب القوات.", "انسحاب القوات"),
        ("وأكدت كل من بغداد وواشنطن التزامهما بالاتفاق.", "التزامهما بالاتفاق"),
        ("وطالب سامر الحلو الحكومة بحسم الملف.", "حسم الملف"),
        ("ودعت بغداد الجيران لتجنب التصعيد.", "تجنب التصعيد"),
        ("وقال الوزير سامر الحلو إن الخطة تغيرت، الأمر الذي أغضب النواب.", "الخطة تغيرت"),
        ("وقال الوزير سامر الحلو إن القوات (الجيش، والشرطة، والحرس) جاهزة.", "القوات (الجيش، والشرطة، والحرس) جاهزة"),
        ("«العمل مستمر»، يقول سامر الحلو.", "العمل مستمر"),
    ],
)
def test_the_content_is_whole(text: str, content: str) -> None:
    assert content in contents(text)


def test_a_headline_may_close_with_its_speaker() -> None:
    title = "لا حاجة إلى القوات الأجنبية: السوداني"
    text = f"{title}\nأكد محمد شياع السوداني أن البلاد مستقرة."
    first = read(text, title=Span(0, len(title))).statements[0]
    assert (text[first.start : first.end], first.speaker_name) == ("لا حاجة إلى القوات الأجنبية", "محمد شياع السوداني")


def test_every_statement_has_an_id_of_its_own() -> None:
    statements = read("وأكدت بغداد وواشنطن أن العمل مستمر. وقال الوزير سامر الحلو إن الخطة جاهزة.").statements
    assert len({s.statement_id for s in statements}) == len(statements) == 3
