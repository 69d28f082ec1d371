"""How a channel's digests look in, what is said of it out (pure); see ``bot.replies``."""

from __future__ import annotations

from bot.causes import permission
from bot.colours import written
from bot.language import Tongue
from digests.model import Appearance, Look


def appearance(say: Tongue, how: Appearance, trouble: str | None = None) -> list[str]:
    """A sentence for each thing that was chosen, and one about what is in the way of it.

    ``trouble`` is the message of the last one.
    """
    said = [say(f"look-is-{how.look.value}")]
    if how.colour is None:
        cards = how.look is Look.CARDS
        said.append(say("look-colour-topic" if cards else "look-colour-first"))
    else:
        said.append(say("look-colour", colour=written(how.colour)))
    role = f"<@&{how.role}>"
    if how.role is not None and how.silent:
        said.append(say("look-role-silent", role=role))
    elif how.role is not None:
        said.append(say("look-role", role=role))
    elif how.silent:
        said.append(say("look-silent"))
    if trouble:
        said.append(say(trouble, role=role, permission=permission(say, "mention_everyone")))
    return said


def styled(
    say: Tongue, how: Appearance, place: str, *, changed: bool, shown: int, trouble: str | None
) -> str:
    """Above ``shown`` articles that look so; ``changed`` if they did not before."""
    said = [say("look-changed" if changed else "look-now", place=place)]
    said += appearance(say, how, trouble)
    said.append(say("look-sample") if shown else say("look-sample-none"))
    return "\n".join(said)
