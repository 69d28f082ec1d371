"""Takes websocket connections and the world's events; gives each shard its events, in order."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMsgType, web

from .errors import Json
from .guild import Guild
from .limits import Sliding

if TYPE_CHECKING:
    from .server import DiscordServer

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = (
    0,
    1,
    2,
    6,
    7,
    8,
    9,
    10,
    11,
)
_IGNORED = frozenset({3, 4})  # presence and voice state
GUILDS, MEMBERS, GUILD_MESSAGES, DM_MESSAGES = 1 << 0, 1 << 1, 1 << 9, 1 << 12
KEPT_EVENTS = 2_000
RESUMABLE_SECONDS = 90.0


def intent_of(event: str, *, in_guild: bool, of_the_bot: bool = False) -> int:
    """The intent bit without which a session is not told of the event; 0: told always.

    ``of_the_bot``: a change of its own membership, which needs no intent.
    """
    if event == "GUILD_MEMBER_UPDATE" and of_the_bot:
        return 0
    if event.startswith("MESSAGE_"):
        return GUILD_MESSAGES if in_guild else DM_MESSAGES
    if event.startswith("GUILD_MEMBER_"):
        return MEMBERS
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return GUILDS
    return 0


class Session:
    """One shard's session: it outlives its connection for a while, to be resumed."""

    def __init__(self, shard: int, shards: int, intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard = shard
        self.shards = shards
        self.intents = intents
        self.sequence = 0
        self.lost_at: float | None = None
        self.connection: Connection | None = None
        self._kept: deque[tuple[int, str]] = deque(maxlen=KEPT_EVENTS)

    def is_for(self, guild: Guild | None) -> bool:
        """Whether events of the guild (None: direct messages) belong to this shard."""
        return self.shard == (0 if guild is None else (guild.id >> 22) % self.shards)

    def send(self, event: str, data: str) -> None:
        """Number an event, keep it for a resume, and send it if there is a connection."""
        self.sequence += 1
        frame = f'{{"op":0,"t":"{event}","s":{self.sequence},"d":{data}}}'
        self._kept.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.send(frame)

    def missed(self, sequence: int) -> list[str] | None:
        """The frames after the sequence number, or None if they are not all kept."""
        if sequence > self.sequence or (self._kept and self._kept[0][0] > sequence + 1):
            return None
        return [frame for number, frame in self._kept if number > sequence]


class Connection:
    """One websocket. What is sent is queued, so that events never wait for a slow reader."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.closing = False
        self.sent = Sliding(120, 60.0)
        self._queue: asyncio.Queue[str | int] = asyncio.Queue()

    def send(self, frame: str) -> None:
        self._queue.put_nowait(frame)

    def close(self, code: int) -> None:
        """Close with the code, after what is queued."""
        self.closing = True
        self._queue.put_nowait(code)

    async def write(self) -> None:
        """Send what is queued until it says to close."""
        while True:
            item = await self._queue.get()
            if isinstance(item, int):
                await self.socket.close(code=item)
                return
            await self.socket.send_str(item)


class Gateway:
    """The gateway of a server. ``shards``, ``max_concurrency``, ``session_starts``: as told by
    ``GET /gateway/bot``. ``forbidden_intents``: bits for which IDENTIFY is closed with 4014."""

    def __init__(
        self,
        server: DiscordServer,
        *,
        shards: int = 1,
        max_concurrency: int = 1,
        session_starts: int = 1000,
        forbidden_intents: int = 0,
    ) -> None:
        self._server = server
        self.shards = shards
        self.max_concurrency = max_concurrency
        self.session_starts = session_starts
        self.forbidden_intents = forbidden_intents
        self.identified = 0
        self.resumed = 0
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self._identifies: dict[int, Sliding] = {}

    # ── what tests do to it ──────────────────────────────────────────────────────────────────

    def drop(self, code: int = 4000) -> None:
        """Close every connection with the code; sessions can be resumed."""
        for connection in self.connections:
            connection.close(code)

    def reconnect(self) -> None:
        """Ask every client to reconnect and resume."""
        for connection in self.connections:
            connection.send(_frame(RECONNECT, None))

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every client that its session is invalid; if not ``resumable`` it is."""
        if not resumable:
            self.sessions.clear()
        for connection in self.connections:
            connection.send(_frame(INVALID_SESSION, resumable))

    # ── events ───────────────────────────────────────────────────────────────────────────────

    def dispatch(self, event: str, data: Json, guild: Guild | None) -> int:
        """Send an event to the sessions of the shard that want it; gives how many these are."""
        if not self.sessions:
            return 0
        of_the_bot = data.get("user", {}).get("id") == str(self._server.world.bot.id)
        intent = intent_of(event, in_guild=guild is not None, of_the_bot=of_the_bot)
        wanted = [
            session
            for session in self.sessions.values()
            if session.is_for(guild) and (not intent or session.intents & intent)
        ]
        if not wanted:
            return 0
        text = json.dumps(data, separators=(",", ":"))
        for session in wanted:
            session.send(event, text)
        return len(wanted)

    # ── one connection ───────────────────────────────────────────────────────────────────────

    async def serve(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Speak the gateway's protocol on one websocket until it closes."""
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket)
        self.connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(_frame(HELLO, {"heartbeat_interval": 41_250}))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        finally:
            self._lost(connection, socket.close_code)
            self.connections.discard(connection)
            self._server.world.changes.notify()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    def _lost(self, connection: Connection, code: int | None) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection = None
        session.lost_at = self._server.world.clock.now()
        if code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY) and not connection.closing:
            self.sessions.pop(session.id, None)  # the client meant to end it

    def _receive(self, connection: Connection, text: str) -> None:
        now = self._server.world.clock.now()
        if len(text) > 4096:
            return connection.close(4002)
        if self._server.limits.on and connection.sent.take(now):
            return connection.close(4008)
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            return connection.close(4002)
        if op == HEARTBEAT:
            connection.send(_frame(ACK, None))
        elif op == IDENTIFY:
            self._identify(connection, data, now)
        elif op == RESUME:
            self._resume(connection, data, now)
        elif connection.session is None:
            connection.close(4003)
        elif op == REQUEST_MEMBERS:
            self._members(connection.session, data)
        elif op not in _IGNORED:
            connection.close(4001)
        return None

    def _identify(self, connection: Connection, data: Json, now: float) -> None:
        if connection.session is not None:
            return connection.close(4005)
        if not self._server.is_token(data.get("token")):
            return connection.close(4004)
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            return connection.close(4010)
        if data["intents"] & self.forbidden_intents:
            return connection.close(4014)
        key = shard % self.max_concurrency
        pace = self._identifies.setdefault(key, Sliding(1, 5.0))
        if self._server.limits.on and pace.take(now):
            return connection.send(_frame(INVALID_SESSION, False))
        self.identified += 1
        self._forget_old(now)
        session = Session(shard, shards, data["intents"])
        session.connection, connection.session = connection, session
        self.sessions[session.id] = session
        self._ready(session)
        return None

    def _forget_old(self, now: float) -> None:
        old = [
            session.id
            for session in self.sessions.values()
            if session.lost_at is not None and now - session.lost_at > RESUMABLE_SECONDS
        ]
        for session_id in old:
            del self.sessions[session_id]

    def _ready(self, session: Session) -> None:
        world = self._server.world
        guilds = [g for g in world.guilds.values() if g.has_bot and session.is_for(g)]
        ready = {
            "v": 10,
            "user": world.bot.to_json(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._server.gateway_url,
            "shard": [session.shard, session.shards],
            "application": {"id": str(world.application_id), "flags": 0},
        }
        session.send("READY", json.dumps(ready))
        if session.intents & GUILDS:
            for guild in guilds:
                data = guild.to_json() | {"unavailable": False}  # it was there before
                session.send("GUILD_CREATE", json.dumps(data))
        world.changes.notify()

    def _resume(self, connection: Connection, data: Json, now: float) -> None:
        if not self._server.is_token(data.get("token")):
            return connection.close(4004)
        self._forget_old(now)
        session = self.sessions.get(str(data.get("session_id")))
        missed = None if session is None else session.missed(int(data.get("seq") or 0))
        if session is None or missed is None:
            return connection.send(_frame(INVALID_SESSION, False))
        if session.connection is not None:
            session.connection.close(4000)
        session.connection, connection.session = connection, session
        session.lost_at = None
        self.resumed += 1
        for frame in missed:
            connection.send(frame)
        session.send("RESUMED", "{}")
        self._server.world.changes.notify()
        return None

    def _members(self, session: Session, data: Json) -> None:
        guild = self._server.world.guilds[int(data["guild_id"])]
        chunk = {
            "guild_id": str(guild.id),
            "members": [member.to_json() for member in guild.members.values()],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        session.send("GUILD_MEMBERS_CHUNK", json.dumps(chunk))


def _frame(op: int, data: object) -> str:
    return json.dumps({"op": op, "d": data})
