"""What the demo's people write: gentle, invented, about nobody. No diagnosis, and no claim of what helped."""

from dataclasses import dataclass

from casework.models import Direction


@dataclass(frozen=True)
class Theme:
    """Why a child is referred: the reason on the list, and what school and child say of it."""

    reason: str
    concerns: tuple[str, str]
    own_words: tuple[str, str]


THEMES = {
    "loss": Theme(
        "Bereavement",
        (
            "Grandad died in the spring and lived with the family. Since then often tearful after lunch, and asks "
            "whether other people in school are going to die.",
            "The family lost a baby last year. Very quiet in class since September and stays close to the teacher at "
            "playtime.",
        ),
        ("“I keep his watch under my pillow.”", "“Nobody says her name any more.”"),
    ),
    "apart": Theme(
        "Parents living apart",
        (
            "Two homes since the summer. Comes in on Mondays tired and without things, and is upset when something is "
            "forgotten.",
            "The parents have separated and speak through the school. Watches the gate from ten past two every day.",
        ),
        ("“I never know where my trainers are.”", "“I want a calendar with both houses on it.”"),
    ),
    "illness": Theme(
        "Illness in the family",
        (
            "Mum is having treatment at the hospital. Finds it hard to settle on appointment days; stomach aches.",
            "Dad has been unwell since the winter. Has stopped reading aloud, and looks after a younger brother at "
            "break.",
        ),
        ("“I want to know what time she is coming back.”", "“I can make toast for all of us.”"),
    ),
    "worry": Theme(
        "Worry and fear",
        (
            "Checks the door and the clock many times in a lesson. Cannot begin a piece of work in case it is wrong.",
            "Worries about storms, fires and being late. Needs to be told the plan for the day several times.",
        ),
        ("“My head goes round like a washing machine.”", "“What if the bus forgets me?”"),
    ),
    "sad": Theme(
        "Sadness",
        (
            "Used to be first to put a hand up. This term sits alone, says little, and sleeps in the afternoon.",
            "Has left football and the choir, and says that nothing is fun. Attendance has slipped to 88 per cent.",
        ),
        ("“I am just tired of everything.”", "“It is grey inside.”"),
    ),
    "anger": Theme(
        "Anger",
        (
            "Leaves the room when told no, and has thrown things twice. Sorry afterwards and cannot say what happened.",
            "Arguments at every playtime. Quick to feel blamed, and hits out when others laugh.",
        ),
        ("“It comes up from my feet.”", "“They always think it was me.”"),
    ),
    "friends": Theme(
        "Friendships and bullying",
        (
            "A friendship of three broke up in the autumn. Eats alone and asks to stay in with the adults.",
            "Was called names online by older children. Now avoids the corridor and walks round the building.",
        ),
        ("“I save a seat and nobody sits in it.”", "“I would like one friend. One is enough.”"),
    ),
    "quiet": Theme(
        "Not speaking at school",
        (
            "Talks happily at home and to a cousin on the playground, but has not spoken to an adult in school since "
            "starting with us.",
            "Answers with nods and drawings. When asked aloud, looks at the floor until the question goes away.",
        ),
        ("Drew a mouth with a zip, and a key.", "Chose the card with the hedgehog."),
    ),
    "home": Theme(
        "Adoption, or living away from parents",
        (
            "Has lived with an aunt since the autumn. Hides food in the tray and packs a bag before each holiday.",
            "Came to the adoptive family two years ago. Finds change of teacher and supply days very hard.",
        ),
        ("“Do I stay this time?”", "“I have got two mums in my heart, and that is busy.”"),
    ),
    "school": Theme(
        "Coming to school",
        (
            "Has been in for less than half of this half-term. Gets as far as the gate with Mum and turns round.",
            "Comes in by the office door and needs twenty minutes before joining the class.",
        ),
        ("“My legs will not do it.”", "“It is too loud when everyone is there.”"),
    ),
    "moving": Theme(
        "Moving to a new school",
        (
            "Very worried about secondary school: the size, the bus, and being apart from a younger sister.",
            "Has changed school three times. Asks every adult who else is going to the same place.",
        ),
        ("“I will be the smallest again.”", "“Who do I tell if I get lost?”"),
    ),
    "self": Theme(
        "How the child sees themself",
        (
            "Rubs out until the paper tears, and says “I am rubbish” many times a day.",
            "Will not be in a photograph and covers finished work with an arm.",
        ),
        ("“Everyone else got the good brain.”", "“I like who I am when I run.”"),
    ),
}

STRENGTHS = (
    "Kind to younger children, and funny once at ease.",
    "Draws for hours; knows everything about owls.",
    "A careful listener who remembers what others like.",
    "Loves the guinea pigs and never forgets to feed them.",
    "Quick at number puzzles, and proud of the football team.",
    "Sings when nobody seems to listen.",
    "Builds anything out of boxes and helps others with theirs.",
)
TRIED = (
    "A daily check-in with the class teacher, and a quiet place after lunch.",
    "A meet-and-greet at the side door, and a picture timetable.",
    "Six weeks of a small group with our pastoral lead.",
    "A worry box, and a card to leave the room with.",
    "Two meetings with the family and a plan for Mondays.",
    "A buddy at playtime, and jobs in the library.",
)
STRATEGIES = (
    "A two-minute warning before the class moves on.",
    "Let the child choose where to sit for the first ten minutes.",
    "The same adult at the door on Mondays, if that can be.",
    "Say what will happen next, even when it is the same as always.",
    "A small object in the pocket may come along to assembly.",
    "Offer two choices rather than an open question.",
    "A quiet job after lunch: watering, sharpening pencils.",
    "Notice out loud when something was hard and was tried anyway.",
)
NOTES = (
    "Went to the sand first, as always. Buried and found the same lighthouse four times, and left it standing.",
    "Quiet hour. I said that we did not need to talk. Near the end, a story about a dog that waits at a window.",
    "Brought a drawing from home and did not want to say what it was. We put it in the folder together.",
    "Played shop. I was the customer whom nobody served. I said how that felt; a long look, then we swapped.",
    "Angry that the room had been moved. Named it, built a wall with the blocks, and took down one of them.",
    "The drum was very loud, then very soft. I followed. First time that the soft part lasted.",
    "Asked what I do with the pictures of other children. I said that those stay with them, and ours in the folder.",
    "Counted the weeks that are left on the calendar. Sad and matter-of-fact at once. I felt it too.",
    "Made two houses out of clay with a road between them. The road kept breaking; tape was the answer.",
    "Hid under the table and sent me notes. I answered each of them. Came out for the last five minutes.",
    "Told me the rules of a new game at length. I noticed that nobody could lose in it.",
    "Wanted to stay. We practised going to the door and coming back. I am thinking about endings; for supervision.",
)
OUTCOMES = (
    "Comes willingly and makes use of the hour. The family sees more talk at bedtime; the teacher sees little "
    "change in class yet. Agreed to go on, and to meet the family once more before the holiday.",
    "The child said what has changed: “I can tell Miss when it starts.” School and family both wish to go on. Two of "
    "the three hopes from the beginning are nearer.",
    "A slow start with several weeks away, and mornings are harder than they were. We change the plan: shorter, more "
    "play, and a word with the family every fortnight.",
    "The child feels ready to finish and the family agrees. We plan an ending that is counted down together.",
)
DIRECTIONS = (Direction.SAME, Direction.BETTER, Direction.HARDER, Direction.BETTER)
"""Where the work is going, by each of these outcomes."""
FOR_SCHOOL = (
    "Going on as planned. The quiet start on Mondays seems to be liked; please keep it.",
    "We have changed the plan a little after talking with the family. The card to leave the room stays.",
    "We go on. It would help to hear from the class teacher once a fortnight how mornings are.",
    "We are planning the ending. Please do not arrange anything else at this hour until then.",
)
SUMMARIES = (
    "We met weekly and finished as planned. The child made a book of what helps and keeps it. The school goes on with "
    "the check-in; the family knows how to ask again.",
    "The hours ended when the child said it was time. Some things are still hard, and the class teacher knows which. "
    "A look back together is arranged for next term.",
    "A good ending with the family in the room for the last half hour. Nothing further is planned.",
)
OWN_VIEWS = (
    "“Okay, if it is not in maths.”",
    "“Can I bring my cards?”",
    "Nodded, and asked who else would know.",
)
DISAGREEMENT = (
    "The father, who holds parental responsibility too, does not want it: “She will get over it.”",
    "Talked with both, one after the other. The mother’s agreement holds, as one is enough; the father knows, and was "
    "offered a meeting with the therapist. No court order is known. Decided by the head and the coordinator.",
)
TAKEN_BACK = "She would like some quiet until the next review with the social worker."
ASSESSED = (
    (
        "The family worries about nights and about the walk to school. The teacher worries about work that is torn up.",
        "Everyone names the same hour as the hard one: the first of the day.",
    ),
    (
        "Laughs with two good friends, and asks for help from the same adult each time.",
        "The whole family eats together on Sundays; football goes on whatever happens.",
    ),
    (
        "One plan for the mornings that home and school both keep, and somebody who listens once a week.",
        "A weekly hour, and a word with the class teacher every fortnight.",
    ),
    ("“I want it to stop being loud in my head.”", "“I can draw it. I can’t say it.”"),
    (
        "Lives with mother and two sisters; the grandfather comes on Wednesdays. They moved last spring.",
        "Two homes, one week each. Both know the plan.",
    ),
    ("Sleeps six hours. The family has spoken to the school nurse.", "Well. Glasses are worn at last."),
    ("Reads far ahead of the class; number work is left out.", "Works well in pairs and stops when alone."),
)
"""What stands under each heading of an assessment, in the order that every service starts with."""
STEP_NOTES = {
    "return_for_information": "Could you say how things are at home, and whether the family has asked for this?",
    "decline": "For now a small group in school is the better place; our leaflet for families went with this.",
    "signpost": "The young carers’ group in Wendham is the right place. The family has its number.",
    "withdraw": "The family would like to wait. They know that they can come back at any time.",
    "hold": "Away with the family until after the holiday; the hour is kept.",
    "put_to_meeting": "Several services are involved. For the next meeting.",
}
URGENT = "It got much worse within two weeks, and the class teacher sees tears every morning."
ANSWERS = (
    ("In the library", "With the animals of the forest school", "In the art room", "At the edge of the playground"),
    ("On foot", "By bus", "By car"),
    ("No", "Yes", "No"),
    ("3", "0", "7", "1.5"),
)
"""By the position of a service's own question."""
