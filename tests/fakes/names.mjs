// names.mjs -- a name server that knows TXT records alone (RFC 1035): what is put into `records`, and nothing else exists.
import dgram from "node:dgram";

/** -> {records: Map("name" -> ["text", ...]), asked: [...], close()} */
export async function nameService() {
	const records = new Map();
	const asked = [];
	const socket = dgram.createSocket("udp4");
	socket.on("message", (question, from) => {
		const labels = [];
		let at = 12;
		for (let n = question[at]; n > 0; n = question[at]) {
			labels.push(question.subarray(at + 1, at + 1 + n).toString("latin1"));
			at += 1 + n;
		}
		const name = labels.join(".").toLowerCase();
		asked.push(name);
		const texts = records.get(name) ?? [];
		const head = Buffer.alloc(12);
		question.copy(head, 0, 0, 2);
		head.writeUInt16BE(0x8580 | (records.has(name) ? 0 : 3), 2);
		head.writeUInt16BE(1, 4);
		head.writeUInt16BE(texts.length, 6);
		const answers = texts.map((text) => {
			// Strings of at most 255 letters: a long key comes in pieces.
			const pieces = (text.match(/.{1,255}/gs) ?? [""]).map((p) => Buffer.concat([Buffer.from([p.length]), Buffer.from(p, "latin1")]));
			const data = Buffer.concat(pieces);
			const fixed = Buffer.alloc(12);
			fixed.writeUInt16BE(0xc00c, 0);
			fixed.writeUInt16BE(16, 2);
			fixed.writeUInt16BE(1, 4);
			fixed.writeUInt32BE(60, 6);
			fixed.writeUInt16BE(data.length, 10);
			return Buffer.concat([fixed, data]);
		});
		socket.send(Buffer.concat([head, question.subarray(12, at + 5), ...answers]), from.port, from.address);
	});
	await new Promise((done) => socket.bind(Number(process.env.NAMES_PORT ?? 0), "127.0.0.1", done));
	socket.unref();
	return { records, asked, close: () => socket.close() };
}
