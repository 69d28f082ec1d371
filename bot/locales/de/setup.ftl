# /kanal einrichten und alles, was Menüs, Formulare und Buttons sagen.

## Die Schritte

setup-where = **Schritt 1 von 3: wo?** Wähle, wohin der Digest gehen soll. Nichts wird gepostet, bevor du eine Vorschau gesehen hast.
setup-missing = In { $place } kann ich noch nicht posten: { $lacking }. Erlaube das in den Kanaleinstellungen und drück auf **Noch einmal prüfen**, oder wähle einen anderen Kanal.
setup-what = **Schritt 2 von 3: was?** Wähle, welchen Themen { $place } folgen soll.
setup-what-chosen = **Schritt 2 von 3: was?** Wähle, welchen Themen { $place } folgen soll. Bisher: { $topics }.
setup-what-before = Er folgt schon { $topics }; was du wählst, kommt dazu.
setup-when = **Schritt 3 von 3: wann?** Der Digest von { $place } kommt { $rhythm }.
setup-when-instantly = **Schritt 3 von 3: wann?** In { $place } kommen neue Artikel, { $rhythm }.
setup-review = **Alles richtig?** { $place } bekommt { $topics }. { $comes }
setup-review-latest = { $n ->
    [one] **Alles richtig?** { $place } bekommt { $topics }. { $comes } Den Anfang macht das Neueste; das hier ist { $n } davon:
   *[other] **Alles richtig?** { $place } bekommt { $topics }. { $comes } Den Anfang macht das Neueste; das hier sind { $n } davon:
}
setup-topic = { $topic } ({ $volume })
setup-done = Fertig: { $place } folgt jetzt { $topics }. { $next }
setup-done-latest = { $n ->
    [one] Der neueste Artikel folgt gleich.
   *[other] Die neuesten { $n } Artikel folgen gleich.
}
setup-done-status = { COMMAND("channel status") } sagt dir, wie es läuft.

## Wie es aussieht

look-changed = Erledigt. Ab dem nächsten Digest sieht { $place } so aus:
look-now = So sieht der Digest von { $place } aus:
look-is-cards = Form: **Karten**, eine für jeden Artikel, mit Bild und Text.
look-is-compact = Form: **kompakt**, eine Zeile für jeden Artikel.
look-is-lead = Form: **ein großer Artikel**, dann eine Zeile für jeden weiteren.
look-colour-topic = Farbe: die des ersten Themas jedes Artikels.
look-colour-first = Farbe: die des Themas des ersten Artikels.
look-colour = Farbe: { $colour }.
look-role = Jeder Digest erwähnt { $role }, einmal, und sonst niemanden.
look-role-silent = Jeder Digest erwähnt { $role }, einmal, aber ohne Benachrichtigung: Er kommt lautlos.
look-silent = Er kommt lautlos: Niemand wird benachrichtigt.
look-role-gone = ⚠️ Die Rolle, die er erwähnte, gibt es nicht mehr. { COMMAND("channel look", "role") } wählt eine andere.
look-role-deaf = ⚠️ Ich darf { $role } dort nicht erwähnen: Niemand würde benachrichtigt. Erlaube in den Einstellungen der Rolle allen, sie zu erwähnen, oder gib mir im Kanal { $permission }.
look-sample = Die neuesten Artikel als Beispiel:
look-sample-none = Noch ist nichts erschienen, womit ich es zeigen könnte.
menu-look-cards = Karten: jeder Artikel mit Bild und Text
menu-look-compact = Kompakt: eine Zeile für jeden Artikel
menu-look-lead = Ein großer Artikel, dann je eine Zeile
pick-by-topic = nach Thema
pick-blue = Blau
pick-teal = Türkis
pick-green = Grün
pick-yellow = Gelb
pick-orange = Orange
pick-red = Rot
pick-pink = Rosa
pick-purple = Violett

## Menüs und Formulare

menu-channel = Wähle einen Kanal, einen Thread oder ein Forum
menu-topics = Wähle bis zu { $n } Themen
menu-every-daily = jeden Tag
menu-every-weekly = jede Woche
menu-every-hourly = jede Stunde
menu-every-instantly = sobald etwas erscheint
menu-day = am { $day }
menu-at = um { $at } Uhr
menu-zone = { $zone } (jetzt { $now })
menu-your-zone = Deine Zeitzone
form-other = Andere Uhrzeit
form-other-at = Uhrzeit, zum Beispiel 09:30
form-other-zone = Zeitzone, zum Beispiel Europe/Berlin
form-other-zone-hint = Oder wie spät es dort ist, zum Beispiel 17:30
form-time = Wann soll er kommen?
form-time-every = Wie oft
form-time-at = Um wie viel Uhr
form-time-at-hint = Zum Beispiel 09:00, oder 09:00 18:00
form-time-zone = Deine Zeitzone
form-time-zone-hint = Zum Beispiel Europe/Berlin; oder wie spät es bei dir ist, etwa 17:30
form-time-day = An welchem Tag, wenn wöchentlich
form-choose = Welche Artikel möchtest du?
form-choose-quality = Mindestqualität, 0 bis 100
form-choose-only-from = Nur von
form-choose-not-from = Nie von
form-choose-only-with = Nur mit einem dieser Wörter
form-choose-not-with = Nie mit einem dieser Wörter
form-choose-hint = Mit Kommas dazwischen; leer lassen nimmt alle
menu-save = Wähle, was du speichern möchtest
menu-remove = Aus dem Gespeicherten entfernen…
menu-why = Welcher?

## Buttons

button-back = Zurück
button-next = Weiter
button-confirm = Bestätigen
button-preview = Vorschau
button-check = Noch einmal prüfen
button-busier = Größere Themen
button-more-topics = Mehr Themen
button-other-time = Andere Uhrzeit oder Zeitzone
button-set-up = Kanal einrichten
button-change-time = Zeit ändern
button-choose = Artikel auswählen
button-see-now = Jetzt ansehen
button-undo = Rückgängig
button-settings = Einstellungen
button-for-me = Für mich
button-save = Speichern
button-why = Warum?
button-more = +{ $n } weitere
button-follow = { $topic } folgen
button-see-saved = Alles Gespeicherte ansehen
button-download = Herunterladen
button-delete = Löschen…
button-delete-all = Alles löschen
button-keep = Behalten

## Themen

topics-none = Es gibt noch keine Themen: Sie kommen mit dem ersten Artikel.
topics-unknown = Kein Thema heißt { $topic }. { COMMAND("topics") } zeigt die, zu denen am meisten erscheint.
topics-unknown-near = Kein Thema heißt { $topic }. Meintest du { $near }?
topics-line = - { $topic } · { $volume }
topics-line-short = - { $topic } ({ $short }) · { $volume }
topics-more = …und { $n } weitere: { COMMAND("topics", "search") } findet sie.
topics-follow = Folge einem mit { COMMAND("follow") }: Fang an, seinen Namen zu tippen.

## Vorschläge beim Tippen

pick-weekly = etwa { $n } pro Woche
pick-tomorrow = morgen
pick-days = { $n ->
    [one] { $n } Tag
   *[other] { $n } Tage
}
pick-weeks = { $n ->
    [one] { $n } Woche
   *[other] { $n } Wochen
}
pick-months = { $n ->
    [one] { $n } Monat
   *[other] { $n } Monate
}
pick-forever = für immer
pick-off = aus

## Hilfe

help = Ich bringe dir neue Artikel zu den Themen, die du wählst, als Digest, wann du ihn möchtest.
help-you = Für dich
help-you-text =
    { COMMAND("topics") }: welche Themen es gibt und wie viel jedes bringt
    { COMMAND("follow") }: ein Thema als Direktnachricht; { COMMAND("following") }, { COMMAND("unfollow") }
    { COMMAND("schedule") }: wann dein Digest kommt: Uhrzeit, Tag, Zeitzone, Pause
    { COMMAND("digest") }: lies ihn jetzt, nur für dich
    { COMMAND("search") }: jeder Artikel, nach seinen Wörtern
    { COMMAND("saved") }: was du gespeichert hast; { COMMAND("why") }: warum ein Artikel in deinem Digest war oder nicht
    { COMMAND("data") }: was über dich gespeichert ist, und wie du es löschst

    Unter jedem Digest: **Für mich** zeigt nur deine Themen, **Speichern** behält Artikel.
help-channels = Für die Kanäle dieses Servers
help-channels-text =
    { COMMAND("channel setup") }: fang hier an: fragt, wo, was und wann, und zeigt eine Vorschau
    { COMMAND("channel list") }: welchen Themen ein Kanal folgt; { COMMAND("channel follow") }, { COMMAND("channel unfollow") }
    { COMMAND("channel schedule") }, { COMMAND("channel pause") }, { COMMAND("channel resume") }: wann
    { COMMAND("channel filter") }: welche Artikel und wie viele; { COMMAND("channel look") }: wie sie aussehen
    { COMMAND("channel preview") }: der nächste Digest, nur für dich; { COMMAND("channel post") }: jetzt posten
    { COMMAND("channel review") }: deine Redaktion sieht jeden Digest zuerst und entscheidet
    { COMMAND("channel status") }: nächster und letzter Digest, und was im Weg steht
help-begin = Fang mit { COMMAND("follow") } an: Tippe ein Thema und wähle eins aus der Liste.
help-begin-channel = Fang mit { COMMAND("channel setup") } an: In einer Minute hat dein erster Kanal seinen Digest.
