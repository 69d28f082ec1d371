# Pourquoi quelque chose ne peut pas être envoyé : suites de « Je ne peux pas publier ici : … ».

cause-unknown = je ne sais pas pourquoi
cause-said = { $cause } : { $said }
cause-but = { $cause }, mais { $reason }
lacking = { $n ->
    [one] il y manque { $names }
   *[other] il y manque { $names }
}

## Les permissions, comme les nomment les paramètres de Discord

permission-view_channel = Voir le salon
permission-send_messages = Envoyer des messages
permission-send_messages_in_threads = Envoyer des messages dans les fils
permission-embed_links = Intégrer des liens
permission-read_message_history = Voir les anciens messages
permission-mention_everyone = Mentionner @everyone, @here et tous les rôles
permission-manage_guild = Gérer le serveur

## Disparu

cause-channel-deleted = le salon a été supprimé
cause-server-gone = le serveur n'existe plus, ou le bot en a été retiré
cause-removed = le bot a été retiré du serveur
cause-person-gone = cette personne n'existe plus
cause-webhook-deleted = le webhook a été supprimé
cause-webhook-token = le jeton du webhook n'est plus valable

## Quelqu'un doit agir

cause-forum-posts-only = un forum ne prend que des posts
cause-forum-tag = le forum demande un tag, et n'en a aucun que le bot puisse utiliser
cause-forum-title = le forum demande un titre
cause-forum-message = le forum ne prend pas un tel message
cause-not-seen = le bot ne peut pas voir le salon (Voir le salon)
cause-not-post = le bot ne peut pas y publier (Envoyer des messages, Intégrer des liens)
cause-person-closed = cette personne n'accepte pas les messages du bot
cause-person-unreachable = on ne peut pas écrire à cette personne
cause-no-shared-server = le bot n'a plus de serveur en commun avec cette personne
cause-no-messages = ce type de salon ne prend pas de messages
cause-no-such-message = ce type de salon ne prend pas un tel message
cause-verification = le niveau de vérification du serveur exclut le bot
cause-archived = le fil est archivé
cause-locked = le fil est verrouillé

## Jamais, ou plus tard

cause-content = Discord n'en autorise pas le contenu
cause-too-large = le message est trop grand
cause-empty = le message est vide
cause-faulty = Discord trouve un défaut au message
cause-file-too-large = le fichier est trop grand
cause-unreadable = Discord ne peut pas lire le message
cause-automod = l'AutoMod du serveur l'a bloqué
cause-harmful-link = il contient un lien que Discord juge nuisible
cause-announcements-limited = les annonces y sont limitées
cause-channel-limited = le salon est limité pour l'instant
cause-server-limited = le serveur est limité pour l'instant
cause-many-edits = trop d'anciens messages ont été modifiés
cause-no-conversations = Discord ne laisse pas le bot ouvrir de nouvelles conversations pour l'instant
cause-sending-off = l'envoi est désactivé dans Discord pour l'instant
cause-off = c'est désactivé dans Discord pour l'instant
cause-service-limited = le service est limité pour l'instant
cause-turned-away = Discord a refusé la requête à l'entrée
cause-server-unreachable = le serveur n'est pas joignable au sein de Discord
cause-overloaded = Discord est surchargé
cause-many-threads = trop de fils y sont ouverts
cause-many-news-threads = trop de fils d'annonces y sont ouverts
cause-conversations-refused = Discord ne laisse pas le bot ouvrir de nouvelles conversations
cause-wait = Discord demande d'attendre
cause-unreached = Discord est injoignable
cause-turn = il a dû attendre son tour trop longtemps
cause-ending = le programme se termine
cause-ended = le programme s'est terminé pendant l'envoi
cause-token = Discord n'accepte plus le jeton du bot
cause-withdrawn = tous les articles ont été retirés avant l'envoi
cause-not-there = il n'y était pas
cause-posted-perhaps = un message a peut-être déjà été publié
cause-among-others = un message a peut-être déjà été publié, parmi trop d'autres
cause-post-over = le post du forum a été supprimé ou verrouillé
cause-deleted = il a été supprimé
cause-answer-lost = la réponse s'est perdue
cause-broke = la connexion a été coupée
cause-trouble = Discord a des problèmes
cause-refuses = Discord refuse
cause-not-taken = Discord ne le prend pas

## Dit une fois à un serveur

notice = ⚠️ Je ne peux pas publier le récap dans { $place } : { $reason }. Merci d'autoriser cela dans les paramètres du salon. Rien n'est perdu : ce qui attend arrivera alors de soi-même.
notice-many = ⚠️ Je ne peux pas publier les récaps dans ces salons :
notice-line = - { $place } : { $reason }
notice-many-mend = Merci d'autoriser cela dans les paramètres des salons. Rien n'est perdu : ce qui attend arrivera alors de soi-même.
