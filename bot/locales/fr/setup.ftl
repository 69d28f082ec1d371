# /salon configurer, et tout ce que disent menus, formulaires et boutons.

## Les étapes

setup-where = **Étape 1 sur 3 : où ?** Choisis où le récap doit aller. Rien n'est publié avant que tu aies vu un aperçu.
setup-missing = Je ne peux pas encore publier dans { $place } : { $lacking }. Autorise cela dans les paramètres du salon et appuie sur **Vérifier à nouveau**, ou choisis un autre salon.
setup-what = **Étape 2 sur 3 : quoi ?** Choisis ce que { $place } doit suivre.
setup-what-chosen = **Étape 2 sur 3 : quoi ?** Choisis ce que { $place } doit suivre. Jusqu'ici : { $topics }.
setup-what-before = Il suit déjà { $topics } ; ce que tu choisis s'y ajoute.
setup-when = **Étape 3 sur 3 : quand ?** Le récap de { $place } arrive { $rhythm }.
setup-when-instantly = **Étape 3 sur 3 : quand ?** Dans { $place }, les nouveaux articles arrivent { $rhythm }.
setup-review = **Tout est bon ?** { $place } reçoit { $topics }. { $comes }
setup-review-latest = { $n ->
    [one] **Tout est bon ?** { $place } reçoit { $topics }. { $comes } Il commence par les derniers articles ; en voici { $n } :
   *[other] **Tout est bon ?** { $place } reçoit { $topics }. { $comes } Il commence par les derniers articles ; en voici { $n } :
}
setup-topic = { $topic } ({ $volume })
setup-done = C'est fait : { $place } suit maintenant { $topics }. { $next }
setup-done-latest = { $n ->
    [one] Le dernier article arrive dans un instant.
   *[other] Les { $n } derniers articles arrivent dans un instant.
}
setup-done-status = { COMMAND("channel status") } te dit comment ça se passe.

## L'apparence

look-changed = C'est fait. À partir du prochain récap, voici l'apparence dans { $place } :
look-now = Voici l'apparence du récap de { $place } :
look-is-cards = Forme : **cartes**, une par article, avec image et texte.
look-is-compact = Forme : **compacte**, une ligne par article.
look-is-lead = Forme : **un grand article**, puis une ligne pour chacun des autres.
look-colour-topic = Couleur : celle du premier sujet de chaque article.
look-colour-first = Couleur : celle du sujet du premier article.
look-colour = Couleur : { $colour }.
look-role = Chaque récap mentionne { $role }, une fois, et personne d'autre.
look-role-silent = Chaque récap mentionne { $role }, une fois, mais sans notification : il arrive en silence.
look-silent = Il arrive en silence : personne n'est notifié.
look-role-gone = ⚠️ Le rôle qu'il mentionnait n'existe plus. { COMMAND("channel look", "role") } en choisit un autre.
look-role-deaf = ⚠️ Je ne peux pas mentionner { $role } là-bas : personne ne serait notifié. Dans les paramètres du rôle, permets à tous de le mentionner, ou accorde-moi { $permission } dans le salon.
look-sample = Les derniers articles, en exemple :
look-sample-none = Rien n'est encore publié pour le montrer.
menu-look-cards = Cartes : chaque article avec image et texte
menu-look-compact = Compacte : une ligne par article
menu-look-lead = Un grand article, puis une ligne par article
pick-by-topic = selon le sujet
pick-blue = bleu
pick-teal = turquoise
pick-green = vert
pick-yellow = jaune
pick-orange = orange
pick-red = rouge
pick-pink = rose
pick-purple = violet

## Menus et formulaires

menu-channel = Choisis un salon, un fil ou un forum
menu-topics = Choisis jusqu'à { $n } sujets
menu-every-daily = tous les jours
menu-every-weekly = toutes les semaines
menu-every-hourly = toutes les heures
menu-every-instantly = dès que quelque chose paraît
menu-day = le { $day }
menu-at = à { $at }
menu-zone = { $zone } (il est { $now })
menu-your-zone = Ton fuseau horaire
form-other = Un autre moment
form-other-at = Heure, par exemple 09:30
form-other-zone = Fuseau horaire, par exemple Europe/Paris
form-other-zone-hint = Ou l'heure qu'il y est, par exemple 17:30
form-time = Quand doit-il arriver ?
form-time-every = À quelle fréquence
form-time-at = À quelle heure
form-time-at-hint = Par exemple 09:00, ou 09:00 18:00
form-time-zone = Ton fuseau horaire
form-time-zone-hint = Par exemple Europe/Paris ; ou l'heure qu'il est chez toi, comme 17:30
form-time-day = Quel jour, s'il est hebdomadaire
form-choose = Quels articles veux-tu ?
form-choose-quality = Qualité minimale, de 0 à 100
form-choose-only-from = Seulement de
form-choose-not-from = Jamais de
form-choose-only-with = Seulement avec un de ces mots
form-choose-not-with = Jamais avec un de ces mots
form-choose-hint = Séparés par des virgules ; laisse vide pour tout prendre
menu-save = Choisis ce que tu veux enregistrer
menu-remove = Retirer des articles enregistrés…
menu-why = Lequel ?

## Boutons

button-back = Retour
button-next = Suivant
button-confirm = Confirmer
button-preview = Aperçu
button-check = Vérifier à nouveau
button-busier = Sujets plus actifs
button-more-topics = Autres sujets
button-other-time = Autre heure ou fuseau
button-set-up = Configurer un salon
button-change-time = Changer l'heure
button-choose = Choisir les articles
button-see-now = Voir maintenant
button-undo = Annuler
button-settings = Paramètres
button-for-me = Pour moi
button-save = Enregistrer
button-why = Pourquoi ?
button-more = { $n ->
    [one] +{ $n } autre
   *[other] +{ $n } autres
}
button-follow = Suivre { $topic }
button-see-saved = Voir tout ce que j'ai enregistré
button-download = Télécharger
button-delete = Supprimer…
button-delete-all = Tout supprimer
button-keep = Garder

## Sujets

topics-none = Il n'y a pas encore de sujets : ils viennent avec le premier article.
topics-unknown = Aucun sujet ne s'appelle { $topic }. { COMMAND("topics") } montre les plus actifs.
topics-unknown-near = Aucun sujet ne s'appelle { $topic }. Voulais-tu dire { $near } ?
topics-line = - { $topic } · { $volume }
topics-line-short = - { $topic } ({ $short }) · { $volume }
topics-more = { $n ->
    [one] …et { $n } autre : { COMMAND("topics", "search") } le trouve.
   *[other] …et { $n } autres : { COMMAND("topics", "search") } les trouve.
}
topics-follow = Suis-en un avec { COMMAND("follow") } : commence à écrire son nom.

## Suggestions pendant la saisie

pick-weekly = environ { $n } par semaine
pick-tomorrow = demain
pick-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
pick-weeks = { $n ->
    [one] { $n } semaine
   *[other] { $n } semaines
}
pick-months = { $n } mois
pick-forever = toujours
pick-off = non

## Aide

help = Je t'apporte les nouveaux articles des sujets que tu choisis, en récap, quand tu le veux.
help-you = Pour toi
help-you-text =
    { COMMAND("topics") } : ce qu'on peut suivre, et combien d'articles apporte chaque sujet
    { COMMAND("follow") } : un sujet dans tes messages privés ; { COMMAND("following") }, { COMMAND("unfollow") }
    { COMMAND("schedule") } : quand arrive ton récap : heure, jour, fuseau, pause
    { COMMAND("digest") } : lis-le maintenant, rien que pour toi
    { COMMAND("search") } : n'importe quel article, par ses mots
    { COMMAND("saved") } : ce que tu as enregistré ; { COMMAND("why") } : pourquoi un article était dans ton récap, ou non
    { COMMAND("data") } : ce qui est enregistré sur toi, et comment le supprimer

    Sous chaque récap : **Pour moi** ne montre que tes sujets, **Enregistrer** garde des articles.
help-channels = Pour les salons de ce serveur
help-channels-text =
    { COMMAND("channel setup") } : commence ici : où, quoi, quand, et un aperçu
    { COMMAND("channel list") } : ce que suit un salon ; { COMMAND("channel follow") }, { COMMAND("channel unfollow") }
    { COMMAND("channel schedule") }, { COMMAND("channel pause") }, { COMMAND("channel resume") } : quand
    { COMMAND("channel filter") } : quels articles, et combien ; { COMMAND("channel look") } : leur apparence
    { COMMAND("channel preview") } : le prochain récap, rien que pour toi ; { COMMAND("channel post") } : publie-le maintenant
    { COMMAND("channel review") } : ta rédaction voit chaque récap d'abord, et décide
    { COMMAND("channel status") } : prochain et dernier récap, et ce qui coince
help-begin = Commence par { COMMAND("follow") } : écris un sujet et choisis dans la liste.
help-begin-channel = Commence par { COMMAND("channel setup") } : ton premier salon a son récap dans une minute.
