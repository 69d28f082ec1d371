"""What a destination takes of its topics in, the sentences that say so out (pure)."""

from __future__ import annotations

from bot.language import Tongue
from bot.replies import name
from digests.model import Destination, Schedule


def filtered(say: Tongue, destination: Destination, place: str) -> str:
    """Which articles of its topics a place takes, and how many."""
    wanted = destination.filters
    rules = []
    if wanted.min_quality is not None:
        rules.append(say("rule-quality", n=wanted.min_quality))
    if wanted.min_heat is not None:
        rules.append(say("rule-heat", n=wanted.min_heat))
    for message, names in (
        ("rule-only-from", wanted.only_providers),
        ("rule-not-from", wanted.without_providers),
        ("rule-only-with", wanted.only_words),
        ("rule-not-with", wanted.without_words),
        ("rule-only-category", wanted.only_categories),
        ("rule-only-type", wanted.only_types),
    ):
        if names:
            listed = [name(one) for one in sorted(names)[:10]]
            if len(names) > 10:
                listed.append(say("more", n=len(names) - 10))
            rules.append(say(message, names=say.either(listed)))
    if rules:
        takes = say("takes-only", place=place, rules="; ".join(rules))
    else:
        takes = say("takes-everything", place=place)
    return f"{takes}\n{shows(say, destination.schedule)}"


def shows(say: Tongue, schedule: Schedule) -> str:
    """How many articles a digest has, at most and at least."""
    if schedule.at_least > 1:
        return say("shows-and-waits", most=schedule.at_most, least=schedule.at_least)
    return say("shows", most=schedule.at_most)
