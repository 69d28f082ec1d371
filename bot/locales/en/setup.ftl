# /channel setup and the other /channel commands.

## The steps

setup-where = **Step 1 of 3: where?** Choose where the digest should go. Nothing is posted before you have seen a preview.
setup-missing = I cannot post in { $place } yet: { $lacking }. Allow that in the channel's settings and press **Check again**, or choose another.
setup-what = **Step 2 of 3: what?** Choose what { $place } should follow.
setup-what-chosen = **Step 2 of 3: what?** Choose what { $place } should follow. So far: { $topics }.
setup-what-before = It follows { $topics } already; what you choose is added.
setup-when = **Step 3 of 3: when?** The digest of { $place } comes { $rhythm }.
setup-when-instantly = **Step 3 of 3: when?** In { $place }, new articles come { $rhythm }.
setup-review = **All right?** { $place } gets { $topics }. { $comes }
setup-review-latest = { $n ->
    [one] **All right?** { $place } gets { $topics }. { $comes } It begins with the latest; this is { $n } of them:
   *[other] **All right?** { $place } gets { $topics }. { $comes } It begins with the latest; these are { $n } of them:
}
setup-topic = { $topic } ({ $volume })
setup-done = Done: { $place } now follows { $topics }. { $next }
setup-done-latest = { $n ->
    [one] The latest article follows in a moment.
   *[other] The latest { $n } articles follow in a moment.
}
setup-done-status = { COMMAND("channel status") } tells how it goes.

## How it looks

look-changed = Done. From the next digest on, { $place } looks like this:
look-now = This is how the digest of { $place } looks:
look-is-cards = Look: **cards**, one for each article, with its picture and text.
look-is-compact = Look: **compact**, a line for each article.
look-is-lead = Look: **lead**, the first article large, then a line for each of the others.
look-colour-topic = Colour: that of each article's first topic.
look-colour-first = Colour: that of the first article's topic.
look-colour = Colour: { $colour }.
look-role = Each digest pings { $role }, once, and nobody else.
look-role-silent = Each digest pings { $role }, once, but without a notification: it comes silently.
look-silent = It comes silently: nobody is notified.
look-role-gone = ⚠️ The role that it pinged is gone. { COMMAND("channel look", "role") } picks another.
look-role-deaf = ⚠️ I may not ping { $role } there: nobody would be notified. In the role's settings, let everybody mention it, or allow me { $permission } in the channel.
look-sample = The latest articles, as an example:
look-sample-none = Nothing is published yet to show it with.
menu-look-cards = Cards: each article with its picture and text
menu-look-compact = Compact: a line for each article
menu-look-lead = Lead: one large article, then a line each
pick-by-topic = by topic
pick-blue = blue
pick-teal = teal
pick-green = green
pick-yellow = yellow
pick-orange = orange
pick-red = red
pick-pink = pink
pick-purple = purple

## Menus and forms

menu-channel = Choose a channel, thread or forum
menu-topics = Choose up to { $n } topics
menu-every-daily = every day
menu-every-weekly = every week
menu-every-hourly = every hour
menu-every-instantly = as soon as something is published
menu-day = on { $day }
menu-at = at { $at }
menu-zone = { $zone } (now { $now })
menu-your-zone = Your time zone
form-other = Another time
form-other-at = Time of day, like 09:30
form-other-zone = Time zone, like Europe/Berlin
form-other-zone-hint = Or what time it is there, like 17:30
form-time = When should it come?
form-time-every = How often
form-time-at = At
form-time-at-hint = Like 09:00, or 09:00 18:00
form-time-zone = Your time zone
form-time-zone-hint = Like Europe/Berlin; or what time it is for you, like 17:30
form-time-day = On which day, if weekly
form-choose = Which articles do you want?
form-choose-quality = Least quality, 0 to 100
form-choose-only-from = Only from
form-choose-not-from = Never from
form-choose-only-with = Only with one of these words
form-choose-not-with = Never with one of these words
form-choose-hint = With commas between; leave it empty to take all
menu-save = Choose what to save
menu-remove = Remove from saved…
menu-why = Which one?

## Buttons

button-back = Back
button-next = Next
button-confirm = Confirm
button-preview = Preview
button-check = Check again
button-busier = Busier topics
button-more-topics = More topics
button-other-time = Another time or zone
button-set-up = Set up a channel
button-change-time = Change time
button-choose = Choose articles
button-see-now = See it now
button-undo = Undo
button-settings = Settings
button-for-me = For me
button-save = Save
button-why = Why?
button-more = +{ $n } more
button-follow = Follow { $topic }
button-see-saved = See all I saved
button-download = Download
button-delete = Delete it…
button-delete-all = Delete all of it
button-keep = Keep it

## Topics

topics-none = There are no topics yet: they come with the first article.
topics-unknown = No topic is called { $topic }. { COMMAND("topics") } lists the busiest.
topics-unknown-near = No topic is called { $topic }. Did you mean { $near }?
topics-line = - { $topic } · { $volume }
topics-line-short = - { $topic } ({ $short }) · { $volume }
topics-more = …and { $n } more: { COMMAND("topics", "search") } finds them.
topics-follow = Follow one with { COMMAND("follow") }: start typing its name.

## Choices while typing. What is picked is sent as in English; both are understood.

pick-weekly = about { $n } a week
pick-tomorrow = tomorrow
pick-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
pick-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
pick-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
pick-forever = forever
pick-off = off

## Help

help = I bring you new articles on topics you choose, as a digest when you want it.
help-you = For you
help-you-text =
    { COMMAND("topics") }: what there is to follow, and how much each brings
    { COMMAND("follow") }: a topic in your direct messages; { COMMAND("following") }, { COMMAND("unfollow") }
    { COMMAND("schedule") }: when your digest comes: time, day, time zone, pause
    { COMMAND("digest") }: read it now, only for you
    { COMMAND("search") }: any article, by its words
    { COMMAND("saved") }: what you saved; { COMMAND("why") }: why an article was in your digest, or was not
    { COMMAND("data") }: what is stored about you, and delete it

    Under every digest: **For me** shows only your topics, **Save** keeps articles.
help-channels = For this server's channels
help-channels-text =
    { COMMAND("channel setup") }: begin here: it asks where, what and when, and shows a preview
    { COMMAND("channel list") }: what a channel follows; { COMMAND("channel follow") }, { COMMAND("channel unfollow") }
    { COMMAND("channel schedule") }, { COMMAND("channel pause") }, { COMMAND("channel resume") }: when
    { COMMAND("channel filter") }: which articles, and how many; { COMMAND("channel look") }: how they look
    { COMMAND("channel preview") }: the next digest, only for you; { COMMAND("channel post") }: post it now
    { COMMAND("channel review") }: your editors see each digest first, and decide
    { COMMAND("channel status") }: next and last digest, and what is in the way
help-begin = Begin with { COMMAND("follow") }: start typing a topic and pick one from the list.
help-begin-channel = Begin with { COMMAND("channel setup") }: your first channel has its digest in a minute.
