# Was nicht ging, und was du tun kannst.

something-broke = Das hat leider nicht geklappt, und es liegt an uns. Nichts wurde geändert; versuch es bitte noch einmal.
not-allowed = Das können nur Leute, die diesen Server verwalten dürfen ({ $permission }).
only-in-servers = Das geht nur auf einem Server. Versuch es dort.
changed-command = Dieser Befehl hat sich gerade geändert. Gib ihn bitte in einer Minute noch einmal ein.
option-unclear = Eine der Optionen verstehe ich nicht. Wähle sie bitte aus der Liste.
gone-button = Dieser Button stammt von einer älteren Version von mir. Die Befehle funktionieren noch: Probier { COMMAND("help") }.

no-place = Ich kann in Textkanälen, Ankündigungskanälen, Threads und Foren posten. Nenne einen mit der Option `{ $option }`.
place-gone = Diesen Kanal sehe ich nicht mehr. Fang mit { COMMAND("channel setup") } noch einmal an.
place-closed = In { $place } kann ich noch nicht posten: { $lacking }. Erlaube das in den Kanaleinstellungen und versuch es dann noch einmal.
choose-channel = Wähle zuerst einen Kanal: { COMMAND("channel setup") } fängt von vorn an.
choose-topic = Wähle zuerst ein Thema.
choose-from-menu = Wähle etwas aus dem Menü.
no-articles = Es gibt noch keine Artikel, also auch nichts zum Folgen. Komm wieder!
no-names = In „{ $typed }“ steht kein Name und kein Wort.
too-many-names = Das sind zu viele: höchstens { $most }.
not-a-quality = „{ $typed }“ ist keine Qualität. Schreib eine Zahl von 0 bis 100.
quiet-form = Schreib Ruhezeiten wie 22:00-07:00, oder „aus“ für keine.
topic-gone = Das Thema hinter diesem Button gibt es nicht mehr.

not-a-colour = „{ $typed }“ ist keine Farbe, die ich kenne. Schreib sie wie #1F8B4C, oder „nach Thema“.
role-everyone = Ich benachrichtige nie alle. Wähle eine Rolle, die man annehmen oder ablegen kann.
role-unknown = Diese Rolle sehe ich auf diesem Server nicht. Wähle sie aus der Liste.
not-a-time = „{ $typed }“ ist keine Uhrzeit. Schreib sie wie 09:00 oder 17:30.
too-often = Das ist zu oft: höchstens { $most }-mal am Tag.
no-such-day = Eine Woche hat sieben Tage, von 0 (Montag) bis 6 (Sonntag).
not-a-number-of-articles = Eine Anzahl von Artikeln liegt zwischen 1 und { $most }.
not-a-pause = „{ $typed }“ verstehe ich nicht. Schreib ein Datum wie 2026-12-24, oder „morgen“, „2 Wochen“, „für immer“, oder „aus“, damit es weitergeht.
pause-in-the-past = Das liegt in der Vergangenheit. Schreib „aus“, damit es jetzt weitergeht.
pause-too-long = Das ist erst in Jahren. Schreib „für immer“, um zu pausieren, bis du die Pause selbst beendest.
not-a-zone = „{ $typed }“ ist keine Zeitzone, die ich kenne. Schreib eine wie Europe/Berlin, oder wie spät es bei dir ist, zum Beispiel 17:30.
no-zone-now = Nirgends ist es gerade { $typed }. Zeigt deine Uhr das wirklich?
which-zone-now = { $n ->
    [one] Es gibt Zeitzonen, in denen es gerade { $typed } ist. Meintest du { $zones }?
   *[other] Es gibt Zeitzonen, in denen es gerade { $typed } ist. Welche ist deine: { $zones }?
}
which-zone = { $n ->
    [one] „{ $typed }“ ist kein Name einer Zeitzone. Meintest du { $zones }?
   *[other] „{ $typed }“ ist kein Name einer Zeitzone. Welche ist deine: { $zones }?
}
