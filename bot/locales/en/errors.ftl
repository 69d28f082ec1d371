# What could not be done, and what to do. Those of the domain are called as its errors are.

something-broke = Sorry, that did not work, and it is our fault. Nothing was changed; please try again.
not-allowed = Only people who may manage this server ({ $permission }) can do that.
only-in-servers = That works in a server. Try it there.
changed-command = This command has just changed. Please type it again in a minute.
option-unclear = I do not understand one of the options. Please pick it from the list.
gone-button = That button is from an older version of me. The commands still work: try { COMMAND("help") }.

no-place = I can post in text channels, announcement channels, threads and forums. Name one with the option `{ $option }`.
place-gone = I do not see that channel any more. Begin again with { COMMAND("channel setup") }.
place-closed = I cannot post in { $place } yet: { $lacking }. Allow that in the channel's settings, then try again.
choose-channel = Choose a channel first: { COMMAND("channel setup") } begins again.
choose-topic = Choose a topic first.
choose-from-menu = Choose one from the menu.
no-articles = There are no articles yet, so there is nothing to follow. Come back!
no-names = There is no name and no word in “{ $typed }”.
too-many-names = That is too many: { $most } at most.
not-a-quality = “{ $typed }” is not a quality. Write a number from 0 to 100.
quiet-form = Write quiet hours like 22:00-07:00, or “off” for none.
topic-gone = There is no topic behind that button any more.

not-a-colour = “{ $typed }” is not a colour I know. Write it like #1F8B4C, or “by topic”.
role-everyone = I never ping everybody. Choose a role that people can take or leave.
role-unknown = I do not see that role in this server. Pick it from the list.
not-a-time = “{ $typed }” is not a time of day. Write it like 09:00 or 17:30.
too-often = That is too often: at most { $most } times a day.
no-such-day = A week has seven days, from 0 (Monday) to 6 (Sunday).
not-a-number-of-articles = A number of articles is between 1 and { $most }.
not-a-pause = I do not understand “{ $typed }”. Write a date like 2026-12-24, or “tomorrow”, “2 weeks”, “forever”, or “off” to go on.
pause-in-the-past = That is in the past. Write “off” to go on now.
pause-too-long = That is years away. Write “forever” to pause until you end it yourself.
not-a-zone = “{ $typed }” is not a time zone I know. Write one like Europe/Berlin, or what time it is for you, like 17:30.
no-zone-now = It is { $typed } nowhere now. Is that what your clock shows?
which-zone-now = { $n ->
    [one] There are zones where it is { $typed } now. Did you mean { $zones }?
   *[other] There are zones where it is { $typed } now. Which one is yours: { $zones }?
}
which-zone = { $n ->
    [one] “{ $typed }” is not the name of a time zone. Did you mean { $zones }?
   *[other] “{ $typed }” is not the name of a time zone. Which one is yours: { $zones }?
}
