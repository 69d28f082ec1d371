# Search, saved articles, For me, why, and a person's own data.

withdrawn = Those articles are no longer published.
untitled = Untitled

## Search

search-no-words = Write a word or two to look for, like `robots` or `climate report`.
search-nothing = No article has { $words }. Try a shorter or another word.
search-nothing-many = No article has { $words }. Try fewer or shorter words.
search-found = { $n ->
    [one] **{ $n } article** with { $words }
   *[other] **{ $n } articles** with { $words }
}
page-of = { $heading } · { $first } to { $last } of { $total }

## Saved

saved-nothing = You have saved nothing yet. Press **Save** under any digest or search result.
saved-full = You have saved { $n } articles, and that is all I can hold. Make room first.
saved = { $n ->
    [one] Saved. You now have { $n } article in { COMMAND("saved") }.
   *[other] Saved. You now have { $n } articles in { COMMAND("saved") }.
}
saved-already = { $n ->
    [one] Saved already. You have { $n } article in { COMMAND("saved") }.
   *[other] Saved already. You have { $n } articles in { COMMAND("saved") }.
}
shelf = { $n ->
    [one] **You saved { $n } article**
   *[other] **You saved { $n } articles**
}
shelf-page = { $n ->
    [one] **You saved { $n } article** · { $first } to { $last }
   *[other] **You saved { $n } articles** · { $first } to { $last }
}
export-title = Saved articles
export-file = Here is everything you saved, as a Markdown file.
export-name = saved-articles
save-which = Choose what to save. { COMMAND("saved") } shows it whenever you like.

## For me, and more

more-of-digest = **More of this digest**
for-me = { $n ->
    [one] **For you:** { $mine } of { $n } article here
   *[other] **For you:** { $mine } of { $n } articles here
}
for-me-nothing = { $n ->
    [one] This article is not on what you follow: { $topics }.
   *[other] None of these { $n } articles is on what you follow: { $topics }.
}
for-me-follow = You follow no topic yet. Follow one, and this button shows only your articles of a digest. They also come to your direct messages, daily unless you choose otherwise.

## Why. `whose` is "your" (the reader's own digest) or "channel".

why-which = Which article do you wonder about?
why-no-article = I find no such article. Type words of its title and pick it.
why-follows-nothing = { $whose ->
    [your] You follow no topic, so there is no digest of yours. { COMMAND("follow") } begins one.
   *[channel] This channel follows nothing any more.
}
why-shown = { $whose ->
    [your] In your digest number { $number }, because it is on { $topics }, which you follow.
   *[channel] In digest number { $number } of this channel, because it is on { $topics }, which this channel follows.
}
why-update = { $whose ->
    [your] In your digest number { $number } as an update: its story was told before, and has grown since.
   *[channel] In digest number { $number } of this channel as an update: its story was told before, and has grown since.
}
why-folded = { $whose ->
    [your] In your digest number { $number }, among the related links of { $told }: both tell the same story.
   *[channel] In digest number { $number } of this channel, among the related links of { $told }: both tell the same story.
}
why-folds = { $whose ->
    [your] It comes with your next digest, among the related links of { $told }: both tell the same story.
   *[channel] It comes with this channel's next digest, among the related links of { $told }: both tell the same story.
}
why-rest = { $whose ->
    [your] In your digest number { $number }, behind the button “+more”: it is on { $topics }, which you follow, but the digest was full.
   *[channel] In digest number { $number } of this channel, behind the button “+more”: it is on { $topics }, which this channel follows, but the digest was full.
}
why-waiting = { $whose ->
    [your] It comes with your next digest: it is on { $topics }, which you follow.
   *[channel] It comes with this channel's next digest: it is on { $topics }, which this channel follows.
}
why-too-few = { $whose ->
    [your] It waits for others ({ $detail }), so that your digest is worth making.
   *[channel] It waits for others ({ $detail }), so that this channel's digest is worth making.
}
why-earlier = { $whose ->
    [your] Your digest had it before, and does not repeat it.
   *[channel] This channel's digest had it before, and does not repeat it.
}
why-told = { $whose ->
    [your] Not in your digest: its story was told with { $told }, and has not grown much.
   *[channel] Not in this channel's digest: its story was told with { $told }, and has not grown much.
}
why-other-topic = { $whose ->
    [your] Not in your digest: it is on none of the topics you follow.
   *[channel] Not in this channel's digest: it is on none of the topics this channel follows.
}
why-followed-later = { $whose ->
    [your] Not in your digest: it came before you followed the topic.
   *[channel] Not in this channel's digest: it came before the topic was followed.
}
why-low-quality = { $whose ->
    [your] Not in your digest: its quality is too low ({ $detail }).
   *[channel] Not in this channel's digest: its quality is too low ({ $detail }).
}
why-low-heat = { $whose ->
    [your] Not in your digest: it is not read enough ({ $detail }).
   *[channel] Not in this channel's digest: it is not read enough ({ $detail }).
}
why-provider = { $whose ->
    [your] Not in your digest: the filters leave out { $detail }.
   *[channel] Not in this channel's digest: the filters leave out { $detail }.
}
why-word-missing = { $whose ->
    [your] Not in your digest: it has none of the words asked for ({ $detail }).
   *[channel] Not in this channel's digest: it has none of the words asked for ({ $detail }).
}
why-word-excluded = { $whose ->
    [your] Not in your digest: the filters leave out articles with { $detail }.
   *[channel] Not in this channel's digest: the filters leave out articles with { $detail }.
}
why-kind = { $whose ->
    [your] Not in your digest: the filters leave out its kind ({ $detail }).
   *[channel] Not in this channel's digest: the filters leave out its kind ({ $detail }).
}
why-left-out = { $whose ->
    [your] Not in your digest: an editor left it out.
   *[channel] Not in this channel's digest: an editor left it out.
}
why-old = { $whose ->
    [your] Not in your digest: it was too old to be news when it came. { COMMAND("search") } finds it.
   *[channel] Not in this channel's digest: it was too old to be news when it came. { COMMAND("search") } finds it.
}
why-not-published = It is not published any more.
why-otherwise-then = { $whose ->
    [your] Not in your digest: topics or filters were others when it was made.
   *[channel] Not in this channel's digest: topics or filters were others when it was made.
}
another-article = another article
a-topic = a topic

## What cannot be sent

held-dm = ⚠️ I cannot send you direct messages. Allow them in this server's privacy settings, then use { COMMAND("digest") }: what waits is sent.
held-dm-more = { held-dm } The same goes for { $more } more.
held-channel = ⚠️ I cannot post in { $place }: { $reason }. { COMMAND("channel status") } says what to do.
held-channel-more = { held-channel } The same goes for { $more } more.

## A person's own data

data-nothing = I have nothing stored about you. I would, if you followed or saved something.
data = **What I have stored about you**, under your Discord ID and nothing else:
data-topics = { $n ->
    [one] - { $n } topic you follow, and since when
   *[other] - { $n } topics you follow, and since when
}
data-schedule = - your schedule: { $rhythm }
data-language = - the language you use Discord in: { $language }
data-editions = { $n ->
    [one] - what was in { $n } digest I made for you
   *[other] - what was in { $n } digests I made for you
}
data-waiting = { $n ->
    [one] - { $n } message to you, still to be sent
   *[other] - { $n } messages to you, still to be sent
}
data-dm = - where our direct messages are (their ID)
data-saved = { $n ->
    [one] - { $n } article you saved
   *[other] - { $n } articles you saved
}
data-channels = { $n ->
    [one] - that you set up { $n } channel
   *[other] - that you set up { $n } channels
}
data-acts = { $n ->
    [one] - { $n } thing you did to drafts of digests, which other editors see
   *[other] - { $n } things you did to drafts of digests, which other editors see
}
data-never-else = I never store your name, your messages or what else you click.
data-never = I never store your name, your messages or what you click.
data-confirm = Delete all of it? You will follow nothing, your saved articles go, and nothing more is sent to you. It cannot be undone. Channels you set up go on without your name.
data-deleted = Done: I have nothing stored about you any more. { COMMAND("follow") } would start afresh.
data-kept = Nothing was deleted.
detail-short-of = { $n }, { $wanted } wanted
detail-unmeasured = not measured, { $wanted } wanted
