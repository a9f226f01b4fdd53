"""A speaker phrase gives its person, office, body or source, and later short forms find the same one again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mawaqif.annotate.actors import annotate_actors
from mawaqif.annotate.speaker_phrases import ResolvedSpeaker
from mawaqif.annotate.speakers import resolve_speaker
from mawaqif.records import RawDocument, Reading, Span
from mawaqif.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(Path(__file__).parents[2] / "data" / "vocabulary")


def speakers(marked: str, vocabulary: Vocabulary) -> list[ResolvedSpeaker]:
    """Resolve the phrases in [brackets] one after the other, each with those before it as history."""
    text, spans = "", []
    for part in re.split(r"(\[[^\]]*\])", marked):
        if part.startswith("["):
            spans.append(Span(len(text), len(text) + len(part) - 2))
            part = part[1:-1]
        text += part
    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^.]+\.?", text))
    reading = Reading(RawDocument("d", text, "0" * 64, "utf-8", "d.txt"), sentences=sentences)
    reading = annotate_actors(reading, vocabulary)
    history: list[ResolvedSpeaker] = []
    for span in spans:
        history.append(resolve_speaker(reading, vocabulary, span, history=history))
        assert history[-1].span == span
    return history


def one(marked: str, vocabulary: Vocabulary) -> ResolvedSpeaker:
    return speakers(marked, vocabulary)[-1]


@pytest.mark.parametrize(
    ("phrase", "speaker_id"),
    [
        ("رئيس الوزراء العراقي محمد شياع السوداني", "sudani"),
        ("محمد شياع السوداني، رئيس الوزراء،", "sudani"),
        ('متحدث وزارة الدفاع الأميركية "البنتاغون" بات رايدر', "pat_ryder"),
        ("وزارة الخارجية الأمريكية، عبر المتحدثة تامي بروس،", "tammy_bruce"),
        ("مستشار رئيس الوزراء حسين علاوي", "hussein_allawi"),
        ("القيادي في الحشد الشعبي هادي العامري", "hadi_al_amiri"),
        ("للخارجية العراقية", "iraqi_mofa"),
        ("بيان لوزارة الخارجية العراقية", "iraqi_mofa"),
        ("بيان صادر عن السفارة الأمريكية في بغداد", "us_embassy_baghdad"),
        ("حكومة بغداد", "iraq_government"),
        ("واشنطن", "us_government"),
    ],
)
def test_a_registered_actor_is_the_head_of_the_phrase_not_every_name_in_it(
    phrase: str, speaker_id: str, vocabulary: Vocabulary
) -> None:
    found = one(f"وقال [{phrase}] إن الحوار مستمر", vocabulary)
    assert (found.speaker_id, found.registered) == (speaker_id, True)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("عضو تحالف النهضة سامر القيسي", "سامر القيسي"),
        ("المتحدث باسم وزارة التجارة، محمد حنون", "محمد حنون"),
        ("النائب عن كتلة حقوق جواد الموسوي", "جواد الموسوي"),
        ("فراس الجبوري، النائب عن كتلة المستقبل،", "فراس الجبوري"),
        ("رئيس لجنة الأمن والدفاع النيابية كريم عليوي", "كريم عليوي"),
        ("وزير الخارجية والتعاون الدولي علي أحمد", "علي أحمد"),
        ("وزيرة الهجرة إيفان فائق جابرو", "إيفان فائق جابرو"),
        ("وزير النقل الإيطالي بيترو ليوناردو", "بيترو ليوناردو"),
        ("الخبير الأمني الدكتور سرمد البياتي", "سرمد البياتي"),
        ("رئيس بلدية كركوك راكان الجبوري", "راكان الجبوري"),
        ("مستشار الرئيس ترامب مسعد بولس", "مسعد بولس"),
        ("العماد طلاس", "طلاس"),
        ("ألكسندر نوفاك نائب رئيس الوزراء", "ألكسندر نوفاك"),
        ("مدير المركز المحامي ممدوح نخلة", "ممدوح نخلة"),
        ("مدير جامعة الملك سعود الدكتور بدران العمر", "بدران العمر"),
        ("رئيستها كيتي كيلي", "كيتي كيلي"),
        ("شيخ قبيلة بني عامر الشيخ عبد العزيز الرقوش", "عبد العزيز الرقوش"),
    ],
)
def test_an_unregistered_person_keeps_the_name_found_from_structure(
    phrase: str, name: str, vocabulary: Vocabulary
) -> None:
    found = one(f"وقال [{phrase}] إن الأمر محسوم", vocabulary)
    assert (found.speaker_name, found.registered, found.grade) == (name, False, "person")
    assert found.speaker_id is not None
    assert found.speaker_id.startswith("x-")
    assert " " not in found.speaker_id


@pytest.mark.parametrize(
    ("phrase", "grade"),
    [
        ("محافظ البنك المركزي", "office"),
        ("متحدثة باسم الشركة", "office"),
        ("وكالة رويترز", "institution"),
        ("صحيفة واشنطن بوست", "institution"),
        ("مؤسسة محمد بن راشد", "institution"),
        ("مصدر أمني رفيع", "anonymous"),
        ("مصادر في الحكومة", "anonymous"),
        ("مسؤول في شركة نفطية", "anonymous"),
        ("مسؤول في البنتاغون رفض الكشف عن هويته", "anonymous"),
        ("مراقبون", "anonymous"),
        ("محللون سياسيون", "anonymous"),
        ("شهود عيان", "anonymous"),
    ],
)
def test_a_phrase_without_a_name_has_the_grade_of_its_head(phrase: str, grade: str, vocabulary: Vocabulary) -> None:
    found = one(f"وأفاد [{phrase}] بأن الأمر محسوم", vocabulary)
    assert found.grade == grade
    assert found.speaker_id is not None


@pytest.mark.parametrize(
    "marked",
    [
        "قال [النائب فراس الجبوري] كذا. وأضاف [الجبوري] كذا",
        "قال [وزير النفط حيان عبد الغني] كذا. وأوضح [الوزير] كذا",
        "قال [وزير النفط حيان عبد الغني] كذا. وأوضح [وزير النفط] كذا",
        "قال [المتحدث باسم الشرطة خالد مهنا] كذا. وتابع [الناطق] كذا",
        "قالت [السفيرة نجاة صادق] كذا. وأشارت [السفيرة] إلى كذا",
        "قال [مصدر أمني] كذا. وأضاف [المصدر] كذا",
        "ذكرت [صحيفة المدى] كذا. وقالت [الصحيفة] كذا",
        "أكد [مدير المركز الدكتور علي البيدر] كذا. وبين [مدير المركز] كذا",
        "قال [سعد العلي] كذا. وأكد [هو نفسه] كذا",
        "ذكر [بيان لوزارة الخارجية العراقية] كذا. وأضاف [البيان] كذا",
        "ذكرت [وزارة الخارجية العراقية] كذا. وقالت [الوزارة] كذا",
    ],
)
def test_a_surname_a_definite_role_or_document_finds_the_earlier_speaker(marked: str, vocabulary: Vocabulary) -> None:
    first, second = speakers(marked, vocabulary)
    assert second.speaker_id == first.speaker_id is not None


@pytest.mark.parametrize(
    "marked",
    [
        "قال [وزير النفط حيان عبد الغني] كذا. وأوضحت [الوزيرة] كذا",
        "قال [وزير النفط حيان عبد الغني] كذا. وأوضح [السفير] كذا",
        "قال [النائب فراس الجبوري] كذا. وقال [الوزراء] كذا",
        "قال [كوستاس زاخاري عضو اللجنة المركزية] كذا. ووافقت [اللجنة المركزية] على كذا",
        "قال [النائب فراس الجبوري] كذا. وقال [العبيدي] كذا",
    ],
)
def test_another_role_gender_or_number_is_not_the_earlier_speaker(marked: str, vocabulary: Vocabulary) -> None:
    first, second = speakers(marked, vocabulary)
    assert second.speaker_id != first.speaker_id


def test_a_surname_finds_a_full_name_that_has_not_spoken_yet(vocabulary: Vocabulary) -> None:
    found = one("استقبل المحافظ النائب حيدر المطيري أمس. وقال [المطيري] إن المشروع جاهز", vocabulary)
    assert found.speaker_name == "حيدر المطيري"
    assert found.speaker_id == "x-حيدر_المطيري"


@pytest.mark.parametrize(
    ("marked", "members"),
    [
        ("واتفقت [بغداد وواشنطن] على ذلك", ["iraq_government", "us_government"]),
        ("أكد [وزير الخارجية العراقي فؤاد حسين ونظيره الأميركي أنتوني بلينكن] ذلك", ["fuad_hussein", "blinken"]),
        ("تفاوضت بغداد مع واشنطن. وقرر [الجانبان] كذا", ["iraq_government", "us_government"]),
        ("بحسب [الجانبين العراقي والأميركي] فإن", ["iraq_government", "us_government"]),
        ("بحسب [الاتفاق] الذي أبرم بين بغداد وواشنطن فإن", ["iraq_government", "us_government"]),
        ("هاتف محمد شياع السوداني نظيره أنتوني بلينكن، وأكد [الطرفان] التهدئة", ["sudani", "blinken"]),
        ("قال [وزير النفط حيان العلي ووزير المالية طيف سامي] كذا", ["x-حيان_العلي", "x-طيف_سامي"]),
        ("طالبت [الفصائل المسلحة والأحزاب السياسية المقربة من إيران] بذلك", ["armed_factions", "pro_iran_parties"]),
    ],
)
def test_joint_speakers_are_one_member_each(marked: str, members: list[str], vocabulary: Vocabulary) -> None:
    assert [member.speaker_id for member in one(marked, vocabulary).members] == members


@pytest.mark.parametrize(
    "phrase",
    ["وزير الخارجية والتعاون الدولي علي أحمد", "غازي سليمان رئيس المجموعة السودانية ورئيس جبهة القوى", "وزارة الدفاع"],
)
def test_one_speaker_with_a_long_title_stays_one(phrase: str, vocabulary: Vocabulary) -> None:
    assert one(f"قال [{phrase}] كذا", vocabulary).members == ()


@pytest.mark.parametrize(
    ("phrase", "body"),
    [
        ("المتحدث باسم وزارة الخارجية العراقية أحمد الصحاف", "iraqi_mofa"),
        ("النائب عن كتلة حقوق جواد الموسوي", "huquq_bloc"),
        ("رحمن الجزائري", "coordination_framework"),
        ("البنتاغون", "us_government"),
        ("غازي فيصل", None),
        ("مصادر أمريكية", None),
    ],
)
def test_a_speaker_speaks_for_the_body_of_the_phrase_or_its_affiliation(
    phrase: str, body: str | None, vocabulary: Vocabulary
) -> None:
    assert one(f"وقال [{phrase}] كذا", vocabulary).on_behalf_of_id == body


def test_gender_and_number_follow_the_role(vocabulary: Vocabulary) -> None:
    minister, sources, ministry = speakers("[وزيرة الهجرة إيفان فائق] [مصادر أمنية] [وزارة النقل]", vocabulary)
    assert (minister.gender, minister.number) == ("f", "s")
    assert (sources.gender, sources.number) == ("f", "p")
    assert (ministry.gender, ministry.number) == ("f", "s")


def test_a_body_that_names_itself_is_the_registered_one(vocabulary: Vocabulary) -> None:
    found = one('في هجوم تبناه [فصيل مسلح] يطلق على نفسه اسم "الثائرون"', vocabulary)
    assert found.speaker_id == "al_thairoun"


@pytest.mark.parametrize("phrase", ["", "،", '"', "2024", "التي قالت"])
def test_a_phrase_without_words_names_nobody_or_keeps_its_words(phrase: str, vocabulary: Vocabulary) -> None:
    found = one(f"قال [{phrase}] كذا", vocabulary)
    assert found.registered is False


def test_a_very_long_phrase_and_history_cost_no_more(vocabulary: Vocabulary) -> None:
    text = "قال وزير " + "الشؤون " * 20000
    reading = annotate_actors(Reading(RawDocument("d", text, "0" * 64, "utf-8", "d.txt")), vocabulary)
    before = [ResolvedSpeaker(Span(0, 1), "x-س", "س", False, "person", roles=("سفير",))] * 20000
    found = resolve_speaker(reading, vocabulary, Span(4, len(text)), history=before)
    assert found.grade == "office"
    assert found.speaker_name is not None
    assert len(found.speaker_name) < 200
