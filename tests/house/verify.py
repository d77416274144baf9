#!/usr/bin/env python3
"""verify.py -- a second opinion on what the house sealed, by somebody who has only read how it is written down.

Nothing of ours is used: the signatures are judged by libsodium through PyNaCl, the hashes by Python's own BLAKE2b, and the format
is taken from the comments of domain/base/proof.h, domain/billing/{seal,price,bill}.h, tenancy/dayseal.h and tenancy/merkle.h.

    verify.py proof FILE                 one sealed document: "valid: visit of blue"
    verify.py bills FILE [HOUSE]         bills one after another, as each page hands them out: each proof, each sum, and their chain;
                                         by this house's key and no other
    verify.py ledger FILE < entries.tsv  all nights of a company: each seal, their chain, and the root over the entries given

Entries are lines of twelve numbers divided by tabs, in the ledger's order: posting, side, kind, at, day (since 1970), account, customer, bill,
payment, cents, kind of actor, actor. Status 1 and a sentence if something is not as it was sealed.
"""
import json
import re
import sys
from hashlib import blake2b

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

FIRST = b"pool-proof-v1\n"
NAMES = ["kind", "company", "kid", "public", "from", "until", "house", "certificate", "signature"]
CONTEXT = {"visit": b"pool/visit/v1\0", "bill": b"pool/document/v1\0", "day": b"pool/day/v1\0"}
HEX = re.compile(r"([0-9a-f]{64}){1,2}")
ID_MS_BITS = 21  # a name is milliseconds, then what tells names of one millisecond apart


def refuse(why):
    sys.exit(f"refused: {why}")


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(key, signature, message, what):
    if not HEX.fullmatch(key) or not HEX.fullmatch(signature):
        refuse(what)
    try:
        VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(signature))
    except (BadSignatureError, ValueError):
        refuse(what)


def proof(text):
    """-> (head, body) of a text whose two signatures hold"""
    if not text.startswith(FIRST):
        refuse("this is no sealed document")
    head_text, found, body = text[len(FIRST) :].partition(b"\n\n")
    lines = head_text.decode("utf8", "replace").split("\n")
    if not found or [line.split(": ", 1)[0] for line in lines] != NAMES:
        refuse("its head is not in order")
    head = dict(line.split(": ", 1) for line in lines)
    if not HEX.fullmatch(head["public"]) or not all(re.fullmatch("0|[1-9][0-9]*", head[name]) for name in ("from", "until")):
        refuse("its head is not in order")
    if head["kind"] not in CONTEXT:
        refuse("nobody knows this kind")
    if blake2b(bytes.fromhex(head["public"]), digest_size=32).hexdigest()[:16] != head["kid"]:
        refuse("the key has another name")
    vouched = {"company": head["company"], "from": int(head["from"]), "kid": head["kid"], "public": head["public"], "until": int(head["until"])}
    signed(head["house"], head["certificate"], b"pool/key/v1\0" + canonical(vouched), "the house does not vouch for this key")
    signed(head["public"], head["signature"], CONTEXT[head["kind"]] + blake2b(body).digest(), "it was changed after it was sealed")
    said = json.loads(body)
    if canonical(said) != body:
        refuse("its bytes are not canonical")
    if said["kid"] != head["kid"] or said["issued_at"] < vouched["from"] or (vouched["until"] and said["issued_at"] > vouched["until"]):
        refuse("the key was not in use at its time")
    return head, body


def node(mark, data):
    return blake2b(mark + data, digest_size=32).digest()


def root(leaves):
    """RFC 6962: the left side of n leaves is the greatest power of two below n"""
    if not leaves:
        return blake2b(b"", digest_size=32).digest()
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(b"\1", root(leaves[:left]) + root(leaves[left:]))


def half_away(product, by):
    """product / by, rounded half away from zero"""
    return (abs(product) + by // 2) // by * (1 if product >= 0 else -1)


def bill(said):
    """its arithmetic: each line is its quantity times its price, the lines are the net, net and tax are the total"""
    for line in said["lines"]:
        by_hand = line["kind"] not in ("month", "stop", "skip", "discount")
        if by_hand and half_away(line["unit"] * line["quantity_milli"], 1000) != line["net"]:
            refuse(f"{said['number']}: {line['text']} does not multiply out")
    for sum_, key in (("net", "net"), ("tax", "tax")):
        if sum(line[key] for line in said["lines"]) != said[sum_]:
            refuse(f"{said['number']}: the lines do not add up")
    if said["net"] + said["tax"] != said["total"]:
        refuse(f"{said['number']}: net and tax are not the total")


def bills(text, house):
    proofs = [FIRST + part.rstrip(b"\n") for part in text.split(FIRST)[1:]]
    if FIRST.join([b""] + [p[len(FIRST) :] + b"\n" for p in proofs]) != text:
        refuse("these are no sealed documents")
    before = "0" * 128
    for one in proofs:
        head, body = proof(one)
        said = json.loads(body)
        if head["kind"] != "bill" or (house and head["house"] != house):
            refuse("this is no bill of this house")
        if said["previous"] != before:
            refuse(f"{said['number']} does not follow the one before")
        if said["kind"] == "invoice":
            bill(said)
        before = blake2b(body).hexdigest()
    return len(proofs)


def ledger(text, entries):
    nights = [FIRST + part.rstrip(b"\n") for part in text.split(FIRST)[1:]]
    before = ("", 0)
    counted = 0
    for number, night in enumerate(nights, 1):
        head, body = proof(night)
        said = json.loads(body)
        if head["kind"] != "day" or said["seq"] != number or said["previous"] != before[0] or (number > 1 and said["from"] != before[1]):
            refuse(f"night {number} does not follow the one before")
        first, last = said["from"] << ID_MS_BITS, said["until"] << ID_MS_BITS
        leaves = [node(b"\0", "|".join(e).encode()) for e in entries if first <= int(e[0]) < last]
        if len(leaves) != said["entries"] or root(leaves).hex() != said["root"]:
            refuse(f"night {number}: the entries are not those that were sealed")
        counted += len(leaves)
        before = (blake2b(body).hexdigest(), said["until"])
    return len(nights), counted


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in ("proof", "bills", "ledger") or (len(sys.argv) == 4) > (sys.argv[1] == "bills"):
        sys.exit(__doc__)
    with open(sys.argv[2], "rb") as file:
        text = file.read()
    if sys.argv[1] == "proof":
        head, _ = proof(text)
        print(f"valid: {head['kind']} of {head['company']}")
    elif sys.argv[1] == "bills":
        print("valid: %d bills, each hangs on the one before" % bills(text, (sys.argv + [""])[3]))
    else:
        entries = [line.rstrip("\n").split("\t") for line in sys.stdin]
        print("valid: %d nights, %d entries" % ledger(text, entries))


if __name__ == "__main__":
    main()
