"""About us in other languages, and in easy read. The demo's own: a service has its pages written by a person who speaks the language."""

from .parts import Block, PageText, idea


def _asked(*pairs: tuple[str, str]) -> tuple[Block, ...]:
    return (("text", "".join(f"<h2>{heading}</h2><p>{words}</p>" for heading, words in pairs)),)


EASY_READ = PageText(
    kind="language",
    slug="easy-read",
    title="About us in easy read",
    lede="This page uses short words and pictures.",
    drawing="child",
    fields={"language": "en-GB"},
    body=(
        idea("heart", "We help children", "We help when a child is sad, cross or scared."),
        idea("school", "We come to school", "Your child sees the same person most weeks."),
        idea("play", "Talk, play, draw", "Your child can talk. They can play or draw. They can be quiet."),
        idea("family", "You say yes first", "Nothing starts until you say yes. You can change your mind."),
        idea("lock", "It is private", "We tell someone only to keep a child safe."),
        idea("phone", "To ask for help", "Ring your child’s school. Ask for the SENDCO. It costs you nothing."),
    ),
)  # fmt: skip

POLISH = PageText(
    kind="language",
    slug="polski",
    title="O nas po polsku",
    lede="Pomagamy dzieciom w szkole, kiedy jest im trudno. Rodzina nic nie płaci.",
    fields={"language": "pl"},
    body=_asked(
        ("Co robimy", "Dziecko spotyka się z terapeutą w swojej szkole, zwykle raz w tygodniu. Może rozmawiać, bawić się, rysować albo grać muzykę."),
        ("Jak poprosić o pomoc", "Proszę zadzwonić do szkoły i poprosić o rozmowę z dyrektorem lub osobą zwaną SENDCO. Szkoła może zapewnić tłumacza."),
        ("Państwa zgoda", "Nic się nie zacznie bez Państwa zgody. Zgodę można wycofać w każdej chwili."),
        ("Czy to jest poufne?", "Tak. Mówimy komuś tylko wtedy, gdy dziecko albo ktoś inny może być w niebezpieczeństwie."),
        ("Pilna pomoc", "W niebezpieczeństwie proszę dzwonić pod 999. W kryzysie psychicznym: 111, opcja „mental health”."),
    ),
)  # fmt: skip

ROMANIAN = PageText(
    kind="language",
    slug="romana",
    title="Despre noi în română",
    lede="Ajutăm copiii la școală când le este greu. Familia nu plătește nimic.",
    fields={"language": "ro"},
    body=_asked(
        ("Ce facem", "Copilul se întâlnește cu un terapeut la școala lui, de obicei o dată pe săptămână. Poate vorbi, se poate juca, poate desena sau cânta."),
        ("Cum cereți ajutor", "Sunați la școală și cereți să vorbiți cu directorul sau cu persoana numită SENDCO. Școala poate chema un interpret."),
        ("Acordul dumneavoastră", "Nimic nu începe fără acordul dumneavoastră. Îl puteți retrage oricând."),
        ("Este confidențial?", "Da. Spunem cuiva numai dacă un copil sau altcineva poate fi în pericol."),
        ("Ajutor urgent", "În pericol, sunați la 999. Într-o criză: 111, opțiunea „mental health”."),
    ),
)  # fmt: skip

UKRAINIAN = PageText(
    kind="language",
    slug="ukrainska",
    title="Про нас українською",
    lede="Ми допомагаємо дітям у школі, коли їм важко. Родина нічого не платить.",
    fields={"language": "uk"},
    body=_asked(
        ("Що ми робимо", "Дитина зустрічається з терапевтом у своїй школі, зазвичай раз на тиждень. Вона може говорити, гратися, малювати або грати музику."),
        ("Як попросити про допомогу", "Зателефонуйте до школи й попросіть поговорити з директором або з особою, яку називають SENDCO. Школа може запросити перекладача."),
        ("Ваша згода", "Нічого не почнеться без вашої згоди. Ви можете відкликати її будь-коли."),
        ("Чи це таємно?", "Так. Ми говоримо комусь лише тоді, коли дитина або хтось інший може бути в небезпеці."),
        ("Термінова допомога", "У небезпеці телефонуйте 999. У кризі: 111, варіант «mental health»."),
    ),
)  # fmt: skip

ARABIC = PageText(
    kind="language",
    slug="arabic",
    title="من نحن بالعربية",
    lede="نساعد الأطفال في المدرسة عندما يمرّون بوقت صعب. لا تدفع الأسرة شيئًا.",
    fields={"language": "ar"},
    body=_asked(
        ("ماذا نفعل", "يلتقي الطفل بمعالج في مدرسته، مرة في الأسبوع عادةً. يمكنه أن يتكلم أو يلعب أو يرسم أو يعزف."),
        ("كيف تطلبون المساعدة", "اتصلوا بالمدرسة واطلبوا التحدث إلى المدير أو إلى الشخص المسمّى SENDCO. يمكن للمدرسة أن توفر مترجمًا."),
        ("موافقتكم", "لا يبدأ شيء قبل موافقتكم. ويمكنكم سحبها في أي وقت."),
        ("هل يبقى الأمر سرًّا؟", "نعم. لا نخبر أحدًا إلا إذا كان الطفل أو شخص آخر في خطر."),
        ("مساعدة عاجلة", "عند الخطر اتصلوا بالرقم 999. وفي أزمة نفسية اتصلوا بالرقم 111 واختاروا «mental health»."),
    ),
)  # fmt: skip

LANGUAGES = PageText(
    kind="languages",
    slug="languages",
    title="Languages and easy read",
    lede="The most important things about us, in short. Tell school which language you speak, and they find someone who speaks it.",
    drawing="talk",
    next_steps="<p>Is your language not here? Ask school for someone who speaks it. You do not pay for that.</p>",
    below=(EASY_READ, POLISH, ROMANIAN, UKRAINIAN, ARABIC),
)  # fmt: skip
