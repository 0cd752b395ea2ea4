"""A real SMTP server (aiosmtpd) for tests, as a child process: `smtp_server.py MODE FOLDER [PORT]`.

MODE  starttls  STARTTLS and a login are required        tls      TLS from the first byte, a login is required
      plain     no TLS, no login                         silent   accepts connections and never says a word
      stuck     as plain, but says nothing once it has the whole mail
      hesitant  as plain, but answers 451 once it has the whole mail, which it keeps all the same
      rude      as plain, but never answers QUIT
Prints one line of JSON when it listens: {"port": 12345, "ca": "path of the certificate to trust"}. The login is eva / hemligt.
Writes each mail taken to FOLDER/1.eml, 2.eml, … before it says so, and beside it 1.json as an independent reader (Python's email) understands it.
Recipients: nobody@ gets 550, later@ 451, and a mail to unwanted@ 554 when its text has been read. The sender unknown@
gets 553. Ends when its standard input does.
"""

import asyncio
import email
import email.policy
import json
import logging
import pathlib
import ssl
import subprocess
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, folder: pathlib.Path, mode: str):
        self.folder, self.mode, self.count = folder, mode, len(list(folder.glob("*.eml")))

    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("unknown@"):
            return "553 5.7.1 Not your address to send from"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusals = {"nobody": "550 5.1.1 No such person", "later": "451 4.3.0 Try again later"}
        if refusal := refusals.get(address.split("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "stuck":
            await asyncio.sleep(3600)
        if envelope.rcpt_tos[0].startswith("unwanted@"):
            return "554 5.7.1 Not wanted"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.count += 1
        read = {
            "tls": session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            "login": bool(session.authenticated),
            "helo": session.host_name,
            "envelopeFrom": envelope.mail_from,
            "envelopeTo": envelope.rcpt_tos,
            "headers": {name: str(value) for name, value in mail.items()},
            "body": mail.get_content(),
            "defects": [str(d) for d in mail.defects] + [f"{n}: {d}" for n, v in mail.items() for d in v.defects],
            "longestLine": max(len(line) for line in envelope.content.split(b"\r\n")),
            "bareLineEnds": envelope.content.replace(b"\r\n", b"").count(b"\n") + envelope.content.replace(b"\r\n", b"").count(b"\r"),
        }
        (self.folder / f"{self.count}.json").write_text(json.dumps(read))
        (self.folder / "coming").write_bytes(envelope.content)
        (self.folder / "coming").rename(self.folder / f"{self.count}.eml")
        return "451 4.3.0 Try again later" if self.mode == "hesitant" else "250 OK"


class Rude(SMTP):
    async def smtp_QUIT(self, argument):
        await asyncio.sleep(3600)


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"eva", b"hemligt")
    return AuthResult(success=right, handled=False)


def certificate(folder: pathlib.Path) -> tuple[ssl.SSLContext, str]:
    key, cert = str(folder / "key.pem"), str(folder / "cert.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", key, "-out", cert,
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


async def main(mode: str, folder: pathlib.Path, port: int):
    logging.disable(logging.CRITICAL)   # clients that do not trust us are part of the tests
    loop = asyncio.get_running_loop()
    handler = Handler(folder, mode)
    login = dict(authenticator=authenticate, auth_required=True)
    context, ca = certificate(folder) if mode in ("starttls", "tls") else (None, None)
    makers = {
        "starttls": lambda: SMTP(handler, hostname="localhost", tls_context=context, require_starttls=True, **login),
        "tls": lambda: SMTP(handler, hostname="localhost", auth_require_tls=False, **login),
        "plain": lambda: SMTP(handler, hostname="localhost"),
        "stuck": lambda: SMTP(handler, hostname="localhost"),
        "hesitant": lambda: SMTP(handler, hostname="localhost"),
        "rude": lambda: Rude(handler, hostname="localhost"),
        "silent": asyncio.Protocol,
    }
    server = await loop.create_server(makers[mode], "127.0.0.1", port, ssl=context if mode == "tls" else None)
    print(json.dumps({"port": server.sockets[0].getsockname()[1], "ca": ca}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], pathlib.Path(sys.argv[2]), int((sys.argv[3:] or ["0"])[0])))
