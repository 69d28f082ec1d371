# Warum etwas nicht gesendet werden kann: Satzteile für „Ich kann dort nicht posten: …“.

cause-unknown = warum, weiß ich nicht
cause-said = { $cause }: { $said }
cause-but = { $cause }, aber { $reason }
lacking = { $n ->
    [one] dort fehlt { $names }
   *[other] dort fehlen { $names }
}

## Berechtigungen, wie sie in Discords Einstellungen heißen

permission-view_channel = Kanal ansehen
permission-send_messages = Nachrichten senden
permission-send_messages_in_threads = Nachrichten in Threads senden
permission-embed_links = Links einbetten
permission-read_message_history = Nachrichtenverlauf anzeigen
permission-mention_everyone = „@everyone“, „@here“ und alle Rollen erwähnen
permission-manage_guild = Server verwalten

## Nicht mehr da

cause-channel-deleted = der Kanal wurde gelöscht
cause-server-gone = den Server gibt es nicht mehr, oder der Bot wurde von ihm entfernt
cause-removed = der Bot wurde vom Server entfernt
cause-person-gone = diese Person gibt es nicht mehr
cause-webhook-deleted = der Webhook wurde gelöscht
cause-webhook-token = der Token des Webhooks gilt nicht mehr

## Jemand muss etwas tun

cause-forum-posts-only = ein Forum nimmt nur Beiträge
cause-forum-tag = das Forum verlangt einen Tag und hat keinen, den der Bot benutzen darf
cause-forum-title = das Forum verlangt einen Titel
cause-forum-message = das Forum nimmt eine solche Nachricht nicht
cause-not-seen = der Bot darf den Kanal nicht sehen (Kanal ansehen)
cause-not-post = der Bot darf dort nicht posten (Nachrichten senden, Links einbetten)
cause-person-closed = diese Person nimmt keine Nachrichten vom Bot an
cause-person-unreachable = dieser Person kann man nicht schreiben
cause-no-shared-server = der Bot hat keinen Server mehr mit dieser Person gemeinsam
cause-no-messages = diese Art von Kanal nimmt keine Nachrichten
cause-no-such-message = diese Art von Kanal nimmt eine solche Nachricht nicht
cause-verification = die Verifizierungsstufe des Servers lässt den Bot nicht zu
cause-archived = der Thread ist archiviert
cause-locked = der Thread ist gesperrt

## Nie, oder später

cause-content = Discord erlaubt den Inhalt nicht
cause-too-large = die Nachricht ist zu groß
cause-empty = die Nachricht ist leer
cause-faulty = Discord findet einen Fehler in der Nachricht
cause-file-too-large = die Datei ist zu groß
cause-unreadable = Discord kann die Nachricht nicht lesen
cause-automod = das AutoMod des Servers hat sie blockiert
cause-harmful-link = sie enthält einen Link, den Discord für schädlich hält
cause-announcements-limited = Ankündigungen sind dort begrenzt
cause-channel-limited = der Kanal ist vorerst begrenzt
cause-server-limited = der Server ist vorerst begrenzt
cause-many-edits = zu viele alte Nachrichten wurden bearbeitet
cause-no-conversations = Discord lässt den Bot vorerst keine neuen Unterhaltungen beginnen
cause-sending-off = das Senden ist in Discord vorerst abgeschaltet
cause-off = das ist in Discord vorerst abgeschaltet
cause-service-limited = der Dienst ist vorerst begrenzt
cause-turned-away = Discord hat die Anfrage am Eingang abgewiesen
cause-server-unreachable = der Server ist innerhalb von Discord nicht erreichbar
cause-overloaded = Discord ist überlastet
cause-many-threads = dort sind zu viele Threads offen
cause-many-news-threads = dort sind zu viele Ankündigungs-Threads offen
cause-conversations-refused = Discord lässt den Bot keine neuen Unterhaltungen beginnen
cause-wait = Discord bittet zu warten
cause-unreached = Discord ist nicht erreichbar
cause-turn = sie musste zu lange warten, bis sie dran war
cause-ending = das Programm wird gerade beendet
cause-ended = das Programm wurde während des Sendens beendet
cause-token = Discord nimmt den Token des Bots nicht mehr an
cause-withdrawn = jeder Artikel wurde zurückgezogen, bevor sie gesendet wurde
cause-not-there = sie war nicht da
cause-posted-perhaps = eine Nachricht wurde vielleicht schon gepostet
cause-among-others = eine Nachricht wurde vielleicht schon gepostet, unter zu vielen anderen
cause-post-over = der Forenbeitrag wurde gelöscht oder gesperrt
cause-deleted = sie wurde gelöscht
cause-answer-lost = die Antwort ging verloren
cause-broke = die Verbindung brach ab
cause-trouble = Discord hat gerade Probleme
cause-refuses = Discord weigert sich
cause-not-taken = Discord nimmt sie nicht an

## Wird einem Server einmal gesagt

notice = ⚠️ In { $place } kann ich den Digest nicht posten: { $reason }. Bitte erlaubt das in den Kanaleinstellungen. Nichts geht verloren: Was wartet, kommt dann von selbst.
notice-many = ⚠️ In diesen Kanälen kann ich die Digests nicht posten:
notice-line = - { $place }: { $reason }
notice-many-mend = Bitte erlaubt das in den Einstellungen der Kanäle. Nichts geht verloren: Was wartet, kommt dann von selbst.
