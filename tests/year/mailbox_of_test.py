# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail server on loopback that keeps what it is given."""
import email
import email.policy
import socket
import threading


class Mailbox:
    def __init__(self):
        self.mails = {}  # by Message-ID: a mail that comes in twice is one
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            connection, _ = self.listener.accept()
            with connection, connection.makefile("rb") as lines:
                try:
                    self.converse(connection, lines)
                except ConnectionError:
                    pass  # the program ended; it comes again

    def converse(self, connection, lines):
        connection.sendall(b"220 thu\r\n")
        for line in lines:
            word = line.strip().upper()
            if word == b"DATA":
                connection.sendall(b"354 go on\r\n")
                self.keep(b"".join(iter(lambda: next(lines), b".\r\n")))
            connection.sendall(b"221 end\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return

    def keep(self, raw):
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        self.mails[mail["Message-ID"]] = (mail["To"], mail.get_body(("plain",)).get_content())
