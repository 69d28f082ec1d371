"""The button 'Choose articles': a form with which articles of their topics a person gets."""

from __future__ import annotations

import re
from dataclasses import replace

from discord import ui

from bot.answers import answer, ask
from bot.client import Interaction
from bot.commands.options import names, person
from bot.commands.schedule import reschedule
from bot.language import Tongue, reader
from bot.presses import Form, Press
from bot.taking import filtered
from bot.text import plain
from digests.errors import DigestError
from digests.model import Filters
from digests.subscriptions import Wish

_MOST_LETTERS = 1_000

_LISTS = ("only_from", "not_from", "only_with", "not_with")


class ChooseArticles(Press, template=r"choose"):
    """Opens the form, filled in with how it is."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open it."""
        found = await interaction.client.service.following(person(interaction))
        wanted = found[0].filters if found else Filters()
        await ask(interaction, ChooseForm.of(reader(interaction), wanted))


class ChooseForm(Form):
    """Least quality, and which providers and words; empty fields ask for nothing."""

    template = re.compile("choose-form")

    @classmethod
    def of(cls, say: Tongue, wanted: Filters) -> ChooseForm:
        """The form, filled in."""
        form = cls(title=say("form-choose"), custom_id="choose-form")
        quality = "" if wanted.min_quality is None else str(wanted.min_quality)
        least: ui.TextInput[ui.View] = ui.TextInput(
            custom_id="quality", default=quality, max_length=3, required=False
        )
        form.add_item(ui.Label(text=say("form-choose-quality"), component=least))
        lists = (
            (say("form-choose-only-from"), wanted.only_providers),
            (say("form-choose-not-from"), wanted.without_providers),
            (say("form-choose-only-with"), wanted.only_words),
            (say("form-choose-not-with"), wanted.without_words),
        )
        for field, (label, now) in zip(_LISTS, lists, strict=True):
            listed = ", ".join(sorted(now))
            typed: ui.TextInput[ui.View] = ui.TextInput(
                custom_id=field,
                default=listed[:_MOST_LETTERS],
                max_length=_MOST_LETTERS,
                required=False,
            )
            hint = say("form-choose-hint")
            form.add_item(ui.Label(text=label, description=hint, component=typed))
        return form

    @classmethod
    async def sent(
        cls,
        interaction: Interaction,
        match: re.Match[str],  # noqa: ARG003 - this form has but one custom_id
        values: dict[str, str],
    ) -> None:
        """Change it."""
        say, address = reader(interaction), person(interaction)
        read = {
            field: names(say, values.get(field, "").strip() or "off", frozenset())
            for field in _LISTS
        }
        quality = _quality(say, values.get("quality", "").strip())
        # Who follows nothing yet has it when they do.
        destination = await reschedule(interaction, address, Wish(), by=interaction.user.id)
        assert destination is not None  # noqa: S101 - with ``by`` there is always one
        wanted = replace(
            destination.filters,
            min_quality=quality,
            only_providers=read["only_from"],
            without_providers=read["not_from"],
            only_words=read["only_with"],
            without_words=read["not_with"],
        )
        if wanted != destination.filters:
            changed = await interaction.client.service.refilter(address, wanted)
            destination = changed or destination
        await answer(interaction, filtered(say, destination, "you"))


def _quality(say: Tongue, typed: str) -> int | None:
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", typed) or int(typed) > 100:
        raise DigestError(say("not-a-quality", typed=plain(typed)))
    return int(typed) or None
