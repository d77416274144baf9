// model.mjs -- a language model in OpenAI's format: says what the story wants, makes things up, and fails on purpose.
import { randomBytes } from "node:crypto";
import http from "node:http";

export const KEY = "sk-of-the-fake";
export const NAME = "fake-1";

/**
 * -> {url, asked: [{system, words, body, headers}], say(fn), fault(mode, times), close()}
 * say: (words, system) => an object or a text. Modes: 500, 429, 401, lost (no answer), late (after ten seconds), nonsense, prose, cut (half an answer)
 */
export async function modelService() {
	const asked = [];
	const sockets = new Set();
	let says = () => ({});
	let fault = { mode: "", times: 0 };
	const server = http.createServer((req, res) => {
		let text = "";
		req.setEncoding("utf8");
		req.on("data", (t) => (text += t));
		req.on("end", () => {
			const say = (status, body, headers = {}) => {
				res.writeHead(status, { "content-type": "application/json", "x-request-id": `req_${randomBytes(8).toString("hex")}`, ...headers });
				res.end(typeof body === "string" ? body : JSON.stringify(body));
			};
			const wrong = (status, type, message) => say(status, { error: { message, type, param: null, code: null } });
			if (req.method !== "POST" || new URL(req.url, "http://x").pathname !== "/v1/chat/completions") return wrong(404, "invalid_request_error", "no such thing");
			if (req.headers.authorization !== `Bearer ${KEY}`) return wrong(401, "invalid_request_error", "Incorrect API key provided");
			let body;
			try {
				body = JSON.parse(text);
			} catch {
				return wrong(400, "invalid_request_error", "We could not parse the JSON body of your request.");
			}
			const roles = (body.messages ?? []).map((m) => m.role).join(" ");
			if (body.model !== NAME || roles !== "system user" || !body.messages.every((m) => typeof m.content === "string") || !(body.max_tokens > 0) || body.response_format?.type !== "json_object")
				return wrong(400, "invalid_request_error", `not understood: ${text.slice(0, 200)}`);
			const [system, words] = body.messages.map((m) => m.content);
			asked.push({ system, words, body, headers: req.headers });
			const mode = fault.times > 0 ? fault.mode : "";
			if (mode) fault.times--;
			if (mode === "500") return wrong(500, "server_error", "The server had an error");
			if (mode === "429") return wrong(429, "rate_limit_error", "Rate limit reached");
			if (mode === "401") return wrong(401, "invalid_request_error", "Incorrect API key provided");
			if (mode === "lost") return req.socket.destroy();
			if (mode === "nonsense") return say(200, "<html>It works!</html>");
			const answer = mode === "prose" ? "Sure! The caller wants a repair." : mode === "cut" ? '{"intent": "rep' : says(words, system);
			const content = typeof answer === "string" ? answer : JSON.stringify(answer);
			const whole = { id: `chatcmpl-${randomBytes(8).toString("hex")}`, object: "chat.completion", created: Math.floor(Date.now() / 1000), model: NAME,
				choices: [{ index: 0, message: { role: "assistant", content, refusal: null }, logprobs: null, finish_reason: "stop" }],
				usage: { prompt_tokens: 400, completion_tokens: 30, total_tokens: 430 } };
			if (mode === "late") return void setTimeout(() => res.destroyed || say(200, whole), 10_000).unref();
			say(200, whole);
		});
	});
	server.on("connection", (s) => sockets.add(s.on("close", () => sockets.delete(s))));
	await new Promise((done) => server.listen(Number(process.env.MODEL_PORT ?? 0), "127.0.0.1", done));
	server.unref();
	return { url: `http://127.0.0.1:${server.address().port}/v1`, asked, say: (fn) => (says = fn), fault: (mode, times = 1) => (fault = { mode, times }),
		close: () => { for (const s of sockets) s.destroy(); server.close(); } };
}
