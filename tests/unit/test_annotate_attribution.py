"""Who says what in the phrasings of the Arabic press at large: own sentences, from the news of many countries."""

from __future__ import annotations

from functools import cache

import pytest

from mawaqif.annotate.actors import annotate_actors
from mawaqif.annotate.statements import annotate_statements
from mawaqif.arabic.sentences import split_sentences
from mawaqif.arabic.text import normalise
from mawaqif.paths import Paths, find_home
from mawaqif.records import RawDocument, Reading, Span
from mawaqif.vocabulary import Vocabulary, load_vocabulary


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary(Paths(find_home()).vocabulary)


def read(text: str, *, title: Span | None = None) -> Reading:
    raw = RawDocument("d", text, "0123456789abcdef" * 4, "utf-8", "d.txt")
    reading = Reading(raw=raw, title=title, sentences=split_sentences(normalise(text)))
    return annotate_statements(annotate_actors(reading, vocabulary()), vocabulary())


def told(text: str) -> list[tuple[str | None, str]]:
    """The speaker's name and the content of every statement, in reading order of their cues."""
    statements = sorted(read(text).statements, key=lambda s: s.cue.start if s.cue else s.start)
    return [(s.speaker_name, text[s.start : s.end]) for s in statements]


# --- between a verb and its content -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        (
            "وقال نبيل قرقاش، عميد معهد البحوث (كان مراسلا لصحيفة «المرصد»، وألف كتابا عن مالي): «الأزمة طويلة».",
            "نبيل قرقاش",
            "الأزمة طويلة",
        ),
        ("وأكد المشرف على لجان الفرز، العقيد رشيد بن قدور، أن النتائج نهائية.", "رشيد بن قدور", "النتائج نهائية"),
        ("ورحب آل سالم في بداية اللقاء بالمبادرة القطرية.", "آل سالم", "المبادرة القطرية"),
        ("وأشار في مؤتمر عقده الحزب، مساء أول من أمس في صفاقس، إلى أن التحالف قائم.", None, "التحالف قائم"),
        ("وخلص الباحثون في نهاية الدراسة إلى أن الجفاف يمتد إلى موريتانيا.", "الباحثون", "الجفاف يمتد إلى موريتانيا"),
        ("وقال مصدر قضائي لـ\"الساحل\" إن \"المحاكمة تأجلت\".", "مصدر قضائي", "المحاكمة تأجلت"),
        ("وصرح يان هوفمان، المتحدث باسم «نورد»، إلى صحيفة «المرصد»، بأن الرحلة آمنة.", "يان هوفمان", "الرحلة آمنة"),
    ],
)  # fmt: skip
def test_what_stands_between_verb_and_content_hides_neither(text: str, name: str | None, content: str) -> None:
    assert told(text) == [(name, content)]


@pytest.mark.parametrize(
    ("text", "name", "content"),
    [
        ("كشفت تقارير محلية صدور قرار من النيابة الليبية.", "تقارير محلية", "صدور قرار من النيابة الليبية"),
        ("وتوقع تقرير اقتصادي أن يتباطأ النمو في المغرب.", "تقرير اقتصادي", "يتباطأ النمو في المغرب"),
        ("أعلنت وزارة الداخلية التونسية أمس الأحد وفاة جنديين.", "وزارة الداخلية التونسية", "وفاة جنديين"),
        ("أعلن عزيز أخنوش، اليوم الخميس، حزمة إجراءات للمزارعين.", "عزيز أخنوش", "حزمة إجراءات للمزارعين"),
        ("وأدانت الحكومة الصومالية بشدة التفجير في مقديشو.", "الحكومة الصومالية", "التفجير في مقديشو"),
        ("ونوه المهندس سامي الحلو، أمين المجلس البلدي، برعاية الأمير للمعرض.", "سامي الحلو", "رعاية الأمير للمعرض"),
        ("وأشاد الوزير سامر الحلو بجهود الوساطة.", "سامر الحلو", "جهود الوساطة"),
        ("وأشاد الوزير سامر الحلو بالتعاون القائم بين البلدين.", "سامر الحلو", "التعاون القائم بين البلدين"),
        ("وعزا سامر الحلو ذلك إلى نقص الوقود في الخرطوم.", "سامر الحلو", "نقص الوقود في الخرطوم"),
        ("وأرجع الوزير التأخير إلى نقص المال.", "الوزير", "نقص المال"),
        ("أعلنت المقاومة الشعبية سيطرتها على مدينة لودر.", "المقاومة الشعبية", "سيطرتها على مدينة لودر"),
        (
            "كشف القيادي المنشق عن الجماعة، عبدالناصر الحلو، وجود خلافات داخل المجلس.",
            "عبدالناصر الحلو",
            "وجود خلافات داخل المجلس",
        ),
        ("أدان وزير الخارجية سامر الحلو التصريحات الأخيرة.", "سامر الحلو", "التصريحات الأخيرة"),
        ("وأكد الوزير المغربي تطابق رؤية الجانبين.", "الوزير المغربي", "تطابق رؤية الجانبين"),
        ("وقررت لجنة الانضباط حسم نقطة من رصيد الفريق.", "لجنة الانضباط", "حسم نقطة من رصيد الفريق"),
        ("ودعت موغيريني طهران إلى الحوار.", "موغيريني", "الحوار"),
        ("«أوفيد» يوافق على تمويلات جديدة لثلاثين بلداً.", "أوفيد", "تمويلات جديدة لثلاثين بلداً"),
        ("حركة «النهضة» تدعو إلى انتخابات مبكرة.", "حركة «النهضة»", "انتخابات مبكرة"),
        ("ويقول أحد المواطنين إن الخبز مفقود.", "أحد المواطنين", "الخبز مفقود"),
        ("نفى بلحسن الزواري، المتحدث باسم الوزارة، خبر نقل القاعدة.", "بلحسن الزواري", "خبر نقل القاعدة"),
        ("أشاد رئيس البرلمان أحمد الجروان بأداء الشرطة.", "أحمد الجروان", "أداء الشرطة"),
        ("واعتبر البيان مدينة بنغازي «منطقة عسكرية مغلقة».", "البيان", "منطقة عسكرية مغلقة"),
    ],
)  # fmt: skip
def test_an_object_is_a_content_behind_its_subject(text: str, name: str, content: str) -> None:
    assert told(text) == [(name, content)]


@pytest.mark.parametrize(
    "text",
    [
        "تقام المباراة في صنعاء يوم السبت بين الفريقين على أن تعاد الثلاثاء.",
        "أقر المجلس الخطة على أن تبدأ في مارس.",
        "حضر الحفل ألف طالب وطالبة بدعم من الجامعة.",
        "يجعل الدرس كل طالب في حالة تسمح بالتفكير بهدوء.",
        "وقال صلى الله عليه وسلم: «الدين النصيحة».",
        "وفي الوقت الذي يتوقع أن يزداد الطلب ترتفع الأسعار.",
        "واستبعدت اللجنة ملفات «ناقصة» من الفرز.",
        "إن التعاون أمر أساسي لمواكبة «سرعة التنظيمات ومرونتها» في الساحل.",
        "ولكن تبني سياسة توسعية في هذه الظروف صعب.",
        "وهي صورة امرأة تمسك بيدها طفلاً في تعز.",
        "وهي معركة حاسمة، حيث يعتبر تحريرها مفتاحاً لفتح الطريق.",
        "ويُعتقد أن المهاجرين غرقوا قبالة زوارة.",
        "وهي خطوة قد تزيد التوتر بين القبائل، وأن الحرب على الأبواب.",
    ],
)
def test_words_that_only_look_like_a_cue_attribute_nothing(text: str) -> None:
    assert told(text) == []


# --- who speaks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وكان المرصد السوري، قد أكد أن القصف مستمر.", "المرصد السوري"),
        ("قالت «بوينغ»، إن الطائرات سليمة.", "بوينغ"),
        ("وأفاد موقع «النهار» أن الحكومة استقالت.", "موقع «النهار»"),
        ("كشفت تقارير إعلامية فرنسية أن باريس تتفاوض.", "تقارير إعلامية فرنسية"),
        ("ورأى محللون في الأيام الأخيرة أن الائتلاف اليوناني هش.", "محللون"),
        ("ودعت الأمم المتحدة في 2014 إلى تبني تدابير مشتركة.", "الأمم المتحدة"),
        ("وأكد الناطق باسم الحكومة رشاد بادي من جانبه أن العمل جار.", "رشاد بادي"),
        ("وقال أخصائي طب العيون في صور إن المرض ينتشر.", "أخصائي طب العيون"),
        ("وأعرب الزياني، لدى استقبال الوفد اليمني، عن ارتياحه.", "الزياني"),
        ("وأكد المتظاهرون في هتافاتهم أن القانون ظالم.", "المتظاهرون"),
        ("وتضيف أليكس موضحة: «لم أكن أعلم».", "أليكس"),
        ("فإن فيصل - كما سبقت الإشارة - أكد أن السفر ممنوع.", "فيصل"),
        ("وقال آرون ديفيد ميلر وهو مفاوض سابق إن العرض مغر.", "آرون ديفيد ميلر"),
        ("وقال اليستير باسكي المتحدث باسم المجلس إن الدعم محدود.", "اليستير باسكي"),
        ("وقالت التلميذة ناصرة أحمد إن المدرسة بعيدة.", "ناصرة أحمد"),
        ("وأكد مدير السياحة السوداني عثمان الإمام محمد أن الآثار سليمة.", "عثمان الإمام محمد"),
        ("وصرح المصور المستقل تتسوزو كيدا أن الصور أصلية.", "تتسوزو كيدا"),
        ("وصرح آبي مخاطباً الحشد: «لن ننسى».", "آبي"),
        ("ولم يحضر يوشيوكا الذي صرح للصحافة أن العهد نكث.", "يوشيوكا"),
        ("وكان القادة الأوروبيون تعهدوا بإيجاد صيغ لتوزيع اللاجئين.", "القادة الأوروبيون"),
        ("السنغال | أكدت أن الحل سياسي.", "السنغال"),
        ("وأفاد مراسل بي.بي.سي أن القصف توقف.", "مراسل بي.بي.سي"),
    ],
)
def test_the_speaker_is_the_whole_phrase(text: str, name: str) -> None:
    assert [who for who, _ in told(text)] == [name]


@pytest.mark.parametrize("title", ["سموه", "معاليه", "سعادته", "دولته"])
def test_a_title_with_a_pronoun_stands_for_the_person_spoken_of(title: str) -> None:
    text = f"وقال الوزير سامر الحلو إن الخطة جاهزة. وأعلن {title} إنشاء صندوق للنازحين."
    assert told(text)[1] == ("سامر الحلو", "إنشاء صندوق للنازحين")


def test_a_title_with_a_pronoun_of_another_gender_stands_for_somebody_else() -> None:
    text = "وقالت الوزيرة هدى الحلو إن الخطة جاهزة. وأضاف معاليه أن العمل بدأ."
    assert told(text)[1][0] == "معاليه"


def test_a_pronoun_is_the_evidence_of_its_speaker() -> None:
    text = "وقالت الوزيرة هدى الحلو إن الخطة جاهزة. لكنها أكدت أن التمويل ناقص."
    later = read(text).statements[1]
    assert later.speaker is not None
    assert (text[later.speaker.start : later.speaker.end], later.speaker_name) == ("لكنها", "هدى الحلو")


def test_whoever_issues_a_text_speaks_in_it_not_those_called_upon() -> None:
    text = "أصدرت نقابة الصحفيين بياناً طالبت فيه الحكومة بإطلاق المعتقلين."
    assert told(text) == [("نقابة الصحفيين", "إطلاق المعتقلين")]


def test_a_pronoun_of_whom_a_paper_quotes_points_back_to_him() -> None:
    text = "ونقلت الوكالة عن قائد الدرك محمد علي جعفر قوله إن الحدود آمنة. ونقلت عنه قوله: «لن نقبل التهريب»."
    assert [who for who, _ in told(text)] == ["محمد علي جعفر", "محمد علي جعفر"]


def test_a_verb_of_papers_goes_on_with_them_and_not_with_a_man() -> None:
    text = "وقال الوسلاتي إن الجدار ضروري. وانتقدت صحف تونسية زيارة الوفد. وقالت إن توقيتها سيئ."
    assert told(text)[2][0] == "صحف تونسية"


def test_a_noun_that_is_said_is_no_cue_itself() -> None:
    text = "وقال سامر الحلو إن القمة ناجحة، مؤكداً توافق البلدين على أن الحل سياسي."
    assert told(text)[1:] == [("سامر الحلو", "توافق البلدين على أن الحل سياسي")]


def test_a_quotation_that_nobody_closed_ends_where_the_writer_goes_on() -> None:
    text = 'وقال الرئيس كينياتا: " ندرك التحديات. ولا عودة إلى الوراء. وأضاف إن " العمل مستمر ".'
    assert [content for _, content in told(text)] == ["ندرك التحديات. ولا عودة إلى الوراء", "العمل مستمر"]


def test_what_is_sent_does_not_speak() -> None:
    text = "وقال الرئيس الكيني أوهورو كينياتا إن القمة ناجحة. ووجه رسالة مفادها أن الحوار مستمر."
    assert {who for who, _ in told(text)} == {"أوهورو كينياتا"}


def test_a_plural_verb_is_not_taken_for_one_person() -> None:
    text = "وقال الوزير سامر الحلو إن الموسم جيد. ولا يزال المزارعون قلقين. وأكدوا أن الأسعار منخفضة."
    assert told(text)[1][0] is None


def test_a_clause_of_another_voice_ends_the_content_before_it() -> None:
    text = (
        "وقالت مصادر محلية إن المعارك مستمرة، إلى ذلك أشار متحدث باسم الجيش إلى تقدم القوات، لافتاً إلى أن الطريق آمن."
    )
    assert told(text) == [
        ("مصادر محلية", "المعارك مستمرة"),
        ("متحدث باسم الجيش", "تقدم القوات"),
        ("متحدث باسم الجيش", "الطريق آمن"),
    ]


def test_a_document_that_speaks_by_a_verb_is_no_cue_itself() -> None:
    text = "وقال البيان الفرنسي «رئيس الجمهورية يود أن يشكر الوسطاء»."
    assert told(text) == [("البيان الفرنسي", "رئيس الجمهورية يود أن يشكر الوسطاء")]


def test_who_acts_in_a_sentence_speaks_on_in_it() -> None:
    text = "وقال حسن الراضي إن السد ممتلئ. واستقبل الوزير سامر الحلو الوفد، وأكد أن المياه كافية."
    assert told(text)[1] == ("سامر الحلو", "المياه كافية")


def test_a_verb_behind_a_comma_may_be_the_predicate_of_the_clause_before() -> None:
    text = "وأوضح سامر الحلو أن اللجان المختصة في نواكشوط، قررت تأجيل الفرز."
    assert told(text) == [
        ("سامر الحلو", "اللجان المختصة في نواكشوط، قررت تأجيل الفرز"),
        ("اللجان المختصة", "تأجيل الفرز"),
    ]


def test_the_day_before_yesterday_is_no_speaker() -> None:
    text = "يعود الوفد إلى جوبا، بحسب ما أعلن أول من أمس المتحدث باسم البعثة فرحان صادق."
    assert told(text) == [("فرحان صادق", "يعود الوفد إلى جوبا")]


# --- relayed and asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "grade"),
    [
        ("وعلمت «الساحل» من مصدر أمني أن المعبر أغلق.", "مصدر أمني", "anonymous"),
        ("وقال أحد القرويين إن الماء شحيح.", "أحد القرويين", "anonymous"),
        ("وعلمت «الساحل» أن الوزير استقال.", "الساحل", "institution"),
        ("ونقلت وكالة الأنباء التونسية عن وزير العدل قوله إن المحكمة مستقلة.", "وزير العدل", "office"),
        ("ونقل التلفزيون عن عبد المجيد طبون قوله: «لن نتراجع».", "عبد المجيد طبون", "person"),
        ("وقال أفيخاي سلامة نيابة عن رئيس الأركان إن العملية انتهت.", "أفيخاي سلامة", "person"),
        ("سئل المتحدث عن العقوبات، فقال إنها ستستمر.", "المتحدث", "office"),
    ],
)
def test_a_relayed_word_belongs_to_whom_it_is_quoted_from(text: str, name: str, grade: str) -> None:
    found = [(s.speaker_name, s.grade) for s in read(text).statements]
    assert found == [(name, grade)]


@pytest.mark.parametrize(
    "text",
    [
        "علمت الحكومة أن الميزانية ناقصة.",
        "إذا طلبت الحكومة المساعدة فإن المنظمة ستستجيب.",
        "لو أعلنت إيران انسحابها لردت واشنطن.",
        "يبلغ عدد سكان السودان أربعين مليوناً.",
    ],
)
def test_what_is_learned_supposed_or_measured_is_not_said(text: str) -> None:
    assert told(text) == []


_INTERVIEW = """حوار مع وزير النفط
أجرت الصحيفة حواراً مع وزير النفط الليبي محمد عون، وفي ما يلي نصه:
س: كيف ترون مستقبل الإنتاج؟
ج: نعتقد أن الإنتاج سيرتفع قريباً.
مخاوف الإغلاق
س: وهل تخشون الإغلاق؟
ج: لا. اتفقنا مع النقابات.
وهي ملتزمة بما وقعت.
س: ومتى تعود الشركات؟
ج: غداً.
وغادر الوزير القاعة بعد اللقاء."""


def test_the_answers_of_an_interview_are_statements_of_whom_it_is_with() -> None:
    statements = read(_INTERVIEW).statements
    answers = [(s.speaker_name, _INTERVIEW[s.start : s.end]) for s in statements]
    assert answers == [
        ("محمد عون", "نعتقد أن الإنتاج سيرتفع قريباً."),
        ("محمد عون", "لا. اتفقنا مع النقابات.\nوهي ملتزمة بما وقعت."),
        ("محمد عون", "غداً."),
    ]
    assert {(s.kind, s.cue) for s in statements} == {("direct_quote", None)}


def test_questions_without_answers_or_somebody_to_ask_make_no_interview() -> None:
    questions = "• كيف بدأ الأمر؟\n• ومن المسؤول؟\n• وإلى متى؟\n"
    assert told("يتساءل القراء.\n" + questions) == []
    assert told(_INTERVIEW.split("\n", 2)[2]) == []


# --- headlines and bylines --------------------------------------------------------------------------------------------


def test_a_byline_is_no_cue() -> None:
    text = "الرباط - متابعة: نفت وزارة الإعلام الكويتية صحة الخبر."
    assert told(text) == [("وزارة الإعلام الكويتية", "صحة الخبر")]


def test_a_quoted_name_at_the_head_of_a_headline_is_not_all_of_it() -> None:
    title = "واشنطن: «داعش» يبيع النفط عبر وسطاء"
    first = read(f"{title}\nوصل الوفد.", title=Span(0, len(title))).statements[0]
    assert (first.start, first.end) == (title.index("«"), len(title))
