"""/channel setup: where, what and when, a step each; then a preview and a button that does it.

Every step knows what was chosen before from its custom_ids, so an admin can take all day.
"""

from __future__ import annotations

import re
from dataclasses import replace

import discord
from discord import app_commands, ui

from bot import looks
from bot.answers import answer, ask
from bot.client import Interaction
from bot.commands.channel import setup_views as steps
from bot.commands.channel.place import (
    TYPES,
    check_permissions,
    may_manage,
    missing_permissions,
    place_by_id,
)
from bot.commands.channel.setup_state import MOST_TOPICS, PATTERN, SetupState, state_of
from bot.commands.channel.setup_views import topic_page
from bot.commands.options import language
from bot.language import Tongue, reader
from bot.presses import Form, Press, button, buttons, chosen, chosen_numbers
from digests.errors import DigestError
from digests.model import Address, Appearance, Cadence, Look, Schedule, Topic
from digests.schedule import parse_at, parse_zone
from digests.subscriptions import Wish

SHOWN = 3
"""How many cards the preview shows."""


@app_commands.command(description="Set up a channel's digest, step by step, with a preview.")
async def setup(interaction: Interaction) -> None:
    """Begin."""
    await _where(interaction, SetupState())


class SetUp(Press, template=r"setup"):
    """Begins, from the button under ``/help``."""

    async def pressed(self, interaction: Interaction) -> None:
        """Ask where."""
        may_manage(interaction)
        await _where(interaction, SetupState())


class _Step(Press, template=r"(?!)"):
    """A choice in one of the steps. Whoever presses must still be allowed to."""

    turns = True

    async def pressed(self, interaction: Interaction) -> None:
        """Check, then go on."""
        may_manage(interaction)
        await self.chose(interaction, state_of(self.match["setup"]))

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Take what was chosen into the state, and show what follows."""
        raise NotImplementedError


class Where(_Step, template=rf"setup:where:{PATTERN}"):
    """The channel was chosen."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Go on to the topics, if the bot may post there; its digest comes when it did before."""
        ids = [int(one) for one in chosen(interaction) if one.isdecimal()]
        state = replace(state, channel=ids[0] if ids else None)
        address, _ = _place(interaction, state)
        if found := await interaction.client.service.following(address):
            state = replace(state, schedule=_offered(found[0].schedule))
        await _check(interaction, state)


class Check(_Step, template=rf"setup:check:{PATTERN}"):
    """The permissions were changed, perhaps; or somebody goes back to the topics."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Look again."""
        await _check(interaction, state)


class Back(_Step, template=rf"setup:back:{PATTERN}"):
    """Back to the channel."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Ask where again."""
        await _where(interaction, state)


class What(_Step, template=rf"setup:what:{PATTERN}:(?P<page>\d{{1,3}})"):
    """Topics were chosen from one page of them; those chosen on other pages stay."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Show the step again, with the choice."""
        topics = await interaction.client.service.topics()
        page = self.number("page")
        here = {one.id for one in topic_page(topics, page)}
        wanted = [one for one in chosen_numbers(interaction) if one in here]
        kept = [one for one in state.topics if one not in here]
        state = replace(state, topics=(*kept, *wanted)[:MOST_TOPICS])
        await _what(interaction, state, page)


class Turn(_Step, template=rf"setup:turn:{PATTERN}:(?P<page>\d{{1,3}})"):
    """Another page of topics."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Show it."""
        await _what(interaction, state, self.number("page"))


class When(_Step, template=rf"setup:when:{PATTERN}"):
    """On to the time."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Ask when."""
        await _when(interaction, state)


class Pick(_Step, template=rf"setup:(?P<part>every|at|day|zone):{PATTERN}"):
    """How often, at what time, on which day or in which zone was chosen."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Show the step again, with the choice."""
        say = reader(interaction)
        value = "".join(chosen(interaction)[:1])
        schedule = _picked(say, state.schedule, self.match["part"], value)
        await _when(interaction, replace(state, schedule=schedule))


class Other(_Step, template=rf"setup:other:{PATTERN}"):
    """Neither the hour nor the zone wanted is in the menus."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Open a form for both."""
        say = reader(interaction)
        await ask(interaction, OtherTime.of(say, state))


class OtherTime(Form):
    """A time of day and a zone, typed."""

    template = re.compile(rf"setup:typed:{PATTERN}", re.ASCII)

    @classmethod
    def of(cls, say: Tongue, state: SetupState) -> OtherTime:
        """The form, filled in with what was chosen so far."""
        form = cls(title=say("form-other"), custom_id=f"setup:typed:{state.text()}")
        when = state.schedule
        at: ui.TextInput[ui.View] = ui.TextInput(
            custom_id="at", default=f"{when.at:%H:%M}", max_length=8
        )
        zone: ui.TextInput[ui.View] = ui.TextInput(
            custom_id="zone", default=when.zone, max_length=40
        )
        form.add_item(ui.Label(text=say("form-other-at"), component=at))
        hint = say("form-other-zone-hint")
        form.add_item(ui.Label(text=say("form-other-zone"), description=hint, component=zone))
        return form

    @classmethod
    async def sent(
        cls, interaction: Interaction, match: re.Match[str], values: dict[str, str]
    ) -> None:
        """Show the step again, with what was typed."""
        may_manage(interaction)
        state = state_of(match["setup"])
        schedule = replace(
            state.schedule,
            at=parse_at(values.get("at", "")),
            zone=parse_zone(values.get("zone", ""), interaction.client.clock()),
        )
        await _when(interaction, replace(state, schedule=schedule))


class Review(_Step, template=rf"setup:review:{PATTERN}"):
    """Everything is chosen."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Show what would be posted, and ask whether it shall be."""
        await _review(interaction, state)


class Looks(_Step, template=rf"setup:look:{PATTERN}"):
    """How it shall look was chosen."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Show it so."""
        value = "".join(chosen(interaction)[:1])
        look = Look(value) if value in set(Look) else state.look
        await _review(interaction, replace(state, look=look))


class Done(_Step, template=rf"setup:done:{PATTERN}"):
    """It is confirmed."""

    async def chose(self, interaction: Interaction, state: SetupState) -> None:
        """Do it, in one go."""
        say = reader(interaction)
        client = interaction.client
        address, mention = _place(interaction, state)
        check_permissions(interaction, address, mention)
        topics = await _topics(interaction, state)
        found = await client.service.following(address)
        as_it_was = found is not None and _offered(found[0].schedule) == state.schedule
        done = await client.service.follow_all(
            address,
            [one.name for one in topics],
            Wish() if as_it_was else _wish(state.schedule),
            by=interaction.user.id,
            now=client.clock(),
            language=language(interaction, address),
            look=state.look,
        )
        client.wake()
        await answer(interaction, steps.done_text(say, done, mention, topics, client.clock()))


async def _where(interaction: Interaction, state: SetupState, trouble: str = "") -> None:
    say = reader(interaction)
    menu: ui.ChannelSelect[ui.View] = ui.ChannelSelect(
        custom_id=f"setup:where:{state.text()}",
        placeholder=say("menu-channel"),
        channel_types=list(TYPES),
    )
    items: list[ui.Item[ui.View]] = [menu]
    if trouble:
        again = button(
            say("button-check"), f"setup:check:{state.text()}", style=discord.ButtonStyle.primary
        )
        items.append(again)
    await answer(interaction, trouble or say("setup-where"), view=buttons(*items))


async def _check(interaction: Interaction, state: SetupState) -> None:
    say = reader(interaction)
    address, mention = _place(interaction, state)
    if missing := missing_permissions(interaction, address):
        await _where(interaction, state, steps.missing_text(say, mention, missing))
    else:
        await _what(interaction, state, 0)


async def _what(interaction: Interaction, state: SetupState, page: int) -> None:
    say = reader(interaction)
    address, mention = _place(interaction, state)
    service = interaction.client.service
    topics, found = await service.topics(), await service.following(address)
    if not topics:
        raise DigestError(say("no-articles"))
    page = page if topic_page(topics, page) else 0
    names = [one.name for one in topics if one.id in state.topics]
    view = steps.topic_step(say, state, topic_page(topics, page), page, len(topics))
    before = [one.name for one in found[1]] if found else []
    await answer(interaction, steps.what_text(say, mention, names, before), view=view)


async def _when(interaction: Interaction, state: SetupState) -> None:
    say = reader(interaction)
    _, mention = _place(interaction, state)
    await _topics(interaction, state)
    said = steps.when_text(say, mention, state.schedule)
    await answer(interaction, said, view=steps.when_step(say, state, interaction.client.clock()))


async def _review(interaction: Interaction, state: SetupState) -> None:
    say, service = reader(interaction), interaction.client.service
    address, mention = _place(interaction, state)
    topics = await _topics(interaction, state)
    found = await service.following(address)
    how = found[0].appearance if found else Appearance()
    look = state.look or how.look
    latest = await service.latest_on([one.id for one in topics], SHOWN)
    messages = looks.messages([one.article for one in latest], look, colour=how.colour)
    await answer(
        interaction,
        steps.review_text(say, mention, topics, state.schedule, len(latest)),
        embeds=messages[0] if messages else (),
        view=steps.review_step(say, state, look),
    )


def _place(interaction: Interaction, state: SetupState) -> tuple[Address, str]:
    say = reader(interaction)
    if state.channel is None:
        raise DigestError(say("choose-channel"))
    return place_by_id(interaction, state.channel)


async def _topics(interaction: Interaction, state: SetupState) -> list[Topic]:
    """The chosen topics that there are."""
    say = reader(interaction)
    topics = [one for one in await interaction.client.service.topics() if one.id in state.topics]
    if not topics:
        raise DigestError(say("choose-topic"))
    return topics


def _offered(schedule: Schedule) -> Schedule:
    """What of a schedule the steps ask for."""
    day = min(schedule.days, default=schedule.day)
    return Schedule(every=schedule.every, at=schedule.at, zone=schedule.zone, day=day)


def _wish(when: Schedule) -> Wish:
    days = frozenset({when.day}) if when.every is Cadence.WEEKLY else None
    return Wish(every=when.every, at=when.at, zone=when.zone, days=days)


def _picked(say: Tongue, schedule: Schedule, part: str, value: str) -> Schedule:
    """The schedule with one part changed; a value that no menu offers raises DigestError."""
    match part:
        case "every" if value in set(Cadence):
            return replace(schedule, every=Cadence(value))
        case "at":
            return replace(schedule, at=parse_at(value))
        case "day" if re.fullmatch("[0-6]", value):
            return replace(schedule, day=int(value))
        case "zone":
            return replace(schedule, zone=parse_zone(value))
    raise DigestError(say("choose-from-menu"))


PRESSES: tuple[type[Press], ...] = (
    SetUp,
    Where,
    Check,
    Back,
    What,
    Turn,
    When,
    Pick,
    Other,
    Review,
    Looks,
    Done,
)
