"""The slash commands, each in a file named as the user types it; their buttons and forms."""

from typing import Any

import discord

from bot import presses, views
from bot.client import AnyCommand
from bot.commands import data as data_
from bot.commands import digest as digest_
from bot.commands import follow as follow_
from bot.commands import saved as saved_
from bot.commands import schedule as schedule_
from bot.commands import search as search_
from bot.commands import why as why_
from bot.commands.change_time import ChangeTime, TimeForm
from bot.commands.channel import Channel
from bot.commands.channel.review_presses import PRESSES as REVIEW_PRESSES
from bot.commands.channel.setup import PRESSES as SETUP_PRESSES
from bot.commands.channel.setup import OtherTime
from bot.commands.choose import ChooseArticles, ChooseForm
from bot.commands.following import following
from bot.commands.help import help_
from bot.commands.topics import topics
from bot.commands.unfollow import unfollow
from bot.presses import Form, Press

ALL: tuple[AnyCommand, ...] = (
    follow_.follow,
    unfollow,
    following,
    topics,
    schedule_.schedule,
    digest_.digest,
    search_.search,
    saved_.saved,
    why_.why,
    data_.data,
    help_,
    Channel(),
)
"""Every command and group of the bot."""

PRESSES: tuple[type[Press], ...] = (
    *views.PRESSES,
    digest_.SeeNow,
    follow_.FollowTopic,
    follow_.Undo,
    search_.Find,
    saved_.SavedPage,
    saved_.SavedRemove,
    saved_.SavedExport,
    why_.Why,
    why_.ReasonFor,
    ChangeTime,
    ChooseArticles,
    schedule_.ZoneIs,
    data_.DataDelete,
    data_.DataDeleteAll,
    data_.DataKeep,
    *SETUP_PRESSES,
    *REVIEW_PRESSES,
)
"""Every button and menu."""

FORMS: tuple[type[Form], ...] = (OtherTime, TimeForm, ChooseForm)
"""Every form."""


async def others(interaction: discord.Interaction[Any]) -> None:
    """What is neither a command nor one of ``PRESSES``: a form that was sent in, or a leftover."""
    if interaction.type is discord.InteractionType.modal_submit:
        await presses.form_sent(interaction, FORMS)
    else:
        await presses.unknown_press(interaction, PRESSES)
