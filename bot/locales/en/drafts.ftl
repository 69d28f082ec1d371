# Drafts: a channel's next edition, as its editors see it before its time.

draft-heading = { $n ->
    [0] Draft for { $place } · no article is left
    [one] Draft for { $place } · { $n } article
   *[other] Draft for { $place } · { $n } articles
}
draft-open = Goes out { $when }, unless somebody holds it.
draft-approved = Approved. Goes out { $when }.
draft-held = Held: it does not go out at its time ({ $when }), but as soon as somebody approves it after that.
draft-held-over = Held: it goes out as soon as somebody approves it. If nobody does, all of it is in the draft of the next digest ({ $when }).
draft-paused = The digest is paused; the draft waits.
draft-sent = Went out { $when }, as digest number { $number }.
draft-empty = Nothing was left of it, so nothing was posted.
draft-replaced = A newer draft has all of this, and what came since.
draft-void = No longer a draft: the channel follows nothing any more, or was told by other means.
draft-rest = Behind the button “+more”:
draft-dropped = Left out:
draft-and-more = … and { $n } more lines.

draft-act-approved = { $who } approved it.
draft-act-held = { $who } holds it.
draft-act-dropped = { $who } left out { $title }.
draft-act-kept = { $who } put { $title } back.
draft-act-pinned = { $who } pinned { $title }.
draft-act-sent = { $who } sent it before its time.

draft-you-approved = You approved it.
draft-you-held = You hold it.
draft-you-sent = On its way.
draft-overtaken = Somebody was faster, so nothing was changed by you. Have a look at it as it is now, then press again.
draft-moved = The draft has changed since.
draft-closed = That draft is closed.
draft-unknown = I do not know that draft.
draft-not-allowed = Only people who may manage this server (**Manage Server**), or messages in { $channel } (**Manage Messages**), can do that.
draft-nothing-left = No article is left in it.
draft-cards = As it would be posted now
draft-drop-which = Choose what to leave out of this digest. What is chosen is left out, what is not stays in.
draft-pin-which = Choose what comes first. Choose it again, and it goes back to its place.
draft-pins-full = { $n } articles are pinned, and that is the most.
pick-drop = Leave out…
pick-pin = Pin…
button-approve = Approve
button-hold = Hold
button-send-now = Send now
button-drop = Leave out…
button-pin = Pin…
button-see-cards = See the cards

review-on = { $n ->
    [one] The digests of { $place } are shown in { $staff } { $n } minute before their time. Without an objection they go out by themselves.
   *[other] The digests of { $place } are shown in { $staff } { $n } minutes before their time. Without an objection they go out by themselves.
}
review-off = The digests of { $place } go out without being shown to editors first. A draft that is out still goes its way.
review-was-off = The digests of { $place } are not shown to editors first.
review-none = The digests of { $place } are not shown to editors first. { COMMAND("channel review", "staff") } names the channel where they should be.
review-instantly = { $place } gets its articles as soon as they are published, so there is no time for a draft. Choose another time with { COMMAND("channel schedule") } first.
review-no-forum = A draft needs a text channel or a thread.
review-same = Readers would see the drafts there. Choose a channel that only the editors see.
review-out = A draft is out in { $staff }. It goes out { $when }.
review-held = A draft is out in { $staff }, and is held until somebody approves it.
review-trouble = ⚠️ The last draft could not be posted in { $staff }: { $reason }. Digests go out at their time all the same.
notice-review = ⚠️ I cannot show the draft for { $place } in { $staff }: { $reason }. The digest goes out at its time all the same. Please allow that in the channel's settings, or choose another with { COMMAND("channel review") }.
