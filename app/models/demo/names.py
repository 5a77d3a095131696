"""The invented names and texts."""

from dataclasses import dataclass

from app.models.words import ProgramKind

ORGANISATION = "Northlight Learning"
ZONE = "Europe/Berlin"
DOMAIN = "northlight.example"


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words("""
Amara Anna Aisha Arjun Beatriz Bilal Björn Camille Carlos Chiara Chloé Daniel Dilara Ebru Elif Emeka Emma Esther
Farah Felix Fatima Grace Hana Hannah Hugo Ibrahim Inês Irina Isaac Jakub Jasmin João José Julia Kaito Katarzyna Kofi
Lars Layla Lena Leïla Liam Lucia Łukasz Maja Marco Maren Mateo Mei Milan Mina Nadia Naomi Nia Noah Nora Oliver Olga
Omar Oskar Paula Priya Rafael Ravi Renée Rosa Sami Sara Selin Sofia Søren Tara Theo Tomasz Valentina Viktor Wei Yara
Yusuf Zoë
""")
LAST = _words("""
Abubakar Adeyemi Almeida Andersson Aydın Bauer Becker Bianchi Chen Costa Dąbrowski Diallo Dubois Eriksen Fernández
Fischer Fontaine García Ghosh Haddad Hansen Hoffmann Horváth Ibáñez Iyer Jansen Johansson Kamau Kaya Keller Khan Kim
Kovács Kowalski Krüger Laurent Lefèvre Lindqvist López Marković Martin Mbeki Meyer Moreau Müller Nakamura Nguyen
Nowak Núñez O’Brien Okafor Okonkwo Öztürk Papadopoulos Park Patel Pereira Petrov Popescu Rahman Rao Ricci Romero
Rossi Santos Sato Schäfer Schmidt Silva Singh Sørensen Suzuki Tanaka Vogel Wagner Walsh Weber Wójcik Yılmaz Zhang
""")
MENTOR_ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Europe/Lisbon",
    "Africa/Nairobi",
    "America/Sao_Paulo",
)
OTHER_ZONES = ("Europe/Istanbul", "Europe/Warsaw", "America/Chicago", "Africa/Lagos", "Asia/Tokyo", "Australia/Sydney")
COHORTS = ("Autumn intake", "Spring intake", "")
TAGS = ("scholarship", "evening", "remote", "alumni")


@dataclass(frozen=True)
class Flavour:
    """What one programme is about."""

    name: str
    kind: ProgramKind
    description: str
    titles: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    covered: tuple[str, ...]
    next_steps: tuple[str, ...]


FLAVOURS = (
    Flavour(
        "After-school Tutoring",
        ProgramKind.TUTORING,
        "Weekly lessons in maths, languages and music for pupils from grade five on.",
        (
            "Fractions and percentages",
            "Reading aloud",
            "French: the past tenses",
            "Piano: left hand",
            "Essay structure",
            "Geometry: similar triangles",
            "Chemistry: the mole",
            "English conversation",
            "Linear equations",
            "Photosynthesis",
            "Exam practice",
            "German: adjective endings",
        ),
        (
            ("Exam week: maths clinic", "Bring any exercise you are stuck on. We work through them together."),
            ("Book club: short stories", "One story a week, read before we meet. Talk, no essays."),
            ("Spanish conversation table", "For everybody who can order a coffee and wants to get further."),
        ),
        (
            "We went through the homework and found the step that went wrong.",
            "Two past papers, one of them against the clock.",
            "Read chapter four together and summed up each page in a sentence.",
        ),
        ("Exercises 12 to 18.", "Learn the irregular verbs of list B.", "Write the introduction, half a page."),
    ),
    Flavour(
        "Career Mentoring",
        ProgramKind.MENTORING,
        "Six conversations with somebody who has done it before.",
        (
            "Getting to know each other",
            "CV and portfolio",
            "Choosing between two offers",
            "Interview practice",
            "The first ninety days",
            "Finding a sponsor",
            "Salary: how to ask",
            "Changing fields",
            "Saying no",
            "A talk at the meet-up",
            "Looking back, looking ahead",
        ),
        (
            ("Open hour: applications", "Ask anything about CVs, cover letters and portfolios."),
            ("From studies to work: three stories", "Three alumni tell how they found their first job."),
            ("Mock interviews", "Ten minutes each, with feedback from the group."),
        ),
        (
            "Went through the CV line by line; the projects now come first.",
            "Practised the three questions that are always asked.",
            "Listed what matters in a job and what does not.",
        ),
        (
            "Send the new CV by Friday.",
            "Talk to two people in the team.",
            "Write down three achievements with numbers.",
        ),
    ),
    Flavour(
        "Leadership Coaching",
        ProgramKind.COACHING,
        "For people who lead others for the first time.",
        (
            "Delegating without hovering",
            "A difficult conversation",
            "Your week, on paper",
            "Feedback that helps",
            "Leading former peers",
            "Running shorter meetings",
            "Hiring the second person",
            "Strengths and habits",
            "Conflict in the team",
            "Goals for the quarter",
        ),
        (
            ("Peer circle: new leads", "One case, six brains. Confidential."),
            ("Feedback workshop", "Theory for ten minutes, practice for fifty."),
            ("Ask me anything: management", "Bring the question you would not ask your boss."),
        ),
        (
            "Looked at last week's calendar and marked what only you can do.",
            "Rehearsed the conversation twice, with roles swapped.",
            "Named the conflict, and what each side needs.",
        ),
        ("Hand over one task completely.", "Have the conversation before we meet again.", "Cancel one meeting."),
    ),
)

CANCEL_REASONS = (
    "I am ill and need a few days.",
    "A school trip was moved to that day.",
    "Work travel came up; let us find another week.",
    "The train strike makes it impossible to get there.",
)
MOVE_REASONS = ("A dentist's appointment.", "The room was taken.", "", "Later suits us both better.", "")
ADDRESSES = ("Library, Lindenstraße 12, room 2", "Community centre, 3 Park Lane", "Café Meridian, Hauptplatz 7")
COMMENTS = ("", "", "Very helpful, thank you!", "Clear and patient.", "Good, but we ran out of time.", "")
DETAILS = ("", "", "Please bring last week's notes.", "We start with ten minutes of questions.", "")
CATEGORIES = ("Study skills", "Career", "Languages", "Well-being")
RECOMMENDED = ("Beginners", "Everybody", "Final-year students")
MEDIUM = ("English", "German", "Spanish")
