# Why something cannot be sent: phrases for "I cannot post there: …". The database and the log keep
# the English wording, as it stands in the code; who asks in Discord reads it in their own language.

cause-unknown = I do not know why
cause-said = { $cause }: { $said }
cause-but = { $cause }, but { $reason }
lacking = { $n ->
    [one] { $names } is missing there
   *[other] { $names } are missing there
}

## Permissions, as Discord's settings call them

permission-view_channel = View Channel
permission-send_messages = Send Messages
permission-send_messages_in_threads = Send Messages in Threads
permission-embed_links = Embed Links
permission-read_message_history = Read Message History
permission-mention_everyone = Mention @everyone, @here and All Roles
permission-manage_guild = Manage Server

## Gone

cause-channel-deleted = the channel was deleted
cause-server-gone = the server no longer exists, or the bot was removed from it
cause-removed = the bot was removed from the server
cause-person-gone = this person no longer exists
cause-webhook-deleted = the webhook was deleted
cause-webhook-token = the webhook's token is no longer valid

## Somebody has to act

cause-forum-posts-only = a forum takes posts only
cause-forum-tag = the forum asks for a tag, and has none that the bot may use
cause-forum-title = the forum asks for a title
cause-forum-message = the forum takes no such message
cause-not-seen = the bot may not see the channel (View Channel)
cause-not-post = the bot may not post there (Send Messages, Embed Links)
cause-person-closed = this person does not take messages from the bot
cause-person-unreachable = this person cannot be written to
cause-no-shared-server = the bot shares no server with this person any more
cause-no-messages = this kind of channel takes no messages
cause-no-such-message = this kind of channel takes no such message
cause-verification = the server's verification level keeps the bot out
cause-archived = the thread is archived
cause-locked = the thread is locked

## Never, or later

cause-post-over = the forum post was deleted or locked
cause-content = Discord does not allow its content
cause-too-large = the message is too large
cause-empty = the message is empty
cause-faulty = Discord finds fault with the message
cause-file-too-large = the file is too large
cause-unreadable = Discord cannot read the message
cause-automod = the server's AutoMod blocked it
cause-harmful-link = it holds a link that Discord holds for harmful
cause-announcements-limited = announcements are limited there
cause-channel-limited = the channel is limited for now
cause-server-limited = the server is limited for now
cause-many-edits = too many old messages were edited
cause-no-conversations = Discord lets the bot open no new conversations for now
cause-sending-off = sending is switched off in Discord for now
cause-off = this is switched off in Discord for now
cause-service-limited = the service is limited for now
cause-turned-away = Discord's front door turned the request away
cause-server-unreachable = the server is not reachable within Discord
cause-overloaded = Discord is overloaded
cause-many-threads = too many threads are open there
cause-many-news-threads = too many announcement threads are open there
cause-conversations-refused = Discord lets the bot open no new conversations
cause-wait = Discord asks to wait
cause-unreached = Discord cannot be reached
cause-turn = it had to wait too long for its turn
cause-ending = the program is ending
cause-ended = the program ended while it was being sent
cause-token = Discord no longer accepts the bot's token
cause-withdrawn = every article was withdrawn before it was sent
cause-not-there = it was not there
cause-posted-perhaps = a message may have been posted already
cause-among-others = a message may have been posted already, among too many others
cause-deleted = it was deleted
cause-answer-lost = the answer was lost
cause-broke = the connection broke
cause-trouble = Discord is in trouble
cause-refuses = Discord refuses
cause-not-taken = Discord does not take it

## Told to a server once

notice = ⚠️ I cannot post the digest in { $place }: { $reason }. Please allow that in the channel's settings. Nothing is lost: what waits comes by itself then.
notice-many = ⚠️ I cannot post the digests in these channels:
notice-line = - { $place }: { $reason }
notice-many-mend = Please allow that in the channels' settings. Nothing is lost: what waits comes by itself then.
