# Ce qui n'a pas marché, et que faire.

something-broke = Désolé, ça n'a pas marché, et c'est notre faute. Rien n'a été changé ; réessaie, s'il te plaît.
not-allowed = Seules les personnes qui peuvent gérer ce serveur ({ $permission }) peuvent faire ça.
only-in-servers = Ça marche dans un serveur. Essaie là-bas.
changed-command = Cette commande vient de changer. Retape-la dans une minute, s'il te plaît.
option-unclear = Je ne comprends pas une des options. Choisis-la dans la liste, s'il te plaît.
gone-button = Ce bouton vient d'une ancienne version de moi. Les commandes marchent toujours : essaie { COMMAND("help") }.

no-place = Je peux publier dans des salons textuels, des salons d'annonces, des fils et des forums. Indique-en un avec l'option `{ $option }`.
place-gone = Je ne vois plus ce salon. Recommence avec { COMMAND("channel setup") }.
place-closed = Je ne peux pas encore publier dans { $place } : { $lacking }. Autorise cela dans les paramètres du salon, puis réessaie.
choose-channel = Choisis d'abord un salon : { COMMAND("channel setup") } recommence depuis le début.
choose-topic = Choisis d'abord un sujet.
choose-from-menu = Choisis dans le menu.
no-articles = Il n'y a pas encore d'articles, donc rien à suivre. Reviens !
no-names = Il n'y a ni nom ni mot dans « { $typed } ».
too-many-names = C'est trop : { $most } au plus.
not-a-quality = « { $typed } » n'est pas une qualité. Écris un nombre de 0 à 100.
quiet-form = Écris les heures de silence comme 22:00-07:00, ou « non » pour aucune.
topic-gone = Le sujet derrière ce bouton n'existe plus.

not-a-colour = « { $typed } » n'est pas une couleur que je connais. Écris-la comme #1F8B4C, ou « selon le sujet ».
role-everyone = Je ne préviens jamais tout le monde. Choisis un rôle que chacun peut prendre ou laisser.
role-unknown = Je ne vois pas ce rôle sur ce serveur. Choisis-le dans la liste.
not-a-time = « { $typed } » n'est pas une heure. Écris-la comme 09:00 ou 17:30.
too-often = C'est trop souvent : { $most } fois par jour au plus.
no-such-day = Une semaine a sept jours, de 0 (lundi) à 6 (dimanche).
not-a-number-of-articles = Un nombre d'articles est compris entre 1 et { $most }.
not-a-pause = Je ne comprends pas « { $typed } ». Écris une date comme 2026-12-24, ou « demain », « 2 semaines », « toujours », ou « non » pour reprendre.
pause-in-the-past = C'est dans le passé. Écris « non » pour reprendre maintenant.
pause-too-long = C'est dans des années. Écris « toujours » pour une pause jusqu'à ce que tu y mettes fin.
not-a-zone = « { $typed } » n'est pas un fuseau horaire que je connais. Écris-en un comme Europe/Paris, ou l'heure qu'il est chez toi, par exemple 17:30.
no-zone-now = Il n'est { $typed } nulle part en ce moment. Est-ce bien ce que montre ton horloge ?
which-zone-now = { $n ->
    [one] Il y a des fuseaux où il est { $typed } en ce moment. Voulais-tu dire { $zones } ?
   *[other] Il y a des fuseaux où il est { $typed } en ce moment. Lequel est le tien : { $zones } ?
}
which-zone = { $n ->
    [one] « { $typed } » n'est pas le nom d'un fuseau horaire. Voulais-tu dire { $zones } ?
   *[other] « { $typed } » n'est pas le nom d'un fuseau horaire. Lequel est le tien : { $zones } ?
}
