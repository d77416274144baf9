#!/usr/bin/env bash
# outbox.sh -- a phone whose numbers the office does not know goes on under a new name: nothing that waits is lost or done twice,
# and what the office did not take stays until somebody has looked at it.
. "$(dirname "$0")/lib.sh"
esbuild=web/node_modules/.bin/esbuild
if [ ! -x "$esbuild" ]; then
	echo "ok - a phone under a new name loses nothing # SKIP no web/node_modules: npm ci --prefix web"
	exit 0
fi
plant shared/call.ts << 'EOT'
export class Fault extends Error { status = 0; code = "away"; field = ""; }
export const call = (what: string, how: any) => (globalThis as any).box.ask(how.body, Fault);
EOT
plant tech/store.ts << 'EOT'
const box = (globalThis as any).box;
const drawer = (d: string) => ({
	get: (key: string) => { const ask: any = {}; queueMicrotask(() => { ask.result = box.kv[key]; ask.onsuccess?.(); }); return ask; },
	put: (value: any, key?: string) => { if (d === "kv") box.kv[key!] = value; else box.log.set(value.n, value); },
	delete: (key: number) => box.log.delete(key),
	clear: () => box.log.clear(),
	getAll: () => { const ask: any = {}; queueMicrotask(() => { ask.result = [...box.log.values()].sort((a: any, b: any) => a.n - b.n); ask.onsuccess?.(); }); return ask; },
});
export const turn = async (_: string[], work: any) => { const out: any = {}; work(drawer, out); await new Promise((done) => setTimeout(done)); return out.is; };
export const all = async () => [...box.log.values()].sort((a: any, b: any) => a.n - b.n);
export const get = async (_: string, key: string) => box.kv[key];
export const drop = async (_: string, n: number) => void box.log.delete(n);
export const isOpen = () => true;
export const remember = () => {};
let made = 0;
export const newId = () => `new${++made}`;
EOT
said() {
	cp "$1" "$seed/tech/outbox.ts" && NODE_PATH=web/node_modules "$esbuild" --bundle --format=esm --log-level=warning "$seed/tech/outbox.ts" \
		--outfile="$seed/outbox.mjs" && node tests/laws/outbox.mjs "$seed/outbox.mjs"
}
sed 's/\.\.\.answered\.map(.*/...[],/' web/tech/outbox.ts > "$seed/lost.ts"
catches "outbox: a conflict that vanishes with the phone's name is seen" "not taken: is gone" said "$seed/lost.ts"
sed 's/n: i - answered.length/n: i + 1/' web/tech/outbox.ts > "$seed/over.ts"
catches "outbox: a conflict on whose number a verb is written is seen" "not taken: is gone" said "$seed/over.ts"
sed 's/n: rest.length }/n: 0 }/' web/tech/outbox.ts > "$seed/again.ts"
catches "outbox: a number that is given twice is seen" "numbers at the office" said "$seed/again.ts"
sed 's/if (!bad) return 0;/return 0;/' web/tech/outbox.ts > "$seed/stuck.ts"
catches "outbox: a tap that the office cannot read and that holds up the rest is seen" "unreadable" said "$seed/stuck.ts"
sed 's/ask.result.map((k: Kept)/log.value.map((k)/' web/tech/outbox.ts > "$seed/between.ts"
catches "outbox: a tap that is kept while the phone gets its new name, and lost, is seen" "meanwhile" said "$seed/between.ts"
holds "a phone under a new name loses nothing" said web/tech/outbox.ts
exit $law_status
