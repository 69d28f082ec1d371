# Antworten rund um das Folgen und die Zeit. `place` ist "you" (du selbst) oder die Erwähnung eines Kanals.

## Zahlen und Zeiten

articles = { $n } Artikel
more = { $n } weitere
volume-nothing = bisher nichts
volume-lately = { $n } Artikel, zuletzt keine
volume-rare = weniger als ein Artikel pro Woche
volume-weekly = etwa { $n } Artikel pro Woche

# Angaben, wie sie in „Dein Digest kommt …“ stehen.
rhythm-instantly = sobald sie erscheinen
rhythm-instantly-days = { $on }, sobald sie erscheinen
rhythm-hourly = stündlich zur Minute { $minute }
rhythm-hourly-days = { $on } stündlich zur Minute { $minute }
rhythm-daily = täglich um { $at } Uhr ({ $zone })
rhythm-days = { $on } um { $at } Uhr ({ $zone })
rhythm-quiet = { $rhythm }, aber nicht zwischen { $start } und { $end } Uhr
rhythm-quiet-zone = { $rhythm }, aber nicht zwischen { $start } und { $end } Uhr ({ $zone })
on-weekdays = von Montag bis Freitag
on-days = jeden { $days }

## Wann etwas kommt

next-instantly = Neue Artikel kommen { $rhythm }.
next-digest = Nächster Digest: { $when }, danach { $rhythm }.
next-one = Der nächste: { $when }.
paused-forever = { $place ->
    [you] Pause; was inzwischen erscheint, wartet. { COMMAND("schedule", "pause_until", "aus") } beendet die Pause.
   *[other] Pause; was inzwischen erscheint, wartet. { COMMAND("channel resume") } beendet die Pause.
}
paused-until = { $place ->
    [you] Pause bis { $when }; was inzwischen erscheint, wartet. { COMMAND("schedule", "pause_until", "aus") } beendet sie jetzt.
   *[other] Pause bis { $when }; was inzwischen erscheint, wartet. { COMMAND("channel resume") } beendet sie jetzt.
}
comes = { $place ->
    [you] Dein Digest kommt { $rhythm }.
   *[other] Der Digest von { $place } kommt { $rhythm }.
}
comes-instantly = { $place ->
    [you] Dein Digest: Neue Artikel kommen { $rhythm }.
   *[other] Der Digest von { $place }: Neue Artikel kommen { $rhythm }.
}
nothing-to-come = { $place ->
    [you] { $comes } Noch gibt es nichts, was kommen könnte: Folge mit { COMMAND("follow") } einem Thema.
   *[other] { $comes } Noch gibt es nichts, was kommen könnte: Wähle mit { COMMAND("channel follow") } ein Thema.
}
unscheduled = Du folgst noch keinem Thema. Sobald du einem folgst, kommt dein Digest { $rhythm }; hier kannst du eine andere Zeit wählen.

## Folgen

followed = { $place ->
    [you] Du folgst jetzt { $topic } ({ $volume }). { $next }
   *[other] { $place } folgt jetzt { $topic } ({ $volume }). { $next }
}
followed-already = { $place ->
    [you] Du folgst { $topic } schon. { $next }
   *[other] { $place } folgt { $topic } schon. { $next }
}
followed-rescheduled = { $place ->
    [you] Du folgst { $topic } schon. Die Zeit ist geändert. { $next }
   *[other] { $place } folgt { $topic } schon. Die Zeit ist geändert. { $next }
}
on-their-way = { $place ->
    [you] { $n ->
        [one] Der neueste Artikel ist als Direktnachricht unterwegs zu dir.
       *[other] Die neuesten { $n } Artikel sind als Direktnachricht unterwegs zu dir.
    }
   *[other] { $n ->
        [one] Der neueste Artikel ist unterwegs zu { $place }.
       *[other] Die neuesten { $n } Artikel sind unterwegs zu { $place }.
    }
}
unfollowed = { $place ->
    [you] Du folgst { $topic } nicht mehr. { COMMAND("follow", "topic", $label) } macht es rückgängig.
   *[other] { $place } folgt { $topic } nicht mehr. { COMMAND("channel follow", "topic", $label) } macht es rückgängig.
}
not-followed = { $place ->
    [you] Du folgst { $topic } nicht.
   *[other] { $place } folgt { $topic } nicht.
}
not-followed-near = { $place ->
    [you] Du folgst { $topic } nicht. Meintest du { $near }?
   *[other] { $place } folgt { $topic } nicht. Meintest du { $near }?
}
not-followed-any-more = Dem folgst du nicht mehr.
following = { $place ->
    [you] Du folgst:
   *[other] { $place } folgt:
}
following-topic = - { $topic } · { $volume }
following-more = - und { $n } weiteren
following-held = ⚠️ Im Moment kann nichts gesendet werden: { $reason }.
nothing-followed = { $place ->
    [you] Du folgst noch keinem Thema. Probier { COMMAND("follow") }.
   *[other] { $place } folgt noch keinem Thema. Probier { $command }.
}
unknown-topic = Ein Thema { $topic } gibt es nicht. Fang an zu tippen und wähle eins aus der Liste.
unknown-topic-near = Ein Thema { $topic } gibt es nicht. Meintest du { $near }?

## Filter

takes-everything = { $place ->
    [you] Du bekommst alles zu deinen Themen.
   *[other] { $place } nimmt alles zu seinen Themen.
}
takes-only = { $place ->
    [you] Du bekommst nur: { $rules }.
   *[other] { $place } nimmt nur: { $rules }.
}
rule-quality = Qualität mindestens { $n }
rule-heat = Beachtung mindestens { $n }
rule-only-from = nur von { $names }
rule-not-from = nicht von { $names }
rule-only-with = nur mit { $names }
rule-not-with = nicht mit { $names }
rule-only-category = nur aus der Rubrik { $names }
rule-only-type = nur von der Art { $names }
shows = Ein Digest zeigt höchstens { $most } Artikel.
shows-and-waits = Ein Digest zeigt höchstens { $most } Artikel und wartet auf mindestens { $least }.

## Ansehen, posten, Vorschau

looked-follows-nothing = Du folgst noch keinem Thema. Probier { COMMAND("follow") }, oder sieh dir mit { COMMAND("digest") } eines an.
looked-nothing = Zu deinen Themen ist noch nichts erschienen. Neue Artikel kommen mit deinem nächsten Digest.
looked-topic = Das Neueste zu { $topic }:
looked-latest = Seit deinem letzten Digest gibt es nichts Neues. Hier ist das Neueste zu deinen Themen:
looked-new = { $n ->
    [one] { $n } neuer Artikel für dich.
   *[other] { $n } neue Artikel für dich.
}
looked-new-more = { $n ->
    [one] { $n } neuer Artikel für dich. Die anderen { $more } kommen mit deinem nächsten Digest.
   *[other] { $n } neue Artikel für dich. Die anderen { $more } kommen mit deinem nächsten Digest.
}
posted = Unterwegs zu { $place }: { $n } Artikel.
posted-more = Unterwegs zu { $place }: { $n } Artikel und { $more } weitere hinter einem Button.
covers = Er umfasst alles seit { $since }.
covers-late = Er war für { $due } vorgesehen und kam später; er umfasst alles seit { $since }.
posted-latest = { $n ->
    [one] Nichts Neues für { $place }, darum kommt jetzt der neueste Artikel, den es dort noch nicht gab.
   *[other] Nichts Neues für { $place }, darum kommen jetzt die neuesten { $n } Artikel, die es dort noch nicht gab.
}
posted-under-way = Ein Digest für { $place } wurde gerade erst angefordert und ist unterwegs.
posted-nothing = { $place } hatte schon jeden Artikel zu seinen Themen. Neue kommen von selbst.
posted-follows-nothing = { $place } folgt noch keinem Thema. Probier zuerst { COMMAND("channel setup") }.
previewed-nothing = Zu den Themen von { $place } ist noch nichts erschienen. { $next }
previewed-latest = Bisher nichts Neues für { $place }; das hier ist das Neueste zu seinen Themen. { $next }
previewed = Stand jetzt bringt der nächste Digest von { $place } { $n } Artikel.
previewed-first = Stand jetzt bringt der nächste Digest von { $place } { $n } Artikel. Die ersten { $shown }:

## Was für alle gepostet wird

heading-first = **Für den Anfang: die neuesten Artikel.** Weitere folgen nach Plan.
heading = **Dein Digest** · { $n } Artikel
post-name = Digest · { $n } Artikel · { $day }
post-name-alone = Digest
post-name-withdrawn = Vom Herausgeber zurückgezogen

card-withdrawn = *vom Herausgeber zurückgezogen*
card-corrected = *korrigiert { $at }*

## Wie es um einen Kanal steht

rights = In { $place } habe ich alle Berechtigungen, die ich brauche.
rights-missing = ⚠️ { $place }: { $lacking }. Erlaube das in den Kanaleinstellungen.
standing-nothing = { $place } folgt noch keinem Thema. { COMMAND("channel setup") } führt dich hindurch.
standing = { $place } folgt { $topics }.
standing-more = { $place } folgt { $topics } und { $more } weiteren.
standing-waiting = { $n ->
    [one] { $n } Nachricht ist unterwegs.
   *[other] { $n } Nachrichten sind unterwegs.
}
standing-held = { $n ->
    [one] ⚠️ { $n } Nachricht wird zurückgehalten: { $reason }. { COMMAND("channel post") } versucht es sofort noch einmal.
   *[other] ⚠️ { $n } Nachrichten werden zurückgehalten: { $reason }. { COMMAND("channel post") } versucht es sofort noch einmal.
}
standing-dead = { $n ->
    [one] { $n } Nachricht konnte nie gepostet werden.
   *[other] { $n } Nachrichten konnten nie gepostet werden.
}
standing-dead-because = { $n ->
    [one] { $n } Nachricht konnte nie gepostet werden; der letzte Grund: { $reason }.
   *[other] { $n } Nachrichten konnten nie gepostet werden; der letzte Grund: { $reason }.
}
last-none = Letzter Digest: noch keiner.
last-unposted = Letzter Digest: Nummer { $number }, { $when }, { $n } Artikel; noch nicht gepostet.
last = Letzter Digest: Nummer { $number }, { $when }, { $n } Artikel. { $link }
