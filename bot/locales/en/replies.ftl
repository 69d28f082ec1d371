# What follows and schedules are answered with. `place` is "you", or the mention of a channel.

## Numbers and times

articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
more = { $n } more
volume-nothing = nothing so far
volume-lately = { $n ->
    [one] { $n } article, none lately
   *[other] { $n } articles, none lately
}
volume-rare = less than one article a week
volume-weekly = { $n ->
    [one] about { $n } article a week
   *[other] about { $n } articles a week
}

# Adverbs: they end sentences like "Your digest comes …".
rhythm-instantly = as soon as they are published
rhythm-instantly-days = as soon as they are published, { $on }
rhythm-hourly = every hour at :{ $minute }
rhythm-hourly-days = every hour at :{ $minute }, { $on }
rhythm-daily = daily at { $at } ({ $zone })
rhythm-days = { $on } at { $at } ({ $zone })
rhythm-quiet = { $rhythm }, but not between { $start } and { $end }
rhythm-quiet-zone = { $rhythm }, but not between { $start } and { $end } ({ $zone })
on-weekdays = Monday to Friday
on-days = every { $days }

## When it comes

next-instantly = New articles come { $rhythm }.
next-digest = Next digest: { $when }, then { $rhythm }.
next-one = The next one: { $when }.
paused-forever = { $place ->
    [you] Paused; what comes meanwhile waits. { COMMAND("schedule", "pause_until", "off") } ends the pause.
   *[other] Paused; what comes meanwhile waits. { COMMAND("channel resume") } ends the pause.
}
paused-until = { $place ->
    [you] Paused until { $when }; what comes meanwhile waits. { COMMAND("schedule", "pause_until", "off") } ends it now.
   *[other] Paused until { $when }; what comes meanwhile waits. { COMMAND("channel resume") } ends it now.
}
comes = { $place ->
    [you] Your digest comes { $rhythm }.
   *[other] The digest of { $place } comes { $rhythm }.
}
comes-instantly = { $place ->
    [you] Your digest: new articles come { $rhythm }.
   *[other] The digest of { $place }: new articles come { $rhythm }.
}
nothing-to-come = { $place ->
    [you] { $comes } There is nothing to come yet: { COMMAND("follow") } a topic.
   *[other] { $comes } There is nothing to come yet: { COMMAND("channel follow") } a topic.
}
unscheduled = You follow no topic yet. Once you do, your digest comes { $rhythm }; here you can choose another time.

## Following

followed = { $place ->
    [you] You now follow { $topic } ({ $volume }). { $next }
   *[other] { $place } now follows { $topic } ({ $volume }). { $next }
}
followed-already = { $place ->
    [you] You already follow { $topic }. { $next }
   *[other] { $place } already follows { $topic }. { $next }
}
followed-rescheduled = { $place ->
    [you] You already follow { $topic }. Changed the time. { $next }
   *[other] { $place } already follows { $topic }. Changed the time. { $next }
}
on-their-way = { $place ->
    [you] { $n ->
        [one] The latest article is on the way to your direct messages.
       *[other] The latest { $n } articles are on the way to your direct messages.
    }
   *[other] { $n ->
        [one] The latest article is on the way to { $place }.
       *[other] The latest { $n } articles are on the way to { $place }.
    }
}
unfollowed = { $place ->
    [you] You no longer follow { $topic }. { COMMAND("follow", "topic", $label) } brings it back.
   *[other] { $place } no longer follows { $topic }. { COMMAND("channel follow", "topic", $label) } brings it back.
}
not-followed = { $place ->
    [you] You do not follow { $topic }.
   *[other] { $place } does not follow { $topic }.
}
not-followed-near = { $place ->
    [you] You do not follow { $topic }. Did you mean { $near }?
   *[other] { $place } does not follow { $topic }. Did you mean { $near }?
}
not-followed-any-more = You do not follow that any more.
following = { $place ->
    [you] You follow:
   *[other] { $place } follows:
}
following-topic = - { $topic } · { $volume }
following-more = - and { $n } more
following-held = ⚠️ Nothing can be sent right now: { $reason }.
nothing-followed = { $place ->
    [you] You follow no topic yet. Try { COMMAND("follow") }.
   *[other] { $place } follows no topic yet. Try { $command }.
}
unknown-topic = There is no topic { $topic }. Start typing and pick one from the list.
unknown-topic-near = There is no topic { $topic }. Did you mean { $near }?

## Filters

takes-everything = { $place ->
    [you] You get everything on your topics.
   *[other] { $place } takes everything on its topics.
}
takes-only = { $place ->
    [you] You get only: { $rules }.
   *[other] { $place } takes only: { $rules }.
}
rule-quality = quality { $n } or more
rule-heat = heat { $n } or more
rule-only-from = only from { $names }
rule-not-from = not from { $names }
rule-only-with = only with { $names }
rule-not-with = not with { $names }
rule-only-category = only of the category { $names }
rule-only-type = only of the type { $names }
shows = { $most ->
    [one] A digest shows { $most } article at most.
   *[other] A digest shows { $most } articles at most.
}
shows-and-waits = { $most ->
    [one] A digest shows { $most } article at most, and waits for at least { $least }.
   *[other] A digest shows { $most } articles at most, and waits for at least { $least }.
}

## Looking, posting, previewing

looked-follows-nothing = You follow no topic yet. Try { COMMAND("follow") }, or { COMMAND("digest") } with a topic to look at one.
looked-nothing = Nothing is published on your topics yet. New articles come with your next digest.
looked-topic = The latest on { $topic }:
looked-latest = Nothing new since your last digest. Here are the latest on your topics:
looked-new = { $n ->
    [one] { $n } article new for you.
   *[other] { $n } articles new for you.
}
looked-new-more = { $n ->
    [one] { $n } article new for you. The other { $more } come with your next digest.
   *[other] { $n } articles new for you. The other { $more } come with your next digest.
}
posted = { $n ->
    [one] On its way to { $place }: { $n } article.
   *[other] On its way to { $place }: { $n } articles.
}
posted-more = { $n ->
    [one] On its way to { $place }: { $n } article, and { $more } more behind a button.
   *[other] On its way to { $place }: { $n } articles, and { $more } more behind a button.
}
covers = It covers everything since { $since }.
covers-late = It was due { $due } and late; it covers everything since { $since }.
posted-latest = { $n ->
    [one] Nothing new for { $place }, so here come the latest { $n } article it has not had.
   *[other] Nothing new for { $place }, so here come the latest { $n } articles it has not had.
}
posted-under-way = A digest for { $place } was asked for a moment ago and is on its way.
posted-nothing = { $place } has had every article on its topics. New ones come by themselves.
posted-follows-nothing = { $place } follows no topic yet. Try { COMMAND("channel setup") } first.
previewed-nothing = Nothing is published yet on what { $place } follows. { $next }
previewed-latest = Nothing new for { $place } so far; these are the latest on its topics. { $next }
previewed = { $n ->
    [one] As of now, the next digest of { $place } holds { $n } article.
   *[other] As of now, the next digest of { $place } holds { $n } articles.
}
previewed-first = { $n ->
    [one] As of now, the next digest of { $place } holds { $n } article. The first { $shown }:
   *[other] As of now, the next digest of { $place } holds { $n } articles. The first { $shown }:
}

## What is posted for all

heading-first = **To begin with: the latest articles.** New ones follow on schedule.
heading = { $n ->
    [one] **Your digest** · { $n } article
   *[other] **Your digest** · { $n } articles
}
post-name = { $n ->
    [one] Digest · { $n } article · { $day }
   *[other] Digest · { $n } articles · { $day }
}
post-name-alone = Digest
post-name-withdrawn = Withdrawn by the publisher

## What became of an article since it was posted: small, on its card. `at` is how long ago.

card-withdrawn = *withdrawn by the publisher*
card-corrected = *corrected { $at }*

## How a channel stands

rights = I have every permission I need in { $place }.
rights-missing = ⚠️ { $place }: { $lacking }. Allow that in the channel's settings.
standing-nothing = { $place } follows no topic yet. { COMMAND("channel setup") } leads you through it.
standing = { $place } follows { $topics }.
standing-more = { $place } follows { $topics } and { $more } more.
standing-waiting = { $n ->
    [one] { $n } message on the way.
   *[other] { $n } messages on the way.
}
standing-held = { $n ->
    [one] ⚠️ { $n } message held back: { $reason }. { COMMAND("channel post") } tries again at once.
   *[other] ⚠️ { $n } messages held back: { $reason }. { COMMAND("channel post") } tries again at once.
}
standing-dead = { $n ->
    [one] { $n } message could never be posted.
   *[other] { $n } messages could never be posted.
}
standing-dead-because = { $n ->
    [one] { $n } message could never be posted; the last because { $reason }.
   *[other] { $n } messages could never be posted; the last because { $reason }.
}
last-none = Last digest: none yet.
last-unposted = { $n ->
    [one] Last digest: number { $number }, { $when }, { $n } article; not posted yet.
   *[other] Last digest: number { $number }, { $when }, { $n } articles; not posted yet.
}
last = { $n ->
    [one] Last digest: number { $number }, { $when }, { $n } article. { $link }
   *[other] Last digest: number { $number }, { $when }, { $n } articles. { $link }
}
