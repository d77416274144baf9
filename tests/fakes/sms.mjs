// sms.mjs -- a sender of text messages and a maker of calls in Twilio's format: takes, lists, and fails on purpose.
import { randomBytes } from "node:crypto";
import http from "node:http";

export const ACCOUNT = { sid: "AC00000000000000000000000000000001", token: "a-token-of-the-fake", from: "+15005550006" };

/**
 * -> {url, own: [sid, token], sound: Map of recordings, gone: Set of them, sent: [...], rung: [...], asked: [...], fault(mode, times, to), close()}.
 * mine = ({to, from}) => bool: texts of other companies, which lie in their queues since other stories, are taken and forgotten.
 * Modes: lost (taken, no answer), cut (not taken, no answer), slow (taken, answered after half a minute and more), 429, 500, 400; only
 * texts to `to` are struck, if it is given. weather(ask), ask = ({to, body, look}) => mode, says so for each request; told(message) hears what was taken.
 */
export async function smsService({ mine = () => true } = {}) {
	const sent = [];
	const rung = []; // calls, with what a voice would say
	const asked = [];
	const pictures = new Map(); // "ME1" -> its bytes
	const lanes = new Map(); // number -> what was taken for it
	let fault = { mode: "", times: 0, to: "" };
	let weather = () => "";
	let told = () => {};
	let remember = true;
	/* An account beside the house's, as a company may have one. */
	const OWN = { sid: "AC00000000000000000000000000000002", token: "another-token-of-the-fake" };
	const sound = new Map();
	const gone = new Set();
	const door = `/2010-04-01/Accounts/${ACCOUNT.sid}/Messages.json`;
	const written = (at) => new Date(at).toUTCString().replace("GMT", "+0000");
	const server = http.createServer((req, res) => {
		let text = "";
		req.setEncoding("utf8");
		req.on("data", (t) => (text += t));
		req.on("end", () => {
			const url = new URL(req.url, "http://127.0.0.1");
			const fields = new URLSearchParams(req.method === "GET" ? url.search : text);
			const ours = !fields.has("To") || mine({ to: fields.get("To"), from: fields.get("From") ?? "" });
			if (remember && ours) asked.push({ method: req.method, path: url.pathname, query: [...url.searchParams], form: [...new URLSearchParams(text)], headers: req.headers });
			const say = (status, body, headers = {}) => {
				res.writeHead(status, { "content-type": "application/json", "twilio-request-id": `RQ${randomBytes(16).toString("hex")}`, ...headers });
				res.end(JSON.stringify(body));
			};
			// A picture that came with a text: the provider's house sends on to another one, which must not see the password.
			if (url.pathname.startsWith("/cdn/")) {
				if (req.headers.authorization) return say(400, { code: 0, message: "the password went astray", status: 400 });
				const picture = pictures.get(url.pathname.slice(5));
				res.writeHead(picture ? 200 : 404, { "content-type": "image/png" });
				return res.end(picture);
			}
			const [, whose, what] = url.pathname.match(/^\/2010-04-01\/Accounts\/(AC\w{32})\/(.*)$/) ?? [];
			const account = [ACCOUNT, OWN].find((a) => a.sid === whose);
			if (!account || req.headers.authorization !== `Basic ${Buffer.from(`${account.sid}:${account.token}`).toString("base64")}`)
				return say(401, { code: 20003, message: "Authenticate", more_info: "", status: 401 });
			const [, recording, kind] = what.match(/^Recordings\/(RE\w{32})\.(mp3|json)$/) ?? [];
			if (recording && req.method === "DELETE" && kind === "json") {
				const there = sound.delete(recording);
				gone.add(recording);
				res.writeHead(there ? 204 : 404);
				return res.end();
			}
			if (recording && req.method === "GET" && kind === "mp3" && sound.has(recording)) {
				res.writeHead(200, { "content-type": "audio/mpeg" });
				return res.end(sound.get(recording));
			}
			const [, media] = what.match(/^Messages\/\w+\/Media\/(\w+)$/) ?? [];
			if (media) {
				res.writeHead(307, { location: `/cdn/${media}` });
				return res.end();
			}
			if (what === "Calls.json" && req.method === "GET") {
				const since = Date.parse(url.searchParams.get("StartTime>"));
				const calls = rung.filter((m) => m.to === url.searchParams.get("To") && m.at >= since).reverse().map(({ at, twiml, tell, machine, turned, over, ...m }) => m);
				return say(200, { calls, page: 0, page_size: 50, next_page_uri: null });
			}
			const [, under] = what.match(/^Calls\/(CA\w{32})\.json$/) ?? [];
			if (under && req.method === "POST") {
				const call = rung.find((r) => r.sid === under);
				if (!call) return say(404, { code: 20404, message: "not found", more_info: "", status: 404 });
				if (call.over) return say(400, { code: 21220, message: "Call is not in-progress. Cannot redirect.", more_info: "", status: 400 });
				call.turned = new URLSearchParams(text).get("Twiml");
				const { at, twiml, tell, machine, turned, ...made } = call;
				return say(200, { ...made, status: "in-progress" });
			}
			if (what === "Calls.json") {
				const f = new URLSearchParams(text);
				const struck = fault.times > 0 && (!fault.to || fault.to === f.get("To"));
				if (struck) fault.times--;
				if (struck && fault.mode === "cut") return req.socket.destroy();
				if (struck && fault.mode === "429") return say(429, { code: 20429, message: "Too many requests", status: 429 }, { "retry-after": "1" });
				if (!/^\+[1-9]\d{7,14}$/.test(f.get("To") ?? "") || !/^\+/.test(f.get("From") ?? "") || !f.get("Twiml") || f.get("Twiml").length > 4000)
					return say(400, { code: 21211, message: "Invalid 'To' Phone Number", more_info: "", status: 400 });
				const at = Date.now();
				const sid = `CA${randomBytes(16).toString("hex")}`;
				const made = { sid, account_sid: account.sid, to: f.get("To"), from: f.get("From"), status: "queued", direction: "outbound-api", api_version: "2010-04-01", date_created: written(at),
					date_updated: written(at), start_time: null, duration: null, price: null, parent_call_sid: null, answered_by: null, uri: `/2010-04-01/Accounts/${account.sid}/Calls/${sid}.json`, subresource_uris: {} };
				rung.push({ ...made, at, twiml: f.get("Twiml"), tell: f.get("StatusCallback"), machine: f.get("MachineDetection") === "DetectMessageEnd" && f.get("AsyncAmd") === "true" ? f.get("AsyncAmdStatusCallback") : null });
				return struck && fault.mode === "lost" ? req.socket.destroy() : say(201, made);
			}
			if (what !== "Messages.json") return say(404, { code: 20404, message: "not found", more_info: "", status: 404 });
			if (req.method === "GET") {
				const to = url.searchParams.get("To");
				const since = url.searchParams.get("DateSent>");
				const mode = weather({ to, look: true });
				if (mode === "429") return say(429, { code: 20429, message: "Too many requests", status: 429 }, { "retry-after": "1" });
				/* The newest first, a page of them. */
				const most = Number(url.searchParams.get("PageSize") ?? 50);
				const messages = (to ? (lanes.get(to) ?? []) : sent).filter((m) => !since || m.at >= Date.parse(since)).reverse().slice(0, most).map(({ at, ...m }) => m);
				return say(200, { messages, page: 0, page_size: 50, uri: door, first_page_uri: `${door}?Page=0`, next_page_uri: null, previous_page_uri: null });
			}
			const f = new URLSearchParams(text);
			const struck = ours && fault.times > 0 && (!fault.to || fault.to === f.get("To"));
			const mode = struck ? fault.mode : weather({ to: f.get("To"), body: f.get("Body") });
			if (struck) fault.times--;
			if (mode === "cut") return req.socket.destroy();
			if (mode === "429") return say(429, { code: 20429, message: "Too many requests", status: 429 }, { "retry-after": "1" });
			if (mode === "500") return say(500, { code: 20500, message: "Internal", status: 500 });
			if (mode === "400" || !/^\+[1-9]\d{7,14}$/.test(f.get("To") ?? "") || !f.get("Body") || !(f.get("From") || f.get("MessagingServiceSid")))
				return say(400, { code: 21211, message: "Invalid 'To' Phone Number", more_info: "", status: 400 });
			const at = Date.now();
			const sid = `SM${randomBytes(16).toString("hex")}`;
			const message = { sid, account_sid: account.sid, to: f.get("To"), from: f.get("From") ?? "+15005550007", body: f.get("Body"), status: "queued", num_segments: "1", num_media: "0",
				direction: "outbound-api", api_version: "2010-04-01", date_created: written(at), date_updated: written(at), date_sent: null, error_code: null, error_message: null,
				messaging_service_sid: f.get("MessagingServiceSid"), price: null, price_unit: "USD", uri: `${door.replace("Messages.json", "")}Messages/${sid}.json`, subresource_uris: {} };
			const taken = { ...message, at };
			if (ours) sent.push(taken);
			lanes.set(taken.to, [...(lanes.get(taken.to) ?? []).slice(-500), taken]);
			told(taken, f);
			if (mode === "lost") return req.socket.destroy();
			if (mode === "slow") return setTimeout(() => say(201, message), 32_000).unref();
			say(201, message);
		});
	});
	await new Promise((done) => server.listen(Number(process.env.SMS_PORT ?? 0), "127.0.0.1", done));
	server.unref();
	return { url: `http://127.0.0.1:${server.address().port}`, own: OWN, sound, gone, pictures, sent, rung, asked, fault: (mode, times = 1, to = "") => (fault = { mode, times, to }),
		weather: (ask) => ((weather = ask), (remember = false)), told: (hear) => (told = hear), close: () => server.close() };
}
