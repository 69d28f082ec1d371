"""A loopback Discord for tests: REST v10 and gateway on 127.0.0.1 for an unmodified client.

    async with DiscordServer() as server:
        guild = server.world.add_guild("Newsroom")
        channel = guild.add_text_channel("news")
        ann = server.world.add_user("ann")
        guild.add_member(ann, permissions=permissions.MANAGE_GUILD)
        …                                    # start a bot that talks to server.api_url
        await server.wait_for_bot()
        reply = await server.slash(ann, channel, "channel follow", topic="AI")
        server.faults.reset_after("POST", "/channels/*/messages")
        messages = await server.wait_for_messages(channel, 1)

world.py and guild.py hold what there is, routes_*.py answer for it, actors.py lets people act,
faults.py and limits.py stand in the way, gateway.py tells, control.py lets other processes in.
"""

from .clock import Clock
from .errors import ApiError
from .faults import Fault, Faults, Kind
from .guild import Guild
from .interactions import NoReply, Reply
from .messages import visible_embeds
from .model import Channel, Member, Role, User
from .options import CannotDo
from .request_log import Request, RequestLog
from .server import DiscordServer
from .world import World

__all__ = [
    "ApiError",
    "CannotDo",
    "Channel",
    "Clock",
    "DiscordServer",
    "Fault",
    "Faults",
    "Guild",
    "Kind",
    "Member",
    "NoReply",
    "Reply",
    "Request",
    "RequestLog",
    "Role",
    "User",
    "World",
    "visible_embeds",
]
