// pages.mjs -- the pages that Stripe would show: pay, answer the bank's question, become a company that takes cards; and a
// desk on which a developer plays the bank.
const escaped = (s) => String(s).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const money = (cents) => `$${(cents / 100).toFixed(2)}`;
const style = `:root{color-scheme:light dark;font:17px/1.5 system-ui,sans-serif}body{margin:0;background:light-dark(#f6f8fa,#10151a);color:light-dark(#1a1f36,#e8edf2)}
main{max-width:26rem;margin:0 auto;padding:2rem 1.25rem}main.wide{max-width:56rem}h1{font-size:2.2rem;margin:.2rem 0 1.5rem}form{display:grid;gap:.9rem;margin:0 0 2rem}
label{display:grid;gap:.3rem;font-size:.95rem}input,select,button{font:inherit;padding:.75rem;border:1px solid light-dark(#6b7684,#8b97a5);border-radius:10px;background:light-dark(#fff,#1a2129);color:inherit}
button{background:#0b5fc7;color:#fff;border:0;font-weight:600;cursor:pointer}button.quiet{background:transparent;color:inherit;border:1px solid currentColor}
.bad{color:light-dark(#a4201f,#ff9a94);font-weight:600}.note{font-size:.9rem;color:light-dark(#4a5568,#b3bfcc)}table{width:100%;border-collapse:collapse;font-size:.95rem}td,th{text-align:left;padding:.5rem;border-bottom:1px solid #8886}`;
const page = (title, body, wide) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${style}</style></head><body><main${wide ? ' class="wide"' : ""}>${body}</main></body></html>`;

function pay_page(s, what, fault = "", kind = "card") {
	const head = s.mode === "setup" ? "<p>Keep a card or an account</p><h1>Nothing is paid now</h1>" : `<p>${escaped(what)}</p><h1>${money(s.amount_total)}</h1>`;
	const bad = (k) => (fault && kind === k ? `<p class="bad" role="alert">${escaped(fault)}</p>` : "");
	const button = s.mode === "setup" ? "Keep it" : "Pay";
	return page("Pay", `<p class="note">Test payments: no money moves.</p>${head}
<form method="post"><input type="hidden" name="kind" value="card">${bad("card")}
<label>Card number<input name="number" inputmode="numeric" autocomplete="cc-number" value="4242 4242 4242 4242"></label>
<button>${button} by card</button></form>
<form method="post"><input type="hidden" name="kind" value="us_bank_account">${bad("us_bank_account")}
<label>Bank account number<input name="number" inputmode="numeric" value="000123456789"></label>
<button>${button} from a bank account</button></form>
<p><a href="${escaped(s.cancel_url)}">Back to the company</a></p>`);
}
const asks_page = (number) => page("Your bank asks", `<h1>Is it you?</h1><p>Your bank wants to know whether you are paying.</p>
<form method="post"><input type="hidden" name="kind" value="card"><input type="hidden" name="number" value="${escaped(number)}"><input type="hidden" name="answered" value="yes"><button>Yes, it is me</button></form>
<form method="post"><input type="hidden" name="kind" value="card"><input type="hidden" name="number" value="4000000000000002"><button class="quiet">No</button></form>`);

function desk(o) {
	const rows = [...o.things.values()].filter((t) => t.object.object === "payment_intent").reverse().slice(0, 100);
	const button = (verb, t, text) => `<form method="post" action="/desk/${verb}" style="display:inline"><input type="hidden" name="account" value="${escaped(t.account)}"><input type="hidden" name="id" value="${escaped(t.object.id)}"><button class="quiet">${text}</button></form> `;
	const table = rows.map((t) => `<tr><td>${money(t.object.amount)}<td>${escaped(t.object.status)}<td>${t.object.status === "processing" ? button("settle", t, "The bank pays") + button("refuse", t, "No money (R01)") : t.object.status === "succeeded" ? button("dispute", t, "Take it back") : ""}`);
	const accounts = [...new Set(rows.map((t) => t.account))].map((a) => `<form method="post" action="/desk/payout"><input type="hidden" name="account" value="${escaped(a)}"><button class="quiet">Pay out ${escaped(a)}</button></form>`);
	return page("The other side", `<h1>The other side</h1><p class="note">What Stripe and the banks would do, by hand. A bank debit settles by itself after a while.</p>
<table><tr><th>Payment<th>State<th>${table.join("")}</table>${rows.length ? "" : "<p>Nobody has paid yet.</p>"}${accounts.join("")}`, true);
}

export function hosted(o) {
	const { request, reply, url } = o;
	const html = (status, text) => reply.writeHead(status, { "Content-Type": "text/html; charset=utf-8" }).end(text);
	const go = (to) => reply.writeHead(303, { Location: to }).end();
	const given = Object.fromEntries(new URLSearchParams(o.text));
	const [, what, id] = url.pathname.split("/");
	if (what === "favicon.ico") return reply.writeHead(204).end();
	if (what === "") return html(200, desk(o));
	if (what === "desk" && request.method === "POST") {
		if (id === "settle") o.settle(given.account, given.id, { fails: null });
		if (id === "refuse") o.settle(given.account, given.id, { fails: "insufficient_funds", code: "R01" });
		if (id === "dispute") o.dispute(given.account, given.id, "debit_not_authorized");
		if (id === "payout") o.payout(given.account);
		return go("/");
	}
	if (what === "connect") {
		if (request.method === "GET") return html(200, page("Take cards", '<h1>Take cards</h1><p>Here Stripe asks a company who it is. In this house one click is enough.</p><form method="post"><button>Finish</button></form>'));
		const to = o.onboard(id);
		return to ? go(to) : html(410, page("Over", "<h1>This link is used up</h1>"));
	}
	if (what === "ask" && o.things.get(id)?.object.next_action) {
		if (request.method === "GET") return html(200, page("Your bank asks", '<h1>Is it you?</h1><p>Your bank wants to know whether you are paying.</p><form method="post"><input type="hidden" name="yes" value="1"><button>Yes, it is me</button></form><form method="post"><button class="quiet">No</button></form>'));
		return go(o.decide(id, given.yes === "1"));
	}
	if (what === "manage" && o.things.has(id)) {
		if (request.method === "POST") return go(o.managed(id, given.verb));
		return html(200, page("Your subscription", '<p class="note">Test payments: no money moves.</p><h1>Your subscription</h1><form method="post"><input type="hidden" name="verb" value="pay"><button>Use another card, and pay what is open</button></form><form method="post"><input type="hidden" name="verb" value="end"><button class="quiet">End it</button></form>'));
	}
	if (what === "bill" && o.things.has(id)) return html(200, page("Bill", `<p>${escaped(o.things.get(id).object.number)}</p><h1>${money(o.things.get(id).object.total)}</h1><p>${escaped(o.things.get(id).object.status)}</p>`));
	const kept = o.things.get(id);
	if (what !== "pay" || kept?.object.object !== "checkout.session") return html(404, page("Nothing", "<h1>There is nothing here</h1>"));
	const s = kept.object;
	const line = kept.form.line_items?.[0]?.price_data?.product_data?.name ?? "";
	if (request.method === "GET") return s.status === "open" ? html(200, pay_page(s, line)) : go(s.success_url.replace("{CHECKOUT_SESSION_ID}", s.id));
	const done = o.pay(id, given);
	if (done.asks) return html(200, asks_page(given.number));
	if (done.error) return html(200, pay_page(s, line, done.error, given.kind));
	return go(done.to);
}
