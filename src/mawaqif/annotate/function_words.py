"""Function words, folded, by which clauses and speakers are told apart: closed classes of the language."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words(
    """
    فلم فلن لا لم لن ولا ولم ولن
    """
)
"""Words that negate a verb."""

ISSUING = _words(
    """
    اصدر اصدرت اصدروا نشر نشرت القي القت ارسل ارسلت وجه وجهت بعث بعثت كتب كتبت عقد عقدت عقدوا اجري اجرت قدم قدمت
    """
)
"""Verbs by which somebody issues what «قال فيه» goes on about."""

ACTS = _words(
    """
    استقبل استقبلت التقي التقت بحث بحثت عقد عقدت تراس تراست زار زارت وصل وصلت افتتح افتتحت شارك شاركت رفع رفعت قدم
    قدمت وقع وقعت تفقد تفقدت دشن دشنت هنا هنات شكر شكرت روي روت عرض عرضت ناقش ناقشت القي القت اجري اجرت غادر غادرت
    بعث بعثت اطلع اطلعت استعرض استعرضت تناول تناولت تطرق تطرقت تسلم تسلمت اختتم اختتمت بدا بدات سيل سيلت
    """
)
"""What people in office do besides speaking: whoever does it speaks on («استقبل الوزير الوفد، وأكد أن»)."""

RESUMPTIVES = _words(
    """
    به بها خلاله خلالها عليه عليها عنه عنها فيه فيها فيهم فيهما
    """
)
"""Prepositions with a pronoun: right behind the verb of a relative clause they stand for what it describes."""

PRONOUNS_WITH_PREPOSITION = RESUMPTIVES | _words(
    """
    له لها لهم لهما لي لنا منه منها منهم منهما معه معها معهم اليه اليها اليهم بهم بهما عليهم عليهما عنهم عنهما
    """
)
"""Prepositions with a pronoun, which tell no time."""

CONDITIONS = _words(
    """
    اذا اين ريثما فاذا فان كلما كيف لماذا لو ماذا متي هل واذا وان وكيف ولو وهل
    """
)
"""Behind these a verb tells what is supposed or asked («فإن اقتنع», «هل تتوقع»)."""

SUBJUNCTIVES = _words(
    """
    الا ان بان حتي كي لان لكي
    """
)
"""Behind these an imperfect tells what is wished or feared («قبل أن يوافق»)."""

SINCE = _words(
    """
    بعد منذ
    """
)
"""Before «أن» these tell of what happened."""

MEASURES = _words(
    """
    اجمالي ارتفاع ارتفاعه اكثر تكلفه حجم حصه حصيله حوالي درجات درجه راسمال سرعه سعر سعره سعرها سكان طاقه طول
    طوله طولها عدد عدده عددها عددهم عرض عمر عمره عمرها عمق قدره قوه قيمته قيمتها قيمه كلفته كلفتها كلفه
    متوسط مجموع مساحته مساحتها مساحه مسافه معدل معدله مليار مليون نحو نسبته نسبتها نسبه وزن وزنه
    """
)
"""Nouns of which «يبلغ» tells an amount."""

HONORIFICS = _words(
    """
    سموه سموها معاليه معاليها سعادته سعادتها فخامته فخامتها جلالته جلالتها سيادته سيادتها دولته فضيلته سماحته
    عطوفته غبطته نيافته قداسته حضرته
    """
)
"""Titles with a pronoun, which stand for the person spoken of («وقال معاليه»)."""

NEVER_NAMES = _words(
    """
    لا لم لن قد كان كانت كانوا ليس ليست وقد فقد لقد ذلك ليس لكن او بل ثم اذا لو كي
    """
)
"""Words with which no subject begins."""

NAMES_IN_DUAL = _words(
    """
    الحسين الامين الياسين الزين المتين الرزين
    """
)
"""Names that end as a dual or plural does."""

IMPERSONAL_BEFORE = _words(
    """
    بما فمن ما مما من وما ومما ومن
    """
)
"""«ما يؤكد»: behind these a fact speaks, not a person."""

AUXILIARIES = _words(
    """
    سوف فقد قد كان كانت كانوا لقد وقد وكان وكانت يكون
    """
)
"""Words between a subject and its verb."""

CLAUSE_OPENERS = _words(
    """
    اما واما اذ الا الي ان او بان بعدما بل بينما ثم حتي حيث حين خلال رغم سبق علما عندما غير فان فيما قد كان
    كانت كذلك كما لان لانه لكن هذا هو هي وان وبينما وحيث وفيما وقد وكان وكانت وكذلك وكما ولكن وهم
    وهو وهي
    """
)
"""Words that open a clause, so a subject does not reach back over them."""

PRONOUN_SUBJECTS = _words(
    """
    الا انه انها انهم انهما بانه بانها فانه فانها كونه لانه لانها لكنه لكنها لكنهم لكنهما هم هو هي
    وانه وانها ولكنه ولكنها وهم وهو وهي
    """
)
"""Subjects that name nobody."""

SPEAKING_PRONOUNS = PRONOUN_SUBJECTS - _words("الا كونه")
"""Words that are or hold a pronoun which may stand for somebody who speaks («لكنها أعلنت», «وهو يرى»)."""

HEADS_WITH_ABOUT = _words(
    """
    المنشق المنشقه المنشقون المنشقين
    البحث الدفاع الصادر الصادره العضو المرشح المسوول الممثل النايب بحث بحثا بعيدا بمعزل دفاع دفاعا رضا رضاه
    صادر صادره صدر صدرت عباره عضو عوضا فضلا للبحث للدفاع مدافعا مسوول ممثل ناتج ناتجه نايب نواب
    """
)
"""Nouns whose «عن» belongs to them («النائب عن كتلة»)."""

HEADS_WITH_ON = _words(
    """
    المشرف المشرفه المشرفون القايم القايمه القايمون المطلع المطلعه المطلعون المسيطر المسيطره الوصي مشرف مشرفه قايم
    """
)
"""Nouns whose «على» belongs to them («المشرف على المشروع»)."""

PREFIXED_BY_CHANCE = _words(
    """
    بارك باراك باريس باسم باكستان  بالاجماع بالاحري بالاخص بالاسم بالاشتراك بالاضافه بالامس بالتاكيد
    بالتالي بالتحديد بالتزامن بالتعاون بالتنسيق بالدرجه بالذات بالرغم بالضبط بالضروره بالطبع بالعكس بالغ
    بالغه بالفعل بالقرب بالقول بالكاد بالكامل بالمثل بالمقابل بالمناسبه بالمييه بالنسبه بالنيابه بان بانه
    بانها بانهم بايدن بحسب بحضور بدلا بدوره بدورها بدورهم بدون براك برفقه برلمان برلين برنامج بروكسل بريطاني
    بريطانيا بريطانيه برييس بسبب بشار بشان بطرس بطل بعد بعدما بعض بعيدا بكل بكين بل بلاده بلادها بلجيكا بلد
    بلدان بلير بمناسبه بموجب بندر بنك بواسطه بوتين بوش بولندا بيان بيانا بيت بيروت بيريز بين بينما بينها
    بينهم لا لان لانه لبنان لبناني لبنانيه لجنه لدي لقاء لكن لكنه لم لن لندن لواء ليبي ليبيا ليس ليل ليله
    """
)
"""Words that begin with the letter of a preposition, or whose preposition opens no content."""

SPEAKERLESS_HEADS = _words(
    """
    احد الاحداث الامر التجارب التجربه التطورات الظروف الله المعطيات الموشرات الوقايع انه انها اي ايا تلك
    انطلاقا استنادا نظرا اضافه فضلا علاوه جميع ذلك شيء فالله كل ما مثل مما من هذا هذه هناك والله
    """
)
"""Heads of noun phrases that cannot speak."""

PREPOSITIONS = _words(
    """
    اثر الي بشان بعد بين حول دون ضد عقب علي عن في قبل مع من منذ
    """
)
"""No finite verb follows these."""

NAMED_IN_QUOTES = _words(
    """
    صحيفه جريده مجله قناه شبكه وكاله موقع منصه برنامج اذاعه تلفزيون شركه تنظيم حركه حزب جماعه كتله تحالف ايتلاف قايمه
    معهد مركز موسسه منظمه جمعيه بنك مصرف نادي فندق كتاب فيلم
    """
)
"""Bodies whose name stands in quotation marks behind them."""

SENT = _words(
    """
    رساله رسايل نداء تحذيرا تحذيرات كلمه بيانا سوالا دعوه انتقادات انتقادا اتهامات اتهاما تعليمات توجيهات برقيه
    """
)
"""What is sent or uttered, and so no subject of the verb right before it."""

TIME_NOUNS = _words(
    """
    الايام الاسابيع الاشهر الشهر السنوات السنه العام الاعوام الاونه الساعات الفتره المرحله المساء الصباح يناير فبراير
    مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين
    """
)
"""Nouns of time, which place the saying («في الأيام الأخيرة»)."""

PRAISED = _words(
    """
    جهود جهوده جهودها رعايه دعم دعمه دعمها مواقف موقف موقفه موقفها دور دوره دورها قرار قرارات نتايج نتايجه انجازات
    صمود شجاعه تضحيات كفاءه جوده مستوي حجم حفاوه حكمه مبادره مبادرات زياره سياسه سياسات خطوه خطوات علاقات عمق متانه
    مشاركه مساهمه جريمه جرايم اعمال عمليات هجوم تفجير هجمات ممارسات انتهاكات محاولات قوه روح
    """
)
"""Nouns of what is praised or condemned («أشاد بجهود»)."""

VOICES = _words(
    """
    رييس سفير سفيرها مبعوث مبعوثها متحدث متحدثتها متحدثه متحدثها متحدثين ناطق ناطقه ناطقها وزير
    """
)
"""Who speaks for an institution («عبر المتحدثة»)."""

BODIES = _words(
    """
    بيان تقرير حكومه برلمان مجلس وزاره حزب كتله تحالف تيار حركه فصايل قياده جيش لجنه هييه رياسه خارجيه صحيفه وكاله
    """
)
"""Heads with article that no proper name completes: one right behind them is an object («حمّل البيان واشنطن»)."""

REFUSALS = _words(
    """
    اشترط تحدث رفض طالب طلب فضل
    """
)
"""Lemmas by which a source asks to stay unnamed."""
