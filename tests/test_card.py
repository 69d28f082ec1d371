"""A whole article file, posted by the real program: every part of the card, and nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.discord_server import DiscordServer, permissions
from tests.process import running_bot

SECURED = "b3BhcXVl" * 30

FILE = f"""\
---
category: news
title: "Harbour cranes learn to read the wind"
excerpt: "The port of Lindwall taught its cranes to feel a gust before it comes — and to wait."
publishedDateTime: 2026-02-02T11:06:00Z
webUrl: "https://harbour.example/news/cranes-read-the-wind"
ampWebUrl: "https://harbour.example/news/cranes-read-the-wind/amp"
cdnAmpWebUrl: "https://harbour-example.cdn.example/c/s/harbour.example/news/cranes-read-the-wind/amp"
type: article
quality: 59
heat: -1
published: true

provider:
  name: Harbour Journal
  domain: harbour.example

topics:
  - AI
  - Computer Vision

images:
  - url: "https://pictures.example/2026/02/cranes.jpg"
    width: 1000
    height: 750
    title: "Harbour cranes learn to read the wind"

related:
  - title: "The crane driver who trained her own replacement"
    excerpt: "She says that it still asks her."
    publishedDateTime: 2026-01-31T09:41:00Z
    webUrl: "https://weekly.example/crane-driver?ref=front"
    type: article
    provider:
      name: The Weekly
      domain: weekly.example
    quality: 69
  - title: "What a gust costs"
    publishedDateTime: 2026-01-31T11:35:00Z
    webUrl: "https://ledger.example/gusts.html"
    provider:
      name: Ledger of the North
      domain: ledger.example

secured: "{SECURED}"
---
"""


async def test_a_card_shows_all_that_its_file_says(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "2026-02-02-cranes.md").write_text(FILE, encoding="utf-8")
    async with DiscordServer() as server:
        guild = server.world.add_guild("Newsroom")
        channel = guild.add_text_channel("ai-news")
        admin = server.world.add_user("ada")
        guild.add_member(admin, permissions=permissions.MANAGE_GUILD)
        async with running_bot(tmp_path, server):
            await server.wait_for_bot(20)
            await server.slash(admin, channel, "channel follow", topic="Computer Vision")
            (message,) = await server.wait_for_messages(channel, 1)
        (request,) = server.requests.to("POST", "/channels/*/messages")
    (card,) = message["embeds"]
    assert card["title"] == "Harbour cranes learn to read the wind"
    assert card["url"] == "https://harbour.example/news/cranes-read-the-wind"
    assert card["description"].endswith("a gust before it comes — and to wait.")
    assert card["image"]["url"] == "https://pictures.example/2026/02/cranes.jpg"
    assert card["author"]["name"] == "Harbour Journal"
    assert card["timestamp"].startswith("2026-02-02T11:06:00")
    assert card["footer"]["text"] == "AI · Computer Vision"
    (related,) = card["fields"]
    assert related["name"] == "Related"
    assert related["value"].splitlines() == [
        "[The crane driver who trained her own replacement]"
        "(https://weekly.example/crane-driver?ref=front) · The Weekly",
        "[What a gust costs](https://ledger.example/gusts.html) · Ledger of the North",
    ]
    assert isinstance(request.body, dict)
    assert request.body["allowed_mentions"] == {"parse": []}
    assert request.body["enforce_nonce"] is True
    assert SECURED[:24] not in str(message)
