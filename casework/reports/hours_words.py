"""How a school's hours stand, in sentences that a head reads in a minute."""

from decimal import Decimal

from .hours import SchoolHours, Standing


def hours(amount: Decimal) -> str:
    """A number of hours: 1 hour, 7.5 hours."""
    number = amount.quantize(Decimal("0.01")).normalize()
    return f"{number:f} hour{'' if number == 1 else 's'}"


def about(amount: Decimal) -> str:
    """A forecast, to the hour: nothing more exact is known."""
    return hours(amount.quantize(Decimal(1)))


def sentence(school: SchoolHours) -> str:
    """On track or not, and why."""
    standing, july = school.standing, school.in_july
    if standing is Standing.NONE:
        return "No agreement is signed for this school year."
    if standing is Standing.OVER:
        return f"{hours(-school.left)} more than there are were used."
    if standing is Standing.PAST:
        return f"The school year is over: {hours(school.left)} were left."
    if standing is Standing.EARLY or july is None:
        return "The year has just begun: it is too early to say how far the hours will go."
    if standing is Standing.SHORT and school.runs_out_on:
        return f"The hours are used faster than planned: at this pace they end about {school.runs_out_on:%-d %B}."
    at_the_end = f"about {about(july)} would be left" if july >= 0 else f"about {about(-july)} would be missing"
    begins = {
        Standing.ON_TRACK: "The use is as planned",
        Standing.SLOW: "The hours are used more slowly than planned",
    }.get(standing, "The hours are used faster than planned")
    return f"{begins}: at this pace {at_the_end} in July."
