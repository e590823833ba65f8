"""Every packet of a network namespace that leaves for anywhere but the machine itself.

One JSON line for each destination seen the first time: {"kind": "tcp" | "udp" | "other", "to", "port"}.
Needs the right to open a packet socket, which root has in a namespace of its own.
"""

import json
import socket
import struct

EVERY_PROTOCOL = 0x0003
IPV4, IPV6 = 0x0800, 0x86DD
KINDS = {6: "tcp", 17: "udp"}


def parts_of(protocol, packet):
    """Transport, destination and the transport's own header; None for what is no IP packet."""
    if protocol == IPV4 and len(packet) >= 20:
        return packet[9], socket.inet_ntop(socket.AF_INET, packet[16:20]), packet[(packet[0] & 15) * 4 :]
    if protocol == IPV6 and len(packet) >= 40:
        return packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40]), packet[40:]
    return None


def destination(protocol, packet):
    parts = parts_of(protocol, packet)
    if parts is None:
        return None
    transport, to, rest = parts
    kind = KINDS.get(transport, "other")
    port = struct.unpack("!H", rest[2:4])[0] if kind != "other" and len(rest) >= 4 else 0
    return kind, to, port


def is_own(to):
    return to.startswith("127.") or to == "::1"


def main():
    sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERY_PROTOCOL))
    # A burst must not be lost: one packet that is not seen is a way out that is not seen.
    sniffer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024 * 1024)
    seen = set()
    print(json.dumps({"kind": "ready"}), flush=True)
    while True:
        packet, address = sniffer.recvfrom(65535)
        found = destination(address[1], packet)
        if found is None or is_own(found[1]) or found in seen:
            continue
        seen.add(found)
        print(json.dumps(dict(zip(("kind", "to", "port"), found))), flush=True)


if __name__ == "__main__":
    main()
