# Entwürfe: die nächste Ausgabe eines Kanals, wie die Redaktion sie vor ihrer Zeit sieht.

draft-heading = { $n ->
    [0] Entwurf für { $place } · kein Artikel ist übrig
    [one] Entwurf für { $place } · { $n } Artikel
   *[other] Entwurf für { $place } · { $n } Artikel
}
draft-open = Wird { $when } gesendet, wenn ihn niemand anhält.
draft-approved = Freigegeben. Wird { $when } gesendet.
draft-held = Angehalten: Er wird nicht zu seiner Zeit gesendet ({ $when }), sondern erst, wenn ihn danach jemand freigibt.
draft-held-over = Angehalten: Er wird gesendet, sobald ihn jemand freigibt. Gibt ihn niemand frei, steht alles im Entwurf des nächsten Digests ({ $when }).
draft-paused = Der Digest pausiert; der Entwurf wartet.
draft-sent = Gesendet { $when }, als Digest Nummer { $number }.
draft-empty = Es blieb nichts übrig, also wurde nichts gepostet.
draft-replaced = Ein neuerer Entwurf enthält all das und was seitdem kam.
draft-void = Kein Entwurf mehr: Der Kanal folgt nichts mehr oder hat alles auf anderem Weg bekommen.
draft-rest = Hinter dem Button „+weitere“:
draft-dropped = Weggelassen:
draft-and-more = … und { $n } weitere Zeilen.

draft-act-approved = { $who } hat ihn freigegeben.
draft-act-held = { $who } hält ihn an.
draft-act-dropped = { $who } hat { $title } weggelassen.
draft-act-kept = { $who } hat { $title } zurückgelegt.
draft-act-pinned = { $who } hat { $title } angeheftet.
draft-act-sent = { $who } hat ihn vor seiner Zeit gesendet.

draft-you-approved = Du hast ihn freigegeben.
draft-you-held = Du hältst ihn an.
draft-you-sent = Ist unterwegs.
draft-overtaken = Jemand war schneller, deshalb hast du nichts geändert. Sieh ihn dir an, wie er jetzt ist, und drücke dann noch einmal.
draft-moved = Der Entwurf hat sich seitdem geändert.
draft-closed = Dieser Entwurf ist geschlossen.
draft-unknown = Diesen Entwurf kenne ich nicht.
draft-not-allowed = Das kann nur, wer diesen Server verwalten darf (**Server verwalten**) oder die Nachrichten in { $channel } (**Nachrichten verwalten**).
draft-nothing-left = Kein Artikel ist darin übrig.
draft-cards = So würde er jetzt gepostet
draft-drop-which = Wähle, was in diesem Digest weggelassen wird. Was gewählt ist, fällt weg; was nicht, bleibt.
draft-pin-which = Wähle, was zuerst kommt. Noch einmal gewählt, geht es an seinen Platz zurück.
draft-pins-full = { $n } Artikel sind angeheftet, mehr geht nicht.
pick-drop = Weglassen…
pick-pin = Anheften…
button-approve = Freigeben
button-hold = Anhalten
button-send-now = Jetzt senden
button-drop = Weglassen…
button-pin = Anheften…
button-see-cards = Karten ansehen

review-on = { $n ->
    [one] Die Digests von { $place } werden { $n } Minute vor ihrer Zeit in { $staff } gezeigt. Ohne Einwand werden sie von selbst gesendet.
   *[other] Die Digests von { $place } werden { $n } Minuten vor ihrer Zeit in { $staff } gezeigt. Ohne Einwand werden sie von selbst gesendet.
}
review-off = Die Digests von { $place } werden gesendet, ohne vorher der Redaktion gezeigt zu werden. Ein Entwurf, der schon gezeigt wird, läuft noch weiter.
review-was-off = Die Digests von { $place } werden nicht vorher der Redaktion gezeigt.
review-none = Die Digests von { $place } werden nicht vorher der Redaktion gezeigt. { COMMAND("channel review", "staff") } nennt den Kanal, in dem das geschehen soll.
review-instantly = { $place } bekommt Artikel, sobald sie erscheinen; für einen Entwurf ist da keine Zeit. Wähle zuerst eine andere Zeit mit { COMMAND("channel schedule") }.
review-no-forum = Ein Entwurf braucht einen Textkanal oder einen Thread.
review-same = Dort würden die Leser die Entwürfe sehen. Wähle einen Kanal, den nur die Redaktion sieht.
review-out = In { $staff } steht ein Entwurf. Er wird { $when } gesendet.
review-held = In { $staff } steht ein Entwurf; er ist angehalten, bis ihn jemand freigibt.
review-trouble = ⚠️ Der letzte Entwurf konnte in { $staff } nicht gepostet werden: { $reason }. Digests werden trotzdem zu ihrer Zeit gesendet.
notice-review = ⚠️ Ich kann den Entwurf für { $place } in { $staff } nicht zeigen: { $reason }. Der Digest wird trotzdem zu seiner Zeit gesendet. Bitte erlaube das in den Einstellungen des Kanals, oder wähle einen anderen mit { COMMAND("channel review") }.
