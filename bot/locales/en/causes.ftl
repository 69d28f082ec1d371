# Why something cannot be sent: these end sentences like "I cannot post there: …". The database and
# the log keep the English wording; who asks in Discord reads it in their own language.

cause-unknown = I do not know why
lacking = { $n ->
    [one] { $names } is missing there
   *[other] { $names } are missing there
}
permission-view_channel = View Channel
permission-send_messages = Send Messages
permission-send_messages_in_threads = Send Messages in Threads
permission-embed_links = Embed Links
permission-read_message_history = Read Message History
permission-manage_guild = Manage Server
