# Suche, Gespeichertes, Für mich, warum, und die Daten einer Person.

withdrawn = Diese Artikel sind nicht mehr veröffentlicht.
untitled = Ohne Titel

## Suche

search-no-words = Schreib ein oder zwei Wörter, nach denen ich suchen soll, zum Beispiel `Roboter` oder `Klimabericht`.
search-nothing = Kein Artikel enthält { $words }. Versuch es mit einem kürzeren oder anderen Wort.
search-nothing-many = Kein Artikel enthält { $words }. Versuch es mit weniger oder kürzeren Wörtern.
search-found = **{ $n } Artikel** mit { $words }
page-of = { $heading } · { $first } bis { $last } von { $total }

## Gespeichert

saved-nothing = Du hast noch nichts gespeichert. Drück unter einem Digest oder Suchergebnis auf **Speichern**.
saved-full = Du hast { $n } Artikel gespeichert, mehr kann ich nicht behalten. Schaff zuerst Platz.
saved = Gespeichert. Du hast jetzt { $n } Artikel unter { COMMAND("saved") }.
saved-already = Schon gespeichert. Du hast { $n } Artikel unter { COMMAND("saved") }.
shelf = **Du hast { $n } Artikel gespeichert**
shelf-page = **Du hast { $n } Artikel gespeichert** · { $first } bis { $last }
export-title = Gespeicherte Artikel
export-file = Hier ist alles, was du gespeichert hast, als Markdown-Datei.
export-name = gespeicherte-artikel
save-which = Wähle, was du speichern möchtest. { COMMAND("saved") } zeigt es dir jederzeit.

## Für mich, und mehr

more-of-digest = **Mehr aus diesem Digest**
for-me = **Für dich:** { $mine } von { $n } Artikeln hier
for-me-nothing = { $n ->
    [one] Dieser Artikel gehört zu keinem der Themen, denen du folgst: { $topics }.
   *[other] Keiner dieser { $n } Artikel gehört zu einem der Themen, denen du folgst: { $topics }.
}
for-me-follow = Du folgst noch keinem Thema. Folge einem, und dieser Button zeigt dir nur deine Artikel eines Digests. Sie kommen auch als Direktnachricht, täglich, wenn du nichts anderes wählst.

## Warum

why-which = Welchen Artikel meinst du?
why-no-article = So einen Artikel finde ich nicht. Tippe Wörter aus dem Titel und wähle ihn aus.
why-follows-nothing = { $whose ->
    [your] Du folgst keinem Thema, darum gibt es keinen Digest von dir. { COMMAND("follow") } beginnt einen.
   *[channel] Dieser Kanal folgt nichts mehr.
}
why-shown = { $whose ->
    [your] In deinem Digest Nummer { $number }, denn er gehört zu { $topics }, und dem folgst du.
   *[channel] In Digest Nummer { $number } dieses Kanals, denn er gehört zu { $topics }, und dem folgt dieser Kanal.
}
why-update = { $whose ->
    [your] In deinem Digest Nummer { $number } als Neuigkeit: Seine Geschichte wurde schon erzählt und ist seither gewachsen.
   *[channel] In Digest Nummer { $number } dieses Kanals als Neuigkeit: Seine Geschichte wurde schon erzählt und ist seither gewachsen.
}
why-folded = { $whose ->
    [your] In deinem Digest Nummer { $number }, bei den verwandten Links von { $told }: Beide erzählen dieselbe Geschichte.
   *[channel] In Digest Nummer { $number } dieses Kanals, bei den verwandten Links von { $told }: Beide erzählen dieselbe Geschichte.
}
why-folds = { $whose ->
    [your] Er kommt mit deinem nächsten Digest, bei den verwandten Links von { $told }: Beide erzählen dieselbe Geschichte.
   *[channel] Er kommt mit dem nächsten Digest dieses Kanals, bei den verwandten Links von { $told }: Beide erzählen dieselbe Geschichte.
}
why-rest = { $whose ->
    [your] In deinem Digest Nummer { $number }, hinter dem Button „+weitere“: Er gehört zu { $topics }, und dem folgst du, aber der Digest war voll.
   *[channel] In Digest Nummer { $number } dieses Kanals, hinter dem Button „+weitere“: Er gehört zu { $topics }, und dem folgt dieser Kanal, aber der Digest war voll.
}
why-waiting = { $whose ->
    [your] Er kommt mit deinem nächsten Digest: Er gehört zu { $topics }, und dem folgst du.
   *[channel] Er kommt mit dem nächsten Digest dieses Kanals: Er gehört zu { $topics }, und dem folgt dieser Kanal.
}
why-too-few = { $whose ->
    [your] Er wartet auf andere ({ $detail }), damit sich dein Digest lohnt.
   *[channel] Er wartet auf andere ({ $detail }), damit sich der Digest dieses Kanals lohnt.
}
why-earlier = { $whose ->
    [your] Dein Digest hatte ihn schon und wiederholt ihn nicht.
   *[channel] Der Digest dieses Kanals hatte ihn schon und wiederholt ihn nicht.
}
why-told = { $whose ->
    [your] Nicht in deinem Digest: Seine Geschichte wurde mit { $told } erzählt und ist kaum gewachsen.
   *[channel] Nicht im Digest dieses Kanals: Seine Geschichte wurde mit { $told } erzählt und ist kaum gewachsen.
}
why-other-topic = { $whose ->
    [your] Nicht in deinem Digest: Er gehört zu keinem der Themen, denen du folgst.
   *[channel] Nicht im Digest dieses Kanals: Er gehört zu keinem der Themen, denen dieser Kanal folgt.
}
why-followed-later = { $whose ->
    [your] Nicht in deinem Digest: Er erschien, bevor du dem Thema gefolgt bist.
   *[channel] Nicht im Digest dieses Kanals: Er erschien, bevor der Kanal dem Thema gefolgt ist.
}
why-low-quality = { $whose ->
    [your] Nicht in deinem Digest: Seine Qualität ist zu niedrig ({ $detail }).
   *[channel] Nicht im Digest dieses Kanals: Seine Qualität ist zu niedrig ({ $detail }).
}
why-low-heat = { $whose ->
    [your] Nicht in deinem Digest: Er wird zu wenig gelesen ({ $detail }).
   *[channel] Nicht im Digest dieses Kanals: Er wird zu wenig gelesen ({ $detail }).
}
why-provider = { $whose ->
    [your] Nicht in deinem Digest: Die Filter lassen { $detail } weg.
   *[channel] Nicht im Digest dieses Kanals: Die Filter lassen { $detail } weg.
}
why-word-missing = { $whose ->
    [your] Nicht in deinem Digest: Er enthält keines der gewünschten Wörter ({ $detail }).
   *[channel] Nicht im Digest dieses Kanals: Er enthält keines der gewünschten Wörter ({ $detail }).
}
why-word-excluded = { $whose ->
    [your] Nicht in deinem Digest: Die Filter lassen Artikel mit { $detail } weg.
   *[channel] Nicht im Digest dieses Kanals: Die Filter lassen Artikel mit { $detail } weg.
}
why-kind = { $whose ->
    [your] Nicht in deinem Digest: Die Filter lassen diese Art weg ({ $detail }).
   *[channel] Nicht im Digest dieses Kanals: Die Filter lassen diese Art weg ({ $detail }).
}
why-left-out = { $whose ->
    [your] Nicht in deinem Digest: Jemand aus der Redaktion hat ihn weggelassen.
   *[channel] Nicht im Digest dieses Kanals: Jemand aus der Redaktion hat ihn weggelassen.
}
why-old = { $whose ->
    [your] Nicht in deinem Digest: Er war zu alt, um noch neu zu sein, als er dazukam. { COMMAND("search") } findet ihn.
   *[channel] Nicht im Digest dieses Kanals: Er war zu alt, um noch neu zu sein, als er dazukam. { COMMAND("search") } findet ihn.
}
why-not-published = Er ist nicht mehr veröffentlicht.
why-otherwise-then = { $whose ->
    [your] Nicht in deinem Digest: Als der entstand, waren Themen oder Filter andere.
   *[channel] Nicht im Digest dieses Kanals: Als der entstand, waren Themen oder Filter andere.
}
another-article = einem anderen Artikel
a-topic = einem Thema
detail-short-of = { $n }, gewünscht { $wanted }
detail-unmeasured = nicht gemessen, gewünscht { $wanted }

## Was nicht gesendet werden kann

held-dm = ⚠️ Ich kann dir keine Direktnachrichten schicken. Erlaube sie in den Privatsphäre-Einstellungen dieses Servers und nutze dann { COMMAND("digest") }: Was wartet, wird gesendet.
held-dm-more = { held-dm } Das Gleiche gilt für { $more } weitere.
held-channel = ⚠️ In { $place } kann ich nicht posten: { $reason }. { COMMAND("channel status") } sagt, was zu tun ist.
held-channel-more = { held-channel } Das Gleiche gilt für { $more } weitere.

## Die Daten einer Person

data-nothing = Über dich ist nichts gespeichert. Das wäre es, wenn du einem Thema folgst oder etwas speicherst.
data = **Was ich über dich gespeichert habe**, unter deiner Discord-ID und sonst nichts:
data-topics = { $n ->
    [one] - { $n } Thema, dem du folgst, und seit wann
   *[other] - { $n } Themen, denen du folgst, und seit wann
}
data-schedule = - dein Zeitplan: { $rhythm }
data-language = - die Sprache, in der du Discord benutzt: { $language }
data-editions = { $n ->
    [one] - was in { $n } Digest stand, den ich für dich gemacht habe
   *[other] - was in { $n } Digests stand, die ich für dich gemacht habe
}
data-waiting = { $n ->
    [one] - { $n } Nachricht an dich, die noch gesendet wird
   *[other] - { $n } Nachrichten an dich, die noch gesendet werden
}
data-dm = - wo unsere Direktnachrichten sind (ihre ID)
data-saved = { $n ->
    [one] - { $n } Artikel, den du gespeichert hast
   *[other] - { $n } Artikel, die du gespeichert hast
}
data-channels = { $n ->
    [one] - dass du { $n } Kanal eingerichtet hast
   *[other] - dass du { $n } Kanäle eingerichtet hast
}
data-acts = { $n ->
    [one] - { $n } Sache, die du an Entwürfen von Digests getan hast und die andere in der Redaktion sehen
   *[other] - { $n } Sachen, die du an Entwürfen von Digests getan hast und die andere in der Redaktion sehen
}
data-never-else = Deinen Namen, deine Nachrichten und was du sonst anklickst, speichere ich nie.
data-never = Deinen Namen, deine Nachrichten und was du anklickst, speichere ich nie.
data-confirm = Alles löschen? Du folgst dann nichts mehr, deine gespeicherten Artikel sind weg, und es wird dir nichts mehr gesendet. Das lässt sich nicht rückgängig machen. Kanäle, die du eingerichtet hast, laufen ohne deinen Namen weiter.
data-deleted = Erledigt: Über dich ist nichts mehr gespeichert. { COMMAND("follow") } würde neu beginnen.
data-kept = Nichts wurde gelöscht.
