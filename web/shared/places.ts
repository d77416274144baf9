/* Countries, zones and currencies to choose from, named in the reader's language. */
const COUNTRIES =
	"US CA MX ES AU NZ GB IE ZA AE AG AR AT BB BE BG BH BM BO BR BS BZ CH CL CO CR CY CZ DE DK DO EC EE EG FI FJ FR GR GT GU HK HN HR HU ID IL IN IS IT JM JO JP KE KR KW KY LB LT LU LV MA MT MU MY MZ NA NG NI NL NO OM PA PE PH PL PR PT PY QA RO SA SE SG SI SK SV TH TN TR TT TW TZ UA UY VE VI VN".split(
		" ",
	);
const CURRENCIES =
	"USD CAD MXN EUR AUD NZD GBP ZAR AED ARS BRL CHF CLP COP CRC CZK DKK DOP GTQ HUF ILS INR JMD JPY MAD MYR NOK PEN PHP PLN SAR SEK SGD THB TRY TTD UYU".split(
		" ",
	);

export interface Choice {
	value: string;
	label: string;
}

type NameOf = (code: string) => string;

const sorted = (codes: string[], name: NameOf): Choice[] =>
	codes
		.map((value) => ({ value, label: name(value) }))
		.sort((a, b) => a.label.localeCompare(b.label));

/* The value in use is always among the choices, so that a form never changes it silently. */
const withCurrent = (choices: Choice[], current: string, label: string): Choice[] =>
	!current || choices.some((c) => c.value === current)
		? choices
		: [{ value: current, label }, ...choices];

const names = (language: string, type: "region" | "currency"): NameOf => {
	const list = new Intl.DisplayNames([language], { type });
	return (code) => list.of(code) ?? code;
};

export function countries(language: string, current: string): Choice[] {
	const name = names(language, "region");
	return withCurrent(sorted(COUNTRIES, name), current, current);
}

export function currencies(language: string, current: string): Choice[] {
	const name = names(language, "currency");
	return withCurrent(
		sorted(CURRENCIES, (code) => `${name(code)} (${code})`),
		current,
		current,
	);
}

export function zones(current: string): Choice[] {
	const all = Intl.supportedValuesOf("timeZone").filter((z) => z.includes("/"));
	const label = (z: string) => z.replaceAll("_", " ");
	return withCurrent(
		all.map((value) => ({ value, label: label(value) })),
		current,
		label(current),
	);
}
