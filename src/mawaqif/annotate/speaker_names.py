"""Finds the personal name in a speaker phrase."""

from __future__ import annotations

from collections.abc import Sequence

from mawaqif.annotate.speaker_phrases import NAME_PARTICLES, PREPOSITIONS, QUALIFIERS, RELATIVE, Phrase, Word, kind_of
from mawaqif.annotate.speaker_words import SpeakerWords, folded_words, without_article

_AGED = folded_words("البالغ البالغة")


def find_name(phrase: Phrase) -> tuple[int, int] | None:
    """Return the first and last word of the personal name in a phrase, or None.

    A name begins with an indefinite word that is no role, body, place, qualifier or nisba, and not what a construct
    noun or a preposition governs; it goes on over such words and a definite surname. A known given name needs less.
    Inside the name of a body («مؤسسة محمد ...») there is no speaker, unless a role or a comma comes before.
    """
    words = phrase.lexicon
    tokens = phrase.tokens
    governed = False
    if any(token.word in SECRECY for token in tokens) or _is_kin(tokens, words):
        return None
    is_title = tokens[0].is_definite and tokens[0].word in words.titles
    is_body = kind_of(tokens[0], words) in ("body", "document", "anonymous") and not is_title
    is_strict = kind_of(tokens[0], words) == "other" and not is_title
    inside = -1
    for i, token in enumerate(tokens):
        if i <= inside:
            continue
        kind = kind_of(token, words)
        governed = governed and not token.apart
        is_body = is_body and not (token.mark == "," or (i > 0 and tokens[i - 1].word in ("عبر", "لسان")))
        if token.mention is not None:
            is_name = not is_body and is_name_mention(phrase, token, words)
            last = _mention_end(tokens, i)
            is_owner = _is_spoken_for(tokens, i) or _is_followed_by_name(tokens, last, words)
            if is_name and not is_owner and not _is_complement(phrase, i, words):
                return i, last
            inside = last if is_name else inside
            governed = False
        elif token.word in words.titles and governed and kind_of(tokens[i - 1], words) == "body":
            inside = i + (2 if i + 1 < len(tokens) and tokens[i + 1].word in NAME_PARTICLES else 1)
            governed = False
        elif token.word in words.titles and not (kind == "role" and not token.is_definite):
            governed = False
            if (
                not is_body
                and i + 1 < len(tokens)
                and _is_titled_name(tokens[i + 1], tokens[i + 2] if i + 2 < len(tokens) else None, words)
            ):
                return i + 1, run_end(tokens, i + 1, words)
        elif kind != "other":
            governed = not (token.is_definite or (kind == "role" and token.word.endswith(("ها", "هم", "هما", "ته"))))
        elif token.word in PREPOSITIONS and not _is_given_name(tokens, i, words):
            governed = token.word not in _WITH_PRONOUN
        elif token.word in _FINITE:
            return None
        elif not is_body and _opens_name(
            tokens, i, words, governed=governed or (is_strict and i > 0 and not token.apart)
        ):
            return i - _is_first_name(tokens, i - 1, words), run_end(tokens, i, words)
        else:
            governed = (
                governed and not token.is_definite and not _is_nisba(token.word) and token.word not in words.places
            )
    return _definite_name(tokens, words) or _foreign_name(tokens, words)


def _is_kin(tokens: Sequence[Word], words: SpeakerWords) -> bool:
    """Whether somebody is told by a kinsman with a title, whose name follows: «شقيق العقيد حسان الشيخ»."""
    return len(tokens) > 1 and tokens[0].word in _KIN and tokens[1].word in words.titles


_KIN = folded_words("شقيق شقيقة زوجة زوج نجل ابنة والد والدة أرملة صهر")


SECRECY = folded_words("هويته هويتها هويتهم اسمه اسمها أسمائهم اسميهما أسماءهم اسماءهم")


_FINITE = folded_words(
    """
    شمل شملت شملها ضم ضمت أجراه أجرته أجرتها يود تود
    رفض رفضت رفضوا طلب طلبت فضل فضلت اشترط اشترطت تلقت تلقى تلقته يحمل تحمل أصدرته أصدرتها أصدره أصدرت
    أصدر صدر صدرت نشر نشرت نشرته نشره بث بثت بثته قتل حصلت نقلته نقلتها تناقلته وزعته وزعه كان كانت يعمل
    تعمل شارك شاركت حضر حضرت وصف وصفت لم أكد أكدت قال قالت أدلى أدلت
    """
)


def _opens_name(tokens: Sequence[Word], at: int, words: SpeakerWords, *, governed: bool) -> bool:
    token = tokens[at]
    if _is_bare_surname(tokens, at, words):
        return True
    if at == 0 and _is_lone_name(token, words):
        return len(tokens) == 1 or not token.word.endswith(("ه", "ون", "ين", "ات"))
    if not _may_open_name(token, words):
        return False
    if token.word in words.given_names:
        before = tokens[at - 1]
        is_free = kind_of(before, words) in ("role", "other") and before.word not in PREPOSITIONS
        if before.linked and at > 1 and kind_of(before, words) == "role":
            return False  # «السكرتير الخاص للرئيس هادي»
        return not governed or at == 0 or is_free
    is_linked = at > 0 and token.word[0] in "لب" and len(token.word) > 4
    if token.mark == "(" or (is_linked and at + 1 < len(tokens) and tokens[at + 1].is_definite):
        return False
    if at == 0 and not _ends_as_name(tokens, words):
        return False
    return not governed and (at > 0 or not token.word.endswith("ه") or len(tokens) == 1)


def _is_bare_surname(tokens: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    """Whether a phrase ends in a surname like an adjective («رئيس الاتحاد الأوروبي بلاتيني»): one would be definite."""
    token = tokens[at]
    is_last = at + 1 == len(tokens) or tokens[at + 1].apart
    if at == 0 or not is_last or token.apart or not tokens[at - 1].is_definite or token.mention is not None:
        return False
    is_adjective = token.word.endswith("ه") or token.word.startswith("و")
    return not token.linked and not is_adjective and _is_lone_name(token, words) and token.word not in words.places


def _definite_name(tokens: Sequence[Word], words: SpeakerWords) -> tuple[int, int] | None:
    """Return a name of words with article before a role that describes it: «الطيب الأنصاري، رئيس البلدية»."""
    last = 0
    while last < len(tokens) and tokens[last].is_definite and _is_plain_definite(tokens[last], words):
        last += 1
        if last < len(tokens) and tokens[last].apart:
            break
    if not _FEWEST_UNKNOWN <= last <= _MOST_UNKNOWN or last == len(tokens) or tokens[0].word.endswith(("ه", "ي", "ات")):
        return None
    return (0, last - 1) if kind_of(tokens[last], words) == "role" else None


def _is_plain_definite(token: Word, words: SpeakerWords) -> bool:
    return kind_of(token, words) == "other" and token.mention is None and token.bare not in QUALIFIERS


_SURNAMES_LIKE_TITLES = folded_words("الشيخ الإمام الحاج الملا القاضي السيد الأمير السلطان")
"""Titles that are surnames too, behind a given name («عثمان الإمام»)."""


def _foreign_name(tokens: Sequence[Word], words: SpeakerWords) -> tuple[int, int] | None:
    """Return the two or three unknown words without article that end «المصور المستقل تتسوزو كيدا».

    Behind a word with article nothing without one can describe it, so they are a name.
    """
    if not tokens or not tokens[0].is_definite or kind_of(tokens[0], words) != "other":
        return None
    last = next(
        (i - 1 for i in range(1, len(tokens)) if tokens[i].apart or tokens[i].word in PREPOSITIONS), len(tokens) - 1
    )
    first = last
    while first > 0 and not tokens[first].is_definite and _is_unknown(tokens[first], words):
        first -= 1
    is_name = _FEWEST_UNKNOWN <= last - first <= _MOST_UNKNOWN and tokens[first].is_definite
    return (first + 1, last) if is_name and tokens[first + 1].word[0] not in "بلك" else None


_FEWEST_UNKNOWN, _MOST_UNKNOWN = 2, 3


def _is_unknown(token: Word, words: SpeakerWords) -> bool:
    is_plain = kind_of(token, words) == "other" and not token.linked and token.mention is None and not token.apart
    is_word = token.word[0] == "و" or token.word.endswith(("ه", "ها", "هم", "ات", "ين", "ون"))
    return is_plain and not is_word and _may_open_name(token, words) and token.word not in _FINITE


def _is_first_name(tokens: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    """Whether the word before a known given name is an unknown one («آرون ديفيد», «التلميذة ناصرة أحمد»)."""
    if at < 0 or tokens[at + 1].apart or tokens[at + 1].word not in words.given_names:
        return False
    token = tokens[at]
    is_plain = kind_of(token, words) == "other" and token.mention is None and not token.word.startswith("و")
    is_behind = at > 0 and tokens[at - 1].is_definite and not token.apart and not tokens[at - 1].mention
    heads = at == 0 or token.mark == "," or is_behind
    is_unknown = token.word not in words.titles and token.word not in _FINITE and token.word not in NAME_PARTICLES
    may_open = _may_open_name(token, words) or (token.mark == "," and _is_lone_name(token, words))
    return heads and is_plain and is_unknown and may_open


def is_name_mention(phrase: Phrase, token: Word, words: SpeakerWords) -> bool:
    """Whether the word opens a registered person's name rather than an office or a body."""
    mention = token.mention
    if mention is None or mention.actor_id not in words.humans:
        return False
    return kind_of(token, words) == "other" and int(phrase.copy.starts[token.start]) >= mention.start


def _is_complement(phrase: Phrase, at: int, words: SpeakerWords) -> bool:
    """Whether the name only completes another's office: «مستشار الرئيس ترامب» is not the president."""
    mention = phrase.tokens[at].mention
    before = [token for token in phrase.tokens[:at] if kind_of(token, words) == "role"]
    if len(before) < 2 or mention is None or phrase.tokens[at].apart:
        return False
    if before[0].bare == "نايب" and phrase.tokens[at - 1] is not before[-1]:
        return False  # «نائب رئيس الجمهورية إياد علاوي» is the deputy
    office = before[-1].mention
    if office is not None and office.actor_id != mention.actor_id:
        return False  # «نائب رئيس الجمهورية إياد علاوي»: the president is another
    return before[-1].bare in words.offices.get(mention.actor_id, frozenset()) and not before[0].is_definite


def _is_spoken_for(tokens: Sequence[Word], at: int) -> bool:
    """Whether a name is that of whom another speaks or works for: «ناطق باسم نتنياهو», «السكرتير الخاص للرئيس هادي»."""
    first = at
    if tokens[at].linked and at > 0:
        return True  # «السكرتير الخاص لهادي»
    if at > 1 and tokens[at - 1].linked and not tokens[at].apart and tokens[at - 1].mention is None:
        return tokens[at - 1].bare in _HEADS_OF_STATE  # «المستشار الخاص للرئيس بوتين»
    while first > 0 and tokens[first - 1].mention is not None and tokens[first - 1].mention == tokens[at].mention:
        first -= 1
    return first > 0 and (tokens[first - 1].word in _FOR or (tokens[first].linked and first < at))


_FOR = folded_words("باسم بلسان")
_WITH_PRONOUN = folded_words("باسمه باسمها باسمهم")
"""Complete in themselves: no name behind them completes them («المتحدث باسمها سالم الحداد»)."""
_HEADS_OF_STATE = folded_words("رئيس ملك أمير سلطان مرشد زعيم")
_SERVANTS = folded_words(
    """
    مستشار مستشارة مستشاري مبعوث مبعوثة ممثل ممثلة مدير مديرة سكرتير سكرتيرة مساعد مساعدة محامي محامية محام نائب وكيل
    صهر نجل شقيق ابن ابنة زوجة موفد وزير رئيس طبيب
    """
)
"""Who serves or belongs to somebody else: behind these a second name is the speaker's."""


def _is_followed_by_name(tokens: Sequence[Word], last: int, words: SpeakerWords) -> bool:
    """Whether another name stands right behind one: «المتحدث باسم مكتب رئيس الوزراء حيدر العبادي سعد الحديثي»."""
    if last + 1 >= len(tokens):
        return False
    following = tokens[last + 1]
    is_given = following.word in words.given_names and following.mention != tokens[last].mention
    if any(token.word in _FOR for token in tokens[:last]):
        return is_given and not following.apart
    if not any(token.bare in _SERVANTS for token in tokens[: max(1, last - 1)]):
        return False
    if following.apart:
        return following.mark == "," and is_given and last + 2 < len(tokens)
    return is_given or _is_unknown(following, words)


def _is_given_name(tokens: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    """Whether a word that may be a preposition is the name باسم: at the head, or before another given name."""
    token = tokens[at]
    if at == 0:
        return token.word in words.given_names
    is_basim = token.word == "باسم" and at + 1 < len(tokens) and not tokens[at + 1].apart
    if not is_basim or tokens[at + 1].word not in words.given_names or tokens[at + 1].is_definite:
        return False
    return not any(before.bare in _SPOKESMEN for before in tokens[max(0, at - 3) : at])


_SPOKESMEN = folded_words("متحدث متحدثة متحدثا ناطق ناطقة كلمة تحدث")


def _mention_end(tokens: Sequence[Word], at: int) -> int:
    last = at
    while last + 1 < len(tokens) and tokens[last + 1].mention == tokens[at].mention:
        last += 1
    return last


def _is_titled_name(token: Word, following: Word | None, words: SpeakerWords) -> bool:
    if token.apart or token.mention is not None or token.word in words.titles:
        return False
    if token.is_definite and following is not None and not following.apart and following.word in words.given_names:
        return following.is_definite  # «المحامي المعروف خالد الشيخ»
    return kind_of(token, words) == "other" and token.word not in PREPOSITIONS and token.word not in words.places


def _ends_as_name(tokens: Sequence[Word], words: SpeakerWords) -> bool:
    """Whether what follows an unknown first word lets it be a name: its end, a comma, a role or a preposition."""
    after = run_end(tokens, 0, words) + 1
    if after >= len(tokens) or tokens[after].apart or tokens[after].mention is not None:
        return True
    return kind_of(tokens[after], words) == "role" or tokens[after].word in PREPOSITIONS | _FINITE | _AGED


def _is_lone_name(token: Word, words: SpeakerWords) -> bool:
    """Whether the first word of a phrase may be a name even if it ends like an adjective: غينادي, كاروبي."""
    return (
        not token.is_definite
        and _is_nisba(token.word)
        and token.word not in words.known
        and token.word not in QUALIFIERS
    )


def _may_open_name(token: Word, words: SpeakerWords) -> bool:
    word = token.word
    if token.is_definite or token.linked or len(word) < 2 or word.isdigit():
        return False
    if word in QUALIFIERS or word in words.places:
        return False
    if word in words.given_names:
        return True
    if word in PREPOSITIONS:
        return False
    if word.startswith(("بال", "لل", "وال", "كال", "فال")) or word in RELATIVE:
        return False
    if word[0] in "بل" and word.endswith(("ه", "ات")):
        return False
    if word.startswith("و") and (word[1:] in words.known or without_article(word[1:]) in words.known):
        return False
    return not _is_nisba(word)


def _is_nisba(word: str) -> bool:
    """Whether an indefinite word looks like an adjective of origin: أميركي، عراقية، أميركيون."""
    return len(word) > 4 and word.endswith(("ي", "يه", "يون", "يين", "يات"))


def _is_w_name(tokens: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    """Whether a second name that begins like «وال» is a name of its own (والاش), with a role or nothing behind it."""
    word = tokens[at].word
    if not word.startswith("وال") or without_article(word[1:]) in words.known:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].apart or kind_of(tokens[at + 1], words) == "role"


def _is_conjoined(word: str, words: SpeakerWords) -> bool:
    """Whether a word of a name begins with «و» for "and" rather than with a w of its own (ويلموث)."""
    return word.startswith("و") and len(word) > _LONGEST_W_NAME


_LONGEST_W_NAME = 5


def _is_role_as_surname(tokens: Sequence[Word], at: int, words: SpeakerWords) -> bool:
    """Whether a role without article is a surname («عدنان مفتي القيادي في الحزب»): nothing completes it."""
    token = tokens[at]
    if token.is_definite or token.apart or kind_of(token, words) != "role" or token.mention is not None:
        return False
    if tokens[at - 1].word not in words.given_names or words.roles[token.bare][1:] != ("m", "s"):
        return False
    if at + 1 == len(tokens) or tokens[at + 1].apart:
        return True
    following = tokens[at + 1]
    return following.is_definite and kind_of(following, words) == "role"


def run_end(tokens: Sequence[Word], first: int, words: SpeakerWords) -> int:
    """Return the last word of a name that begins at `first`: further names, particles and at most two definite ones."""
    last = first
    definite = 0
    for i in range(first + 1, min(len(tokens), first + 7)):
        token = tokens[i]
        if token.apart or token.word in PREPOSITIONS or token.word.isdigit() or token.word in RELATIVE:
            break
        if token.word in NAME_PARTICLES or tokens[i - 1].word in NAME_PARTICLES or token.word in words.given_names:
            last = i
            continue
        is_last = i + 1 == len(tokens) or tokens[i + 1].apart
        if kind_of(token, words) == "document" and not token.is_definite and is_last:
            last = i
            break
        if i == first + 1 and _is_w_name(tokens, i, words):
            last = i
            continue
        if token.word in _SURNAMES_LIKE_TITLES and (is_last or tokens[i - 1].word in words.given_names):
            last = i
            continue
        if _is_role_as_surname(tokens, i, words):
            last = i
            break
        if kind_of(token, words) != "other" or token.word in words.titles or token.word.startswith(("لل", "وال")):
            break
        if token.word.startswith("بال") and (i > first + 1 or token.word.endswith(("ه", "ي", "ات"))):
            break
        if token.word in _FINITE or token.linked or token.word in _AGED:
            break
        if token.is_definite:
            definite += 1
            if definite > 2 or (definite == 2 and token.word.endswith(("يه", "ي")) and not is_last):
                break
        elif token.word in QUALIFIERS or (_is_conjoined(token.word, words) and last > first):
            break
        last = i
    return last
