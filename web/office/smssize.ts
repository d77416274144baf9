/* What a text costs while it is typed: the twin of domain/messaging/sms.c. */
const MORE = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
const TWICE = "^{}\\[~]|\f€";
const PLAIN: Record<string, string> = {
	á: "a",
	í: "i",
	ó: "o",
	ú: "u",
	Á: "A",
	Í: "I",
	Ó: "O",
	Ú: "U",
	ê: "e",
	â: "a",
	î: "i",
	ô: "o",
	û: "u",
	ë: "e",
	ï: "i",
	ç: "c",
	"‘": "'",
	"’": "'",
	"“": '"',
	"”": '"',
	"«": '"',
	"»": '"',
	"–": "-",
	"—": "-",
	"…": "...",
	"•": "*",
	"`": "'",
};

const units = (c: string) => {
	if (TWICE.includes(c)) return 2;
	return c === "\n" || (c >= " " && c < "\x7f" && c !== "`") || MORE.includes(c) ? 1 : 0;
};

export function smsSize(text: string): { letters: number; segments: number; wide: string } {
	const letters = [...text];
	const wide = letters.find((c) => units(c) === 0) ?? "";
	const n = wide ? text.length : letters.reduce((sum, c) => sum + units(c), 0);
	const [one, many] = wide ? [70, 67] : [160, 153];
	return { letters: n, segments: n === 0 ? 0 : n <= one ? 1 : Math.ceil(n / many), wide };
}

export const smsNarrow = (text: string) => [...text].map((c) => PLAIN[c] ?? c).join("");
