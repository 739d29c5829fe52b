"""The main job as people do it, each step a function on a signed-in window: refer, decide, record, review, close."""

from playwright.sync_api import Page

SEEN = "Sits alone since the summer and has stopped singing."
STRATEGY = "A quiet place to go after lunch, and a sign to ask for it."
NOTE = "Built a wall of bricks between the animals today."
FOUND = "Settles more quickly. We go on until Easter."


def refer(page: Page, *, pupil: str = "", child: dict[str, str] | None = None, fully: bool = False) -> str:
    """A SENDCO refers a pupil of her list, or a child who is not in it; the reference of the referral."""
    page.goto("/admin/")
    page.get_by_role("main").get_by_role("link", name="Refer a child").click()
    if child is None:
        page.get_by_label("Pupil", exact=True).select_option(label=pupil)
    else:
        add_child(page, **child)
    page.get_by_role("button", name="Save and go on").click()
    say_why(page, fully=fully)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("radio", name="In person or by telephone").wait_for()
    if child is None:
        page.get_by_label("Who agreed").select_option(index=1)
    else:
        add_carer(page)
    page.get_by_role("radio", name="In person or by telephone").check()
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("Next move:").wait_for()
    return page.title().split()[0]


def add_child(page: Page, *, first: str, last: str, born: str, year: str) -> None:
    """Fill in who is not in the list."""
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("Date of birth").fill(born)
    page.get_by_label("Year group").select_option(label=year)


def say_why(page: Page, *, fully: bool) -> None:
    """Step 2: what must be said, or all that a SENDCO has to say."""
    page.get_by_label("What have you seen?").fill(SEEN)
    page.get_by_role("group", name="Early Help Assessment").get_by_role("radio", name="No", exact=True).check()
    if not fully:
        return
    page.get_by_role("radio", name="soon", exact=True).check()
    for group, ticks in {"Reasons": 3, "What has been tried?": 2, "Who else helps?": 1}.items():
        boxes = page.get_by_role("group", name=group).get_by_role("checkbox")
        for number in range(ticks):
            boxes.nth(number).check()
    page.get_by_label("What goes well, and what does the child enjoy?").fill("Draws boats for the little ones.")
    page.get_by_label("What does the child say, in their own words?").fill("It is too loud in there.")
    page.get_by_role("group", name="Which days can the school offer?").get_by_role("checkbox").nth(1).check()


def add_carer(page: Page) -> None:
    """Who agreed, where nobody is in the list yet."""
    page.get_by_label("Name", exact=True).fill("Ines Thackray")
    page.get_by_label("Relationship to the child").fill("mother")
    page.get_by_label("Telephone", exact=True).fill("01632 960123")
    page.get_by_label("Has parental responsibility").check()


def free_pupil(page: Page) -> str:
    """The first pupil of the list who has no open referral."""
    page.goto("/admin/refer/")
    labels = page.locator("#id_pupil option").all_inner_texts()
    return next(label for label in labels[1:] if "already referred" not in label)


def say_yes(page: Page, reference: str) -> None:
    """Head or therapist says yes from the waiting list."""
    page.goto("/admin/queue/")
    page.get_by_role("link", name=reference).first.click()
    page.get_by_role("button", name="Yes").click()
    page.get_by_text("Next move:").wait_for()


def open_case(page: Page, reference: str) -> str:
    """Find a case in the register and open it; its address."""
    page.goto(f"/admin/referrals/?q={reference}")
    page.get_by_role("link", name=reference).first.click()
    page.get_by_text("Next move:").wait_for()
    return page.url


def take_step(page: Page, name: str) -> None:
    """Take a step of the case that is open."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("Next move:").wait_for()


def record_session(page: Page) -> None:
    """Record an hour in the case that is open: what the school may try, and a note of one's own."""
    page.get_by_role("main").get_by_role("link", name="Record a session").first.click()
    page.get_by_role("radio", name="Came", exact=True).check()
    page.get_by_label("Strategies to share with the school").fill(STRATEGY)
    page.get_by_label("Process note").fill(NOTE)
    page.get_by_role("button", name="Save session").click()
    page.get_by_text("Next move:").wait_for()


def write_review(page: Page) -> None:
    """Write down what the review found."""
    page.get_by_role("main").get_by_role("link", name="Write a review").first.click()
    page.get_by_label("What did the review find?").fill(FOUND)
    page.get_by_role("radio", name="It goes better").check()
    page.get_by_role("button", name="Save review").click()
    page.get_by_text("Next move:").wait_for()


def close(page: Page) -> None:
    """Close the case that is open; the therapist is led home, for the case is theirs no longer."""
    page.get_by_role("main").get_by_role("link", name="Close the case", exact=True).first.click()
    page.get_by_label("Closing reason").select_option(index=1)
    page.get_by_label("Ending summary").fill("Ended as planned.")
    page.get_by_role("button", name="Close the case").click()
    page.get_by_role("heading", name="Good").first.wait_for()
