#!/usr/bin/env python3
"""Writes sealed.csv and links.csv: the formats of tenancy/keys.h by another hand.

Nothing here is shared with the house: HChaCha20 is written out from draft-irtf-cfrg-xchacha-03,
ChaCha20-Poly1305 is OpenSSL's (python3-cryptography), BLAKE2b and HMAC are Python's own. Both are
checked against the draft's published vectors before a line is written. Run only to make new cases:
    python3 tests/cases/sealed.py
"""
import base64
import hashlib
import hmac
import random
import struct

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305


def hchacha20(key, nonce16):
    s = list(struct.unpack("<4I", b"expand 32-byte k") + struct.unpack("<8I", key) + struct.unpack("<4I", nonce16))

    def quarter(a, b, c, d):
        for x, y, z, r in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = (s[x] + s[y]) & 0xFFFFFFFF
            v = s[z] ^ s[x]
            s[z] = ((v << r) | (v >> (32 - r))) & 0xFFFFFFFF

    for _ in range(10):
        for q in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
                  (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(*q)
    return struct.pack("<8I", *(s[0:4] + s[12:16]))


def xchacha_seal(key, nonce24, plain, aad):
    sub = hchacha20(key, nonce24[:16])
    return ChaCha20Poly1305(sub).encrypt(b"\0" * 4 + nonce24[16:], plain, aad)


def kdf(key, number, context):
    return hashlib.blake2b(digest_size=32, key=key, salt=struct.pack("<Q", number) + b"\0" * 8,
                           person=context.encode() + b"\0" * 8).digest()


def check_published():
    # section 2.2.1 of the draft
    assert hchacha20(bytes(range(32)), bytes.fromhex("000000090000004a0000000031415927")).hex() == \
        "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"
    # appendix A.3.1 of the draft
    plain = (b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
             b"sunscreen would be it.")
    out = xchacha_seal(bytes(range(0x80, 0xA0)), bytes(range(0x40, 0x58)), plain,
                       bytes.fromhex("50515253c0c1c2c3c4c5c6c7"))
    assert out[:16].hex() == "bd6d179d3e83d43b9576579493c0e939"
    assert out[-16:].hex() == "c0875924c1c7987947deafd8780acf49"


def sealed(key, version, nonce, tenant, table, column, row, plain):
    aad = f"{tenant}|{table}|{column}|{row}".encode()
    return bytes([1, 1]) + struct.pack(">H", version) + nonce + xchacha_seal(key, nonce, plain, aad)


def main():
    check_published()
    r = random.Random(20261121)
    places = [("site", "gate_code"), ("job", "payload"), ("staff", "password"), ("staff", "totp_secret"),
              ("employee", "ssn"), ("idempotency", "answer")]
    with open("tests/cases/sealed.csv", "w") as f, open("tests/cases/links.csv", "w") as g:
        f.write("root_version,root,tenant,purpose,table,column,row,key_version,wrapped,plain,sealed,source\n")
        g.write("root,tenant,key_version,wrapped,purpose,object,expires_at,link,source\n")
        for i in range(120):
            root, dek = r.randbytes(32), r.randbytes(32)
            root_version, version = r.choice([1, 2, 65535]), r.choice([1, 2, 3, 255, 256, 65535])
            tenant, row, purpose = r.randrange(1, 2**40), r.choice([0, 1, r.randrange(2**63)]), r.randrange(1, 9)
            table, column = r.choice(places)
            plain = r.randbytes(r.choice([0, 1, 15, 16, 17, 64, 200]))
            wrapped = sealed(kdf(root, 1, "tenantkw"), root_version, r.randbytes(24), tenant, "tenant_key",
                             "wrapped", version, dek)
            if purpose == 8:
                key, version = kdf(root, 2, "authhash"), root_version
            else:
                key = kdf(dek, purpose, "purpose_")
            out = sealed(key, version, r.randbytes(24), tenant, table, column, row, plain)
            f.write(f"{root_version},{root.hex()},{tenant},{purpose},{table},{column},{row},{version},"
                    f"{wrapped.hex()},{plain.hex()},{out.hex()},tests/cases/sealed.py\n")
            if i < 40:
                exp = r.randrange(1_800_000_000, 2**32)
                lp, obj = r.randrange(1, 6), r.randrange(2**63)
                version = r.choice([1, 7, 65535])
                wrapped = sealed(kdf(root, 1, "tenantkw"), 1, r.randbytes(24), tenant, "tenant_key", "wrapped",
                                 version, dek)
                payload = struct.pack(">QBQI", tenant, lp, obj, exp) + r.randbytes(12)
                head = f"v1.{version}." + base64.urlsafe_b64encode(payload).decode().rstrip("=")
                mac = hmac.new(kdf(dek, 7, "purpose_"), head.encode(), hashlib.sha512).digest()[:32]
                link = head + "." + base64.urlsafe_b64encode(mac).decode().rstrip("=")
                g.write(f"{root.hex()},{tenant},{version},{wrapped.hex()},{lp},{obj},{exp},{link},"
                        "tests/cases/sealed.py\n")


main()
