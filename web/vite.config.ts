import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const languages = ["en", "es"] as const;
type Language = (typeof languages)[number];

/* The site's pages are written once, with {{keys}}; every one is built in each language. */
const words: Record<Language, Record<string, string>> = {
	en: JSON.parse(readFileSync(resolve(here, "site/words/en.json"), "utf8")),
	es: JSON.parse(readFileSync(resolve(here, "site/words/es.json"), "utf8")),
};
const pages = readdirSync(resolve(here, "site")).filter((f) => f.endsWith(".html"));
/* These carry both languages at once: nginx cannot always know the reader. */
const both = new Set(["404.html", "50x.html", "refused-both.html"]);

const escaped = (s: string) =>
	s
		.replaceAll("&", "&amp;")
		.replaceAll('"', "&quot;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;");

function filled(html: string, language: Language, page: string): string {
	const other: Language = language === "en" ? "es" : "en";
	const here_ = page === "index.html" ? "" : page.replace(".html", "");
	const builtin: Record<string, string> = {
		language,
		other,
		root: language === "en" ? "/" : "/es/",
		twin: other === "en" ? `/${here_}` : `/es/${here_}`,
	};
	const parts = (text: string): string =>
		text.replace(/\{\{>([a-z-]+)\}\}/g, (_, part: string) =>
			parts(readFileSync(resolve(here, `site/parts/${part}.html`), "utf8").trim()),
		);
	return parts(html).replace(
		/\{\{((?:en|es):)?([\w.-]+)\}\}/g,
		(_, forced: string | undefined, key: string) => {
			if (builtin[key] !== undefined) return builtin[key];
			const l = forced ? (forced.slice(0, 2) as Language) : language;
			const text = words[l][key];
			if (text === undefined) throw new Error(`site/${page}: no ${l} words for "${key}"`);
			return escaped(text);
		},
	);
}

function site(): Plugin {
	const spanish = resolve(here, "site/es");
	return {
		name: "site-in-two-languages",
		enforce: "pre",
		resolveId(id) {
			return id.startsWith(spanish) && id.endsWith(".html") ? id : null;
		},
		load(id) {
			if (!id.startsWith(spanish) || !id.endsWith(".html")) return null;
			const source = resolve(here, "site", id.slice(spanish.length + 1));
			if (!existsSync(source)) return null;
			return readFileSync(source, "utf8");
		},
		transformIndexHtml: {
			order: "pre",
			handler(html, context) {
				if (!context.filename.includes("/site/")) return html;
				const language: Language = context.filename.startsWith(spanish) ? "es" : "en";
				const page = filled(html, language, context.filename.split("/").pop() ?? "");
				/* The Spanish pages stand one folder deeper. */
				return language === "en"
					? page
					: page.replaceAll('"../', '"../../').replaceAll('"./', '"../');
			},
		},
	};
}

/* Keys must be the same in both languages: the build says which one is missing. */
for (const key of new Set([...Object.keys(words.en), ...Object.keys(words.es)]))
	for (const l of languages)
		if (words[l][key] === undefined) throw new Error(`site/words/${l}.json lacks "${key}"`);

export default defineConfig({
	root: here,
	base: "/",
	publicDir: "public",
	plugins: [site()],
	esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
	build: {
		outDir: "dist",
		emptyOutDir: true,
		target: "es2022",
		manifest: true,
		/* A data: address would be refused by the content policy for scripts and costs a cache for the rest. */
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
		rollupOptions: {
			input: Object.fromEntries([
				["office", resolve(here, "office/index.html")],
				["tech", resolve(here, "tech/index.html")],
				["portal", resolve(here, "portal/index.html")],
				...pages.map((p) => [`site-${p.replace(".html", "")}`, resolve(here, "site", p)]),
				...pages
					.filter((p) => !both.has(p))
					.map((p) => [`site-es-${p.replace(".html", "")}`, resolve(here, "site/es", p)]),
			]),
			output: {
				/* Each file of a first load costs a phone on the road a turn; what is smaller travels with others. */
				experimentalMinChunkSize: 4_000,
				entryFileNames: "assets/[name]-[hash].js",
				chunkFileNames: "assets/[name]-[hash].js",
				assetFileNames: "assets/[name]-[hash][extname]",
			},
		},
	},
});
