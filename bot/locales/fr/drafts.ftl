# Brouillons : la prochaine édition d'un salon, telle que la rédaction la voit avant l'heure.

draft-heading = { $n ->
    [0] Brouillon pour { $place } · il ne reste aucun article
    [one] Brouillon pour { $place } · { $n } article
   *[other] Brouillon pour { $place } · { $n } articles
}
draft-open = Il part { $when }, sauf si quelqu'un le retient.
draft-approved = Approuvé. Il part { $when }.
draft-held = Retenu : il ne part pas à son heure ({ $when }), mais dès que quelqu'un l'approuve après.
draft-held-over = Retenu : il part dès que quelqu'un l'approuve. Sinon, tout sera dans le brouillon du prochain récap ({ $when }).
draft-paused = Le récap est en pause ; le brouillon attend.
draft-sent = Parti { $when }, récap numéro { $number }.
draft-empty = Il n'en restait rien, donc rien n'a été publié.
draft-replaced = Un brouillon plus récent contient tout cela, et ce qui est venu depuis.
draft-void = Ce n'est plus un brouillon : le salon ne suit plus rien, ou a tout reçu autrement.
draft-rest = Derrière le bouton « +autres » :
draft-dropped = Laissés de côté :
draft-and-more = … et { $n } lignes de plus.

draft-act-approved = { $who } l'a approuvé.
draft-act-held = { $who } le retient.
draft-act-dropped = { $who } a laissé de côté { $title }.
draft-act-kept = { $who } a remis { $title }.
draft-act-pinned = { $who } a épinglé { $title }.
draft-act-sent = { $who } l'a envoyé avant l'heure.

draft-you-approved = Tu l'as approuvé.
draft-you-held = Tu le retiens.
draft-you-sent = C'est en route.
draft-overtaken = Quelqu'un a été plus rapide, tu n'as donc rien changé. Regarde-le tel qu'il est maintenant, puis appuie de nouveau.
draft-moved = Le brouillon a changé depuis.
draft-closed = Ce brouillon est clos.
draft-unknown = Je ne connais pas ce brouillon.
draft-not-allowed = Seules les personnes qui peuvent gérer ce serveur (**Gérer le serveur**), ou les messages de { $channel } (**Gérer les messages**), peuvent faire cela.
draft-nothing-left = Il n'y reste aucun article.
draft-cards = Tel qu'il serait publié maintenant
draft-drop-which = Choisis ce qui est laissé de côté dans ce récap. Ce qui est choisi n'y sera pas, le reste y sera.
draft-pin-which = Choisis ce qui vient d'abord. Choisi de nouveau, il retrouve sa place.
draft-pins-full = { $n } articles sont épinglés, et c'est le maximum.
pick-drop = Laisser de côté…
pick-pin = Épingler…
button-approve = Approuver
button-hold = Retenir
button-send-now = Envoyer maintenant
button-drop = Laisser de côté…
button-pin = Épingler…
button-see-cards = Voir les cartes

review-on = { $n ->
    [one] Les récaps de { $place } sont montrés dans { $staff } { $n } minute avant l'heure. Sans objection, ils partent d'eux-mêmes.
   *[other] Les récaps de { $place } sont montrés dans { $staff } { $n } minutes avant l'heure. Sans objection, ils partent d'eux-mêmes.
}
review-off = Les récaps de { $place } partent sans être montrés d'abord à la rédaction. Un brouillon déjà montré suit encore son cours.
review-was-off = Les récaps de { $place } ne sont pas montrés d'abord à la rédaction.
review-none = Les récaps de { $place } ne sont pas montrés d'abord à la rédaction. { COMMAND("channel review", "staff") } nomme le salon où ils devraient l'être.
review-instantly = { $place } reçoit ses articles dès leur publication ; il n'y a pas de temps pour un brouillon. Choisis d'abord une autre heure avec { COMMAND("channel schedule") }.
review-no-forum = Un brouillon demande un salon textuel ou un fil.
review-same = Les lecteurs y verraient les brouillons. Choisis un salon que seule la rédaction voit.
review-out = Un brouillon est dans { $staff }. Il part { $when }.
review-held = Un brouillon est dans { $staff }, retenu jusqu'à ce que quelqu'un l'approuve.
review-trouble = ⚠️ Le dernier brouillon n'a pas pu être publié dans { $staff } : { $reason }. Les récaps partent quand même à l'heure.
notice-review = ⚠️ Je ne peux pas montrer le brouillon pour { $place } dans { $staff } : { $reason }. Le récap part quand même à l'heure. Autorise cela dans les paramètres du salon, ou choisis-en un autre avec { COMMAND("channel review") }.
