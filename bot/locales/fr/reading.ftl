# Recherche, articles enregistrés, Pour moi, pourquoi, et les données d'une personne.

withdrawn = Ces articles ne sont plus publiés.
untitled = Sans titre

## Recherche

search-no-words = Écris un mot ou deux à chercher, comme `robots` ou `rapport climat`.
search-nothing = Aucun article ne contient { $words }. Essaie un mot plus court ou un autre mot.
search-nothing-many = Aucun article ne contient { $words }. Essaie moins de mots, ou des mots plus courts.
search-found = { $n ->
    [one] **{ $n } article** avec { $words }
   *[other] **{ $n } articles** avec { $words }
}
page-of = { $heading } · { $first } à { $last } sur { $total }

## Enregistrés

saved-nothing = Tu n'as encore rien enregistré. Appuie sur **Enregistrer** sous un récap ou un résultat de recherche.
saved-full = Tu as enregistré { $n } articles, et je ne peux pas en garder plus. Fais d'abord de la place.
saved = { $n ->
    [one] Enregistré. Tu as maintenant { $n } article dans { COMMAND("saved") }.
   *[other] Enregistré. Tu as maintenant { $n } articles dans { COMMAND("saved") }.
}
saved-already = { $n ->
    [one] Déjà enregistré. Tu as { $n } article dans { COMMAND("saved") }.
   *[other] Déjà enregistré. Tu as { $n } articles dans { COMMAND("saved") }.
}
shelf = { $n ->
    [one] **Tu as enregistré { $n } article**
   *[other] **Tu as enregistré { $n } articles**
}
shelf-page = { $n ->
    [one] **Tu as enregistré { $n } article** · { $first } à { $last }
   *[other] **Tu as enregistré { $n } articles** · { $first } à { $last }
}
export-title = Articles enregistrés
export-file = Voici tout ce que tu as enregistré, en fichier Markdown.
export-name = articles-enregistres
save-which = Choisis ce que tu veux enregistrer. { COMMAND("saved") } le montre quand tu veux.

## Pour moi, et plus

more-of-digest = **La suite de ce récap**
for-me = { $n ->
    [one] **Pour toi :** { $mine } sur { $n } article ici
   *[other] **Pour toi :** { $mine } sur { $n } articles ici
}
for-me-nothing = { $n ->
    [one] Cet article ne porte pas sur ce que tu suis : { $topics }.
   *[other] Aucun de ces { $n } articles ne porte sur ce que tu suis : { $topics }.
}
for-me-follow = Tu ne suis encore aucun sujet. Suis-en un, et ce bouton ne montrera que tes articles d'un récap. Ils arriveront aussi dans tes messages privés, tous les jours sauf si tu en décides autrement.

## Pourquoi

why-which = Sur quel article te poses-tu la question ?
why-no-article = Je ne trouve pas cet article. Écris des mots de son titre et choisis-le.
why-follows-nothing = { $whose ->
    [your] Tu ne suis aucun sujet, il n'y a donc pas de récap à toi. { COMMAND("follow") } en commence un.
   *[channel] Ce salon ne suit plus rien.
}
why-shown = { $whose ->
    [your] Dans ton récap numéro { $number }, car il porte sur { $topics }, que tu suis.
   *[channel] Dans le récap numéro { $number } de ce salon, car il porte sur { $topics }, que ce salon suit.
}
why-update = { $whose ->
    [your] Dans ton récap numéro { $number }, comme suite : son histoire a déjà été racontée, et a grandi depuis.
   *[channel] Dans le récap numéro { $number } de ce salon, comme suite : son histoire a déjà été racontée, et a grandi depuis.
}
why-folded = { $whose ->
    [your] Dans ton récap numéro { $number }, parmi les liens de { $told } : les deux racontent la même histoire.
   *[channel] Dans le récap numéro { $number } de ce salon, parmi les liens de { $told } : les deux racontent la même histoire.
}
why-folds = { $whose ->
    [your] Il arrive avec ton prochain récap, parmi les liens de { $told } : les deux racontent la même histoire.
   *[channel] Il arrive avec le prochain récap de ce salon, parmi les liens de { $told } : les deux racontent la même histoire.
}
why-rest = { $whose ->
    [your] Dans ton récap numéro { $number }, derrière le bouton « +autres » : il porte sur { $topics }, que tu suis, mais le récap était plein.
   *[channel] Dans le récap numéro { $number } de ce salon, derrière le bouton « +autres » : il porte sur { $topics }, que ce salon suit, mais le récap était plein.
}
why-waiting = { $whose ->
    [your] Il arrive avec ton prochain récap : il porte sur { $topics }, que tu suis.
   *[channel] Il arrive avec le prochain récap de ce salon : il porte sur { $topics }, que ce salon suit.
}
why-too-few = { $whose ->
    [your] Il en attend d'autres ({ $detail }), pour que ton récap en vaille la peine.
   *[channel] Il en attend d'autres ({ $detail }), pour que le récap de ce salon en vaille la peine.
}
why-earlier = { $whose ->
    [your] Ton récap l'a déjà eu, et ne le répète pas.
   *[channel] Le récap de ce salon l'a déjà eu, et ne le répète pas.
}
why-told = { $whose ->
    [your] Pas dans ton récap : son histoire a été racontée avec { $told }, et n'a guère grandi.
   *[channel] Pas dans le récap de ce salon : son histoire a été racontée avec { $told }, et n'a guère grandi.
}
why-other-topic = { $whose ->
    [your] Pas dans ton récap : il ne porte sur aucun des sujets que tu suis.
   *[channel] Pas dans le récap de ce salon : il ne porte sur aucun des sujets que suit ce salon.
}
why-followed-later = { $whose ->
    [your] Pas dans ton récap : il a paru avant que tu suives le sujet.
   *[channel] Pas dans le récap de ce salon : il a paru avant que le sujet soit suivi.
}
why-low-quality = { $whose ->
    [your] Pas dans ton récap : sa qualité est trop basse ({ $detail }).
   *[channel] Pas dans le récap de ce salon : sa qualité est trop basse ({ $detail }).
}
why-low-heat = { $whose ->
    [your] Pas dans ton récap : il n'est pas assez lu ({ $detail }).
   *[channel] Pas dans le récap de ce salon : il n'est pas assez lu ({ $detail }).
}
why-provider = { $whose ->
    [your] Pas dans ton récap : les filtres écartent { $detail }.
   *[channel] Pas dans le récap de ce salon : les filtres écartent { $detail }.
}
why-word-missing = { $whose ->
    [your] Pas dans ton récap : il n'a aucun des mots demandés ({ $detail }).
   *[channel] Pas dans le récap de ce salon : il n'a aucun des mots demandés ({ $detail }).
}
why-word-excluded = { $whose ->
    [your] Pas dans ton récap : les filtres écartent les articles avec { $detail }.
   *[channel] Pas dans le récap de ce salon : les filtres écartent les articles avec { $detail }.
}
why-kind = { $whose ->
    [your] Pas dans ton récap : les filtres écartent ce genre ({ $detail }).
   *[channel] Pas dans le récap de ce salon : les filtres écartent ce genre ({ $detail }).
}
why-left-out = { $whose ->
    [your] Pas dans ton récap : la rédaction l'a laissé de côté.
   *[channel] Pas dans le récap de ce salon : la rédaction l'a laissé de côté.
}
why-old = { $whose ->
    [your] Pas dans ton récap : il était trop ancien pour être une nouvelle quand il est arrivé. { COMMAND("search") } le trouve.
   *[channel] Pas dans le récap de ce salon : il était trop ancien pour être une nouvelle quand il est arrivé. { COMMAND("search") } le trouve.
}
why-not-published = Il n'est plus publié.
why-otherwise-then = { $whose ->
    [your] Pas dans ton récap : les sujets ou les filtres étaient autres quand il a été fait.
   *[channel] Pas dans le récap de ce salon : les sujets ou les filtres étaient autres quand il a été fait.
}
another-article = un autre article
a-topic = un sujet
detail-short-of = { $n }, { $wanted } voulu
detail-unmeasured = non mesuré, { $wanted } voulu

## Ce qui ne peut pas être envoyé

held-dm = ⚠️ Je ne peux pas t'envoyer de messages privés. Autorise-les dans les paramètres de confidentialité de ce serveur, puis utilise { COMMAND("digest") } : ce qui attend sera envoyé.
held-dm-more = { $more ->
    [one] { held-dm } Il en va de même pour { $more } autre.
   *[other] { held-dm } Il en va de même pour { $more } autres.
}
held-channel = ⚠️ Je ne peux pas publier dans { $place } : { $reason }. { COMMAND("channel status") } dit quoi faire.
held-channel-more = { $more ->
    [one] { held-channel } Il en va de même pour { $more } autre.
   *[other] { held-channel } Il en va de même pour { $more } autres.
}

## Les données d'une personne

data-nothing = Je n'ai rien enregistré sur toi. Ce serait le cas si tu suivais un sujet ou enregistrais quelque chose.
data = **Ce que j'ai enregistré sur toi**, sous ton ID Discord et rien d'autre :
data-topics = { $n ->
    [one] - { $n } sujet que tu suis, et depuis quand
   *[other] - { $n } sujets que tu suis, et depuis quand
}
data-schedule = - ton horaire : { $rhythm }
data-language = - la langue dans laquelle tu utilises Discord : { $language }
data-editions = { $n ->
    [one] - ce que contenait { $n } récap que j'ai fait pour toi
   *[other] - ce que contenaient { $n } récaps que j'ai faits pour toi
}
data-waiting = { $n ->
    [one] - { $n } message pour toi, encore à envoyer
   *[other] - { $n } messages pour toi, encore à envoyer
}
data-dm = - où sont nos messages privés (leur ID)
data-saved = { $n ->
    [one] - { $n } article que tu as enregistré
   *[other] - { $n } articles que tu as enregistrés
}
data-channels = { $n ->
    [one] - que tu as configuré { $n } salon
   *[other] - que tu as configuré { $n } salons
}
data-acts = { $n ->
    [one] - { $n } chose que tu as faite sur des brouillons de récaps, visible par les autres éditeurs
   *[other] - { $n } choses que tu as faites sur des brouillons de récaps, visibles par les autres éditeurs
}
data-never-else = Je ne garde jamais ton nom, tes messages ni tes autres clics.
data-never = Je n'enregistre jamais ton nom, tes messages ni ce sur quoi tu appuies.
data-confirm = Tout supprimer ? Tu ne suivras plus rien, tes articles enregistrés disparaîtront, et plus rien ne te sera envoyé. C'est irréversible. Les salons que tu as configurés continuent sans ton nom.
data-deleted = C'est fait : je n'ai plus rien d'enregistré sur toi. { COMMAND("follow") } recommencerait à zéro.
data-kept = Rien n'a été supprimé.
