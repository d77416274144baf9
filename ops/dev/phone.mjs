// phone.mjs -- a technician's phone as the server sees one: it counts its verbs, keeps them until they are answered.
export const seconds = () => Math.floor(Date.now() / 1000);

/** A number as the 13 letters that JSON has for it (domain/base/id.h). */
export function letters(v) {
	let out = "";
	for (let i = 0n, n = BigInt(v); i < 13n; i++, n >>= 5n) out = "0123456789abcdefghjkmnpqrstvwxyz"[Number(n & 31n)] + out;
	return out;
}
/** And the number again. */
export const number = (text) => [...text].reduce((n, l) => (n << 5n) | BigInt("0123456789abcdefghjkmnpqrstvwxyz".indexOf(l)), 0n);
let made = BigInt(Math.floor(Math.random() * 1048576));
/** A fresh id, as phones make them while they are offline. */
export const id = () => letters((BigInt(Date.now()) << 21n) | (made++ & 2097151n));

export class Phone {
	/** skew: how many seconds its clock is ahead of the world's */
	constructor(visitor, { skew = 0 } = {}) {
		Object.assign(this, { visitor, skew, device: id(), n: 0 });
	}
	verb(verb, visit_id, body = {}) {
		return { id: id(), n: ++this.n, verb, ...(visit_id && { visit_id }), at: seconds() + this.skew, body: { text: "", ...body } };
	}
	send(...verbs) {
		return this.visitor.post("/api/tech/sync", { device_id: this.device, device_name: "Test", now: seconds() + this.skew, verbs });
	}
	async say(verb, visit_id, body) {
		const answer = await this.send(this.verb(verb, visit_id, body));
		if (answer.status !== 201) throw new Error(answer.text);
		return answer.body.answers[0];
	}
}
