# Réponses sur les sujets suivis et les horaires. `place` est "you" (toi) ou la mention d'un salon.

## Nombres et moments

articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}
more = { $n ->
    [one] { $n } autre
   *[other] { $n } autres
}
volume-nothing = rien pour l'instant
volume-lately = { $n ->
    [one] { $n } article, aucun récemment
   *[other] { $n } articles, aucun récemment
}
volume-rare = moins d'un article par semaine
volume-weekly = { $n ->
    [one] environ { $n } article par semaine
   *[other] environ { $n } articles par semaine
}

# Compléments, comme dans « Ton récap arrive … ».
rhythm-instantly = dès leur parution
rhythm-instantly-days = dès leur parution, { $on }
rhythm-hourly = toutes les heures à la minute { $minute }
rhythm-hourly-days = toutes les heures à la minute { $minute }, { $on }
rhythm-daily = tous les jours à { $at } ({ $zone })
rhythm-days = { $on } à { $at } ({ $zone })
rhythm-quiet = { $rhythm }, mais pas entre { $start } et { $end }
rhythm-quiet-zone = { $rhythm }, mais pas entre { $start } et { $end } ({ $zone })
on-weekdays = du lundi au vendredi
on-days = chaque { $days }

## Quand il arrive

next-instantly = Les nouveaux articles arrivent { $rhythm }.
next-digest = Prochain récap : { $when }, puis { $rhythm }.
next-one = Le prochain : { $when }.
paused-forever = { $place ->
    [you] En pause ; ce qui paraît d'ici là attend. { COMMAND("schedule", "pause_until", "non") } met fin à la pause.
   *[other] En pause ; ce qui paraît d'ici là attend. { COMMAND("channel resume") } met fin à la pause.
}
paused-until = { $place ->
    [you] En pause jusqu'au { $when } ; ce qui paraît d'ici là attend. { COMMAND("schedule", "pause_until", "non") } y met fin tout de suite.
   *[other] En pause jusqu'au { $when } ; ce qui paraît d'ici là attend. { COMMAND("channel resume") } y met fin tout de suite.
}
comes = { $place ->
    [you] Ton récap arrive { $rhythm }.
   *[other] Le récap de { $place } arrive { $rhythm }.
}
comes-instantly = { $place ->
    [you] Ton récap : les nouveaux articles arrivent { $rhythm }.
   *[other] Le récap de { $place } : les nouveaux articles arrivent { $rhythm }.
}
nothing-to-come = { $place ->
    [you] { $comes } Il n'y a encore rien à recevoir : suis un sujet avec { COMMAND("follow") }.
   *[other] { $comes } Il n'y a encore rien à publier : choisis un sujet avec { COMMAND("channel follow") }.
}
unscheduled = Tu ne suis encore aucun sujet. Dès que tu en suivras un, ton récap arrivera { $rhythm } ; ici, tu peux choisir un autre moment.

## Suivre

followed = { $place ->
    [you] Tu suis maintenant { $topic } ({ $volume }). { $next }
   *[other] { $place } suit maintenant { $topic } ({ $volume }). { $next }
}
followed-already = { $place ->
    [you] Tu suis déjà { $topic }. { $next }
   *[other] { $place } suit déjà { $topic }. { $next }
}
followed-rescheduled = { $place ->
    [you] Tu suis déjà { $topic }. L'horaire est changé. { $next }
   *[other] { $place } suit déjà { $topic }. L'horaire est changé. { $next }
}
on-their-way = { $place ->
    [you] { $n ->
        [one] Le dernier article arrive dans tes messages privés.
       *[other] Les { $n } derniers articles arrivent dans tes messages privés.
    }
   *[other] { $n ->
        [one] Le dernier article arrive dans { $place }.
       *[other] Les { $n } derniers articles arrivent dans { $place }.
    }
}
unfollowed = { $place ->
    [you] Tu ne suis plus { $topic }. { COMMAND("follow", "topic", $label) } le fait revenir.
   *[other] { $place } ne suit plus { $topic }. { COMMAND("channel follow", "topic", $label) } le fait revenir.
}
not-followed = { $place ->
    [you] Tu ne suis pas { $topic }.
   *[other] { $place } ne suit pas { $topic }.
}
not-followed-near = { $place ->
    [you] Tu ne suis pas { $topic }. Voulais-tu dire { $near } ?
   *[other] { $place } ne suit pas { $topic }. Voulais-tu dire { $near } ?
}
not-followed-any-more = Tu ne suis plus ce sujet.
following = { $place ->
    [you] Tu suis :
   *[other] { $place } suit :
}
following-topic = - { $topic } · { $volume }
following-more = { $n ->
    [one] - et { $n } autre
   *[other] - et { $n } autres
}
following-held = ⚠️ Rien ne peut être envoyé pour l'instant : { $reason }.
nothing-followed = { $place ->
    [you] Tu ne suis encore aucun sujet. Essaie { COMMAND("follow") }.
   *[other] { $place } ne suit encore aucun sujet. Essaie { $command }.
}
unknown-topic = Il n'y a pas de sujet { $topic }. Commence à écrire et choisis dans la liste.
unknown-topic-near = Il n'y a pas de sujet { $topic }. Voulais-tu dire { $near } ?

## Filtres

takes-everything = { $place ->
    [you] Tu reçois tout sur tes sujets.
   *[other] { $place } prend tout sur ses sujets.
}
takes-only = { $place ->
    [you] Tu reçois seulement : { $rules }.
   *[other] { $place } prend seulement : { $rules }.
}
rule-quality = qualité de { $n } ou plus
rule-heat = audience de { $n } ou plus
rule-only-from = seulement de { $names }
rule-not-from = rien de { $names }
rule-only-with = seulement avec { $names }
rule-not-with = rien avec { $names }
rule-only-category = seulement de la rubrique { $names }
rule-only-type = seulement du type { $names }
shows = { $most ->
    [one] Un récap montre { $most } article au plus.
   *[other] Un récap montre { $most } articles au plus.
}
shows-and-waits = { $most ->
    [one] Un récap montre { $most } article au plus, et attend qu'il y en ait au moins { $least }.
   *[other] Un récap montre { $most } articles au plus, et attend qu'il y en ait au moins { $least }.
}

## Regarder, publier, aperçu

looked-follows-nothing = Tu ne suis encore aucun sujet. Essaie { COMMAND("follow") }, ou { COMMAND("digest") } avec un sujet pour y jeter un œil.
looked-nothing = Rien n'est encore paru sur tes sujets. Les nouveaux articles arrivent avec ton prochain récap.
looked-topic = Les derniers articles sur { $topic } :
looked-latest = Rien de nouveau depuis ton dernier récap. Voici les derniers articles sur tes sujets :
looked-new = { $n ->
    [one] { $n } nouvel article pour toi.
   *[other] { $n } nouveaux articles pour toi.
}
looked-new-more = { $n ->
    [one] { $n } nouvel article pour toi. Les { $more } autres arrivent avec ton prochain récap.
   *[other] { $n } nouveaux articles pour toi. Les { $more } autres arrivent avec ton prochain récap.
}
posted = { $n ->
    [one] En route vers { $place } : { $n } article.
   *[other] En route vers { $place } : { $n } articles.
}
posted-more = { $n ->
    [one] En route vers { $place } : { $n } article, et { $more } de plus derrière un bouton.
   *[other] En route vers { $place } : { $n } articles, et { $more } de plus derrière un bouton.
}
covers = Il couvre tout ce qui a paru depuis { $since }.
covers-late = Il était prévu pour { $due } et a eu du retard ; il couvre tout ce qui a paru depuis { $since }.
posted-latest = { $n ->
    [one] Rien de nouveau pour { $place } : voici donc le dernier article qui n'y a pas encore paru.
   *[other] Rien de nouveau pour { $place } : voici donc les { $n } derniers articles qui n'y ont pas encore paru.
}
posted-under-way = Un récap pour { $place } a été demandé à l'instant et arrive.
posted-nothing = { $place } a déjà eu tous les articles de ses sujets. Les nouveaux arriveront d'eux-mêmes.
posted-follows-nothing = { $place } ne suit encore aucun sujet. Essaie d'abord { COMMAND("channel setup") }.
previewed-nothing = Rien n'est encore paru sur ce que suit { $place }. { $next }
previewed-latest = Rien de nouveau pour { $place } jusqu'ici ; voici les derniers articles de ses sujets. { $next }
previewed = { $n ->
    [one] À cet instant, le prochain récap de { $place } contient { $n } article.
   *[other] À cet instant, le prochain récap de { $place } contient { $n } articles.
}
previewed-first = { $n ->
    [one] À cet instant, le prochain récap de { $place } contient { $n } article. Les { $shown } premiers :
   *[other] À cet instant, le prochain récap de { $place } contient { $n } articles. Les { $shown } premiers :
}

## Ce qui est publié pour tous

heading-first = **Pour commencer : les derniers articles.** Les suivants arriveront à l'heure choisie.
heading = { $n ->
    [one] **Ton récap** · { $n } article
   *[other] **Ton récap** · { $n } articles
}
post-name = { $n ->
    [one] Récap · { $n } article · { $day }
   *[other] Récap · { $n } articles · { $day }
}
post-name-alone = Récap
post-name-withdrawn = Retiré par l'éditeur

card-withdrawn = *retiré par l'éditeur*
card-corrected = *corrigé { $at }*

## Où en est un salon

rights = J'ai toutes les permissions qu'il me faut dans { $place }.
rights-missing = ⚠️ { $place } : { $lacking }. Autorise cela dans les paramètres du salon.
standing-nothing = { $place } ne suit encore aucun sujet. { COMMAND("channel setup") } te guide.
standing = { $place } suit { $topics }.
standing-more = { $more ->
    [one] { $place } suit { $topics } et { $more } autre.
   *[other] { $place } suit { $topics } et { $more } autres.
}
standing-waiting = { $n ->
    [one] { $n } message en route.
   *[other] { $n } messages en route.
}
standing-held = { $n ->
    [one] ⚠️ { $n } message retenu : { $reason }. { COMMAND("channel post") } réessaie tout de suite.
   *[other] ⚠️ { $n } messages retenus : { $reason }. { COMMAND("channel post") } réessaie tout de suite.
}
standing-dead = { $n ->
    [one] { $n } message n'a jamais pu être publié.
   *[other] { $n } messages n'ont jamais pu être publiés.
}
standing-dead-because = { $n ->
    [one] { $n } message n'a jamais pu être publié ; dernière raison : { $reason }.
   *[other] { $n } messages n'ont jamais pu être publiés ; dernière raison : { $reason }.
}
last-none = Dernier récap : aucun pour l'instant.
last-unposted = { $n ->
    [one] Dernier récap : numéro { $number }, { $when }, { $n } article ; pas encore publié.
   *[other] Dernier récap : numéro { $number }, { $when }, { $n } articles ; pas encore publié.
}
last = { $n ->
    [one] Dernier récap : numéro { $number }, { $when }, { $n } article. { $link }
   *[other] Dernier récap : numéro { $number }, { $when }, { $n } articles. { $link }
}
