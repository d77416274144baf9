// mmdb.mjs -- writes a MaxMind DB of a few networks, so that stories can come from places: no real one is in Debian.
// Format: maxmind.github.io/MaxMind-DB, version 2.0: a binary tree of address bits, a data section, metadata.
//	writeFileSync(path, mmdb([["203.0.113.0/24", { country: { iso_code: "US" } }]]))
import net from "node:net";

const TYPES = { string: 2, uint16: 5, uint32: 6, map: 7, uint64: 9, array: 11, boolean: 14 };

function head(type, size) {
	if (size > 284) throw new Error("mmdb: too large for a test");
	const length = size < 29 ? [size] : [29, size - 29];
	return type < 8 ? Buffer.from([(type << 5) | length[0], ...length.slice(1)]) : Buffer.from([length[0], type - 7, ...length.slice(1)]);
}
function number(type, value) {
	const bytes = [];
	for (let v = BigInt(value); v > 0n; v >>= 8n) bytes.unshift(Number(v & 255n));
	return Buffer.concat([head(TYPES[type], bytes.length), Buffer.from(bytes)]);
}
function encode(value) {
	if (Buffer.isBuffer(value)) return value; // a number, already typed
	if (typeof value === "string") return Buffer.concat([head(TYPES.string, Buffer.byteLength(value)), Buffer.from(value)]);
	if (typeof value === "boolean") return head(TYPES.boolean, value ? 1 : 0);
	if (Array.isArray(value)) return Buffer.concat([head(TYPES.array, value.length), ...value.map(encode)]);
	const pairs = Object.entries(value);
	return Buffer.concat([head(TYPES.map, pairs.length), ...pairs.flatMap(([k, v]) => [encode(k), encode(v)])]);
}

/** The bits of a network in the tree of IPv6: IPv4 stands below ::/96. */
function bits(cidr) {
	const [address, length] = cidr.split("/");
	let value = 0n;
	if (net.isIPv4(address)) {
		for (const part of address.split(".")) value = (value << 8n) | BigInt(part);
	} else {
		const [left, right = ""] = address.split("::");
		const a = left.split(":").filter(Boolean);
		const b = right.split(":").filter(Boolean);
		for (const part of [...a, ...Array(8 - a.length - b.length).fill("0"), ...b]) value = (value << 16n) | BigInt(`0x${part}`);
	}
	return value.toString(2).padStart(128, "0").slice(0, (net.isIPv4(address) ? 96 : 0) + Number(length));
}

export function mmdb(networks, type = "Test") {
	const nodes = [[null, null]];
	const data = [];
	let offset = 0;
	for (const [cidr, value] of networks) {
		const path = bits(cidr);
		let node = 0;
		for (const bit of path.slice(0, -1)) {
			nodes[node][bit] ??= nodes.push([null, null]) - 1;
			node = nodes[node][bit];
		}
		nodes[node][path.at(-1)] = { offset };
		const bytes = encode(value);
		data.push(bytes);
		offset += bytes.length;
	}
	const tree = Buffer.alloc(nodes.length * 6);
	nodes.forEach((pair, i) =>
		pair.forEach((to, side) =>
			tree.writeUIntBE(to === null ? nodes.length : typeof to === "number" ? to : nodes.length + 16 + to.offset, i * 6 + side * 3, 3),
		),
	);
	const about = encode({
		node_count: number("uint32", nodes.length),
		record_size: number("uint16", 24),
		ip_version: number("uint16", 6),
		database_type: type,
		languages: ["en"],
		binary_format_major_version: number("uint16", 2),
		binary_format_minor_version: number("uint16", 0),
		build_epoch: number("uint64", 1_700_000_000),
		description: { en: "for tests" },
	});
	return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from("\xab\xcd\xefMaxMind.com", "latin1"), about]);
}

const place = (iso_code, time_zone) => ({ country: { iso_code }, location: { time_zone } });

/** The world of the stories: addresses that are for documentation, so nobody lives there. */
export const city = () =>
	mmdb([
		["203.0.113.0/24", place("US", "America/Phoenix")],
		["198.51.100.0/24", place("MX", "America/Hermosillo")],
		["2001:db8:aa::/48", place("AU", "Australia/Perth")],
	], "GeoLite2-City");
export const anonymous = () => mmdb([["192.0.2.0/24", { is_anonymous: true }]], "GeoIP2-Anonymous-IP");
