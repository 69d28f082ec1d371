"""Takes what a person does in Discord; sends it to the bot, and gives what the bot answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import permissions
from .components import BUTTON, LABEL, LINK, PREMIUM, ROW, SELECTS, STRING_SELECT, TEXT_INPUT, walk
from .errors import Json
from .gateway import Gateway
from .interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
    Interactions,
    Reply,
)
from .messages import EPHEMERAL
from .model import DM, Channel, User
from .options import CannotDo, Resolved, Value, command_data, find_command
from .world import World


class Actors:
    """Acting as people. Whatever Discord's own client would refuse raises CannotDo."""

    world: World
    gateway: Gateway
    interactions: Interactions

    async def slash(self, user: User, channel: Channel, command: str, /, **options: Value) -> Reply:
        """Use a slash command, e.g. ``slash(user, channel, "channel follow", topic="AI")``.

        Gives the settled reply; NoReply if the bot does not answer in time.
        """
        return await self.start_slash(user, channel, command, **options).settled()

    def start_slash(self, user: User, channel: Channel, command: str, /, **options: Value) -> Reply:
        """The same without waiting: await the reply's ``acknowledged()`` or ``settled()``."""
        found, steps = self._command(user, channel, command)
        resolved = Resolved(channel.guild, self.world.clock.now())
        data = command_data(found, steps, options, resolved, user)
        return self._interact(COMMAND, user, channel, f"/{command}", data)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        command: str,
        option: str,
        typed: str,
        /,
        **others: Value,
    ) -> list[Json]:
        """Type into an option; gives the choices: ``[{"name": …, "value": …}]``."""
        found, steps = self._command(user, channel, command)
        resolved = Resolved(channel.guild, self.world.clock.now())
        given: Mapping[str, Value] = {**others, option: typed}
        data = command_data(found, steps, given, resolved, user, typing=option)
        name = f"autocomplete of /{command} {option}:{typed}"
        reply = self._interact(AUTOCOMPLETE, user, channel, name, data)
        return (await reply.acknowledged()).choices

    async def click(self, user: User, message: Json, button: str) -> Reply:
        """Click the button with this custom_id, or else this label."""
        found = self._component(user, message, button, {BUTTON})
        if found["style"] in (LINK, PREMIUM):
            raise CannotDo(f"the button {button!r} leads elsewhere: it sends nothing to the bot")
        data = {"custom_id": found["custom_id"], "component_type": BUTTON}
        return await self._use(user, message, f"click on {button}", data)

    async def select(self, user: User, message: Json, menu: str, /, *values: Value) -> Reply:
        """Choose from the select menu with this custom_id (or placeholder).

        ``values``: values or labels of options, or users, channels and roles.
        """
        found = self._component(user, message, menu, SELECTS)
        resolved = Resolved(self._place(message).guild, self.world.clock.now())
        chosen = _chosen(found, values, resolved, user)
        data = {"custom_id": found["custom_id"], "component_type": found["type"], "values": chosen}
        if resolved.data:
            data["resolved"] = resolved.data
        return await self._use(user, message, f"choice in {menu}", data)

    async def submit(self, reply: Reply, values: Mapping[str, str | Sequence[str]]) -> Reply:
        """Fill in the form that a reply opened, by custom_id or label, and send it."""
        modal = reply.modal
        if modal is None:
            raise CannotDo(f"no form was opened: {reply}")
        left = dict(values)
        components = [_filled(component, left) for component in modal["components"]]
        if left:
            raise CannotDo(f"the form has no {sorted(left)}")
        before = reply.interaction
        data = {"custom_id": modal["custom_id"], "components": components}
        name = f"form {modal['title']!r}"
        made = self._interact(
            MODAL_SUBMIT, before.user, before.channel, name, data, source=before.source
        )
        return await made.settled()

    # ── what it takes ────────────────────────────────────────────────────────────────────────

    def _command(self, user: User, channel: Channel, path: str) -> tuple[Json, list[Json]]:
        guild_id = None if channel.guild is None else channel.guild.id
        scopes = [self.world.commands[None]]
        if guild_id in self.world.commands and guild_id is not None:
            own = self.world.commands[guild_id]
            marked = {key: {**c, "guild_id": str(guild_id)} for key, c in own.items()}
            scopes.insert(0, marked)
        command, steps = find_command(path, scopes)
        contexts = command.get("contexts")
        context = 1 if channel.kind == DM else 0
        if contexts is not None and context not in contexts:
            raise CannotDo(f"/{path} is not offered here: its contexts are {contexts}")
        bits = channel.permissions_of(user, self.world.clock.now())
        needed = command.get("default_member_permissions")
        if channel.guild is not None and needed is not None:
            needs = int(needed) or permissions.ADMINISTRATOR
            if bits & needs != needs:
                raise CannotDo(f"/{path} is hidden from {user.name}: it needs permissions {needs}")
        return command, steps

    def _place(self, message: Json) -> Channel:
        channel = self.world.channels.get(int(message["channel_id"]))
        if channel is None:
            raise CannotDo("the message's channel is gone")
        return channel

    def _component(
        self, user: User, message: Json, key: str, kinds: set[int] | frozenset[int]
    ) -> Json:
        """The live component, by custom_id or else by label."""
        live = self._live(user, message)
        found = [c for c in walk(live["components"]) if c["type"] in kinds]
        for name in ("custom_id", "label", "placeholder"):
            for component in found:
                if component.get(name) == key:
                    if component.get("disabled"):
                        raise CannotDo(f"{key!r} is disabled")
                    return component
        there = [(c.get("custom_id"), c.get("label") or c.get("placeholder")) for c in found]
        raise CannotDo(f"no {key!r} on the message; there are {there}")

    def _live(self, user: User, message: Json) -> Json:
        live = self.interactions.look(self._place(message), int(message["id"]))
        if live is None:
            raise CannotDo("the message is gone")
        if live["flags"] & EPHEMERAL and live["interaction_metadata"]["user"]["id"] != str(user.id):
            raise CannotDo(f"{user.name} cannot see this message")
        return live

    async def _use(self, user: User, message: Json, name: str, data: Json) -> Reply:
        source, channel = self._live(user, message), self._place(message)
        reply = self._interact(COMPONENT, user, channel, name, data, source=source)
        return await reply.settled()

    def _interact(
        self,
        kind: int,
        user: User,
        channel: Channel,
        name: str,
        data: Json,
        source: Json | None = None,
    ) -> Reply:
        """Send INTERACTION_CREATE to the bot's shard; CannotDo if nobody is there to get it."""
        now = self.world.clock.now()
        bits = channel.permissions_of(user, now)
        alone = channel.recipient is user and not (user.installed or self.world.shares_guild(user))
        if alone or not bits & permissions.VIEW_CHANNEL or channel.recipient not in (None, user):
            raise CannotDo(f"{user.name} is not in {channel.name or 'this conversation'!r}")
        made = self.interactions.start(kind, user, channel, name, source)
        payload = self._payload(made, data, bits)
        if not self.gateway.dispatch("INTERACTION_CREATE", payload, channel.guild):
            raise CannotDo("no bot is connected to the gateway")
        return Reply(self.interactions, made)

    def _payload(self, made: Interaction, data: Json, bits: int) -> Json:
        channel, user, guild = made.channel, made.user, made.channel.guild
        app_bits = channel.permissions_of(self.world.bot, self.world.clock.now())
        payload: Json = {
            "id": str(made.id),
            "application_id": str(self.world.application_id),
            "type": made.kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel.id),
            "channel": channel.to_json() | {"permissions": str(bits)},
            "locale": user.locale,
            "entitlements": [],
            "attachment_size_limit": 10_485_760,
            "app_permissions": str(app_bits),
            "authorizing_integration_owners": {"0": "0" if guild is None else str(guild.id)},
            "context": 1 if guild is None else 0,
        }
        if guild is None:
            payload["user"] = user.to_json()
        else:
            member = guild.members[user.id].to_json() | {"permissions": str(bits)}
            payload |= {"guild_id": str(guild.id), "guild_locale": "en-US", "member": member}
            payload["guild"] = {"id": str(guild.id), "locale": "en-US", "features": []}
        if made.source is not None:
            payload["message"] = made.source
        return payload


def _chosen(menu: Json, values: Sequence[Value], resolved: Resolved, user: User) -> list[str]:
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not least <= len(values) <= most:
        raise CannotDo(f"{len(values)} chosen, not {least} to {most}")
    if menu["type"] != STRING_SELECT:
        return [resolved.add(value, user) for value in values]
    chosen = []
    for value in values:
        for option in menu["options"]:
            if value in (option["value"], option["label"]):
                chosen.append(option["value"])
                break
        else:
            raise CannotDo(f"{value!r} is none of {[o['label'] for o in menu['options']]}")
    return chosen


def _filled(component: Json, left: dict[str, str | Sequence[str]]) -> Json:
    """The component of a form as it is sent back; takes its values out of ``left``."""
    if component["type"] == ROW:
        inner = [_field(child, child.get("label"), left) for child in component["components"]]
        return {"type": ROW, "components": inner}
    if component["type"] == LABEL:
        inner_field = _field(component["component"], component["label"], left)
        return {"type": LABEL, "component": inner_field}
    return {"type": component["type"]}


def _field(field: Json, label: str | None, left: dict[str, str | Sequence[str]]) -> Json:
    key = field["custom_id"] if field["custom_id"] in left else label
    value = left.pop(key, None) if key is not None else None
    made: Json = {"type": field["type"], "custom_id": field["custom_id"]}
    if field["type"] != TEXT_INPUT:
        values = [value] if isinstance(value, str) else list(value or ())
        if field.get("required", True) and not values:
            raise CannotDo(f"{label!r} is required")
        return made | {"values": values}
    text = str(field.get("value") or "") if value is None else str(value)
    if field.get("required", True) and not text:
        raise CannotDo(f"{label!r} is required")
    most = field.get("max_length") or 4000
    if len(text) > most or len(text) < (field.get("min_length") or 0):
        raise CannotDo(f"{label!r}: {len(text)} characters do not fit")
    return made | {"value": text}
