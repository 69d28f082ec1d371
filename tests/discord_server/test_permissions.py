"""Our permissions are those that discord.py computes from the same roles and overwrites."""

from __future__ import annotations

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discord_server import Role, User, World
from tests.discord_server import permissions as bits

BITS = (
    bits.VIEW_CHANNEL,
    bits.SEND_MESSAGES,
    bits.EMBED_LINKS,
    bits.ATTACH_FILES,
    bits.READ_MESSAGE_HISTORY,
    bits.MENTION_EVERYONE,
    bits.MANAGE_MESSAGES,
    bits.MANAGE_WEBHOOKS,
    bits.SEND_MESSAGES_IN_THREADS,
)
MASK = sum(BITS)
some_bits = st.sets(st.sampled_from(BITS)).map(sum)
pairs = st.tuples(some_bits, some_bits).map(lambda pair: (pair[0], pair[1] & ~pair[0]))

client = discord.Client(intents=discord.Intents.none())


@settings(max_examples=60)
@given(
    everyone=some_bits,
    role_bits=st.lists(some_bits, max_size=3),
    overwrites=st.lists(pairs, min_size=5, max_size=5),
    used=st.sets(st.integers(0, 4)),
    admin=st.booleans(),
)
def test_overwrites_weigh_as_in_discord_py(
    everyone: int,
    role_bits: list[int],
    overwrites: list[tuple[int, int]],
    used: set[int],
    admin: bool,
) -> None:
    world = World()
    guild = world.add_guild("G")
    guild.set_role(guild.everyone, everyone)
    channel = guild.add_text_channel("c")
    user = world.add_user("ann")
    member = guild.add_member(user)
    roles = [guild.add_role(str(n), given) for n, given in enumerate(role_bits)]
    if admin and roles:
        guild.set_role(roles[0], bits.ADMINISTRATOR)
    member.role_ids.update(role.id for role in roles)
    targets: list[Role | User] = [guild.everyone, user, *roles]
    for index in used:
        if index < len(targets):
            allow, deny = overwrites[index]
            channel.set_permissions(targets[index], allow=allow, deny=deny)

    state = client._connection  # a state without a connection: discord.py's own objects need one
    theirs = discord.Guild(data=guild.to_json(), state=state)  # type: ignore[arg-type]
    data = member.to_json()
    their_member = discord.Member(data=data, guild=theirs, state=state)  # type: ignore[arg-type]
    their_channel = theirs.get_channel(channel.id)
    assert their_channel is not None
    expected = their_channel.permissions_for(their_member).value & MASK
    assert channel.permissions_of(user, world.clock.now()) & MASK == expected


def test_who_is_not_in_the_guild_may_do_nothing() -> None:
    world = World()
    channel = world.add_guild("G").add_text_channel("c")
    assert channel.permissions_of(world.add_user("eve"), world.clock.now()) == 0


def test_an_owner_may_do_everything() -> None:
    world = World()
    guild = world.add_guild("G")
    channel = guild.add_text_channel("c")
    channel.set_permissions(guild.everyone, deny=bits.VIEW_CHANNEL)
    assert channel.permissions_of(guild.owner, world.clock.now()) == bits.ALL


def test_a_thread_takes_its_parents_overwrites() -> None:
    world = World()
    guild = world.add_guild("G")
    parent = guild.add_text_channel("c")
    thread = guild.add_thread(parent, "talk")
    parent.set_permissions(world.bot, deny=bits.VIEW_CHANNEL)
    assert thread.permissions_of(world.bot, world.clock.now()) == 0
