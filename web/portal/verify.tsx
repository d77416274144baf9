/* Is this sealed document whole? Anybody may ask; what is shown is what the document itself says, and nothing else. */
import { useEffect, useState } from "preact/hooks";
import type { CompanyCard, ProofVerdict } from "../shared/api";
import { call } from "../shared/call";
import { day, dayPart, money, time } from "../shared/format";
import { Button, Heading, Icon, OtherLanguage, title } from "../shared/ui";
import { catalogue } from "../shared/words";

/* What domain/visits/record.h writes. */
export interface RecordOf {
	customer: string;
	company: string;
	place: string;
	service: string;
	tech: string;
	day: string;
	state: string;
	started_at?: number;
	ended_at?: number;
	reason?: string;
	signed_by?: string;
	notes: string[];
	readings: {
		at: number;
		water: string;
		values: { measure: string; how: string; x100: number }[];
	}[];
	doses: { at: number; water: string; item: string; base: string; given_x100: number }[];
	products: { item: string; quantity_x100: number }[];
	photos: { id: string; at: number; shows: string; blake2b: string }[];
	checks: { item: string; done: number; at: number; measure?: string; x100?: number }[];
}
/* Where the report leaves its proof for this page. */
export const CARRIED = "poolhouse.proof";

const { say } = catalogue(
	{
		title: "Document check",
		by: "by Poolhouse, for {company}",
		ask: "Choose the bill (PDF) or the sealed record that you saved, or put its text here.",
		file: "Choose a file",
		text: "Text of the record",
		check: "Check it",
		yes: "This is genuine",
		"yes.text": "Not one letter has changed since {company} sealed it.",
		no: "This is not genuine",
		document: "Document",
		visit: "Visit report, {day}",
		bill: "Bill {number}",
		for: "For",
		sum: "It comes to",
		"sum.text": "Compare it with your paper",
		at: "Sealed",
		key: "Key",
		all: "All that was sealed",
		tells: "What this tells you",
		"tells.who": "Who sealed it, and when",
		"tells.whole": "Nothing was added, removed or redated",
		"tells.not": "It cannot tell whether a test was done well",
		back: "Back to the report",
		another: "Check another one",
		without: "Check it without us",
		"without.text": "The public keys; the program poolctl checks a saved record offline.",
	},
	{
		title: "Comprobar un documento",
		by: "de Poolhouse, para {company}",
		ask: "Elija la factura (PDF) o el registro sellado que guardó, o ponga aquí su texto.",
		file: "Elegir un archivo",
		text: "Texto del registro",
		check: "Comprobar",
		yes: "Es auténtico",
		"yes.text": "No ha cambiado ni una letra desde que {company} lo selló.",
		no: "No es auténtico",
		document: "Documento",
		visit: "Informe de visita, {day}",
		bill: "Factura {number}",
		for: "Para",
		sum: "Suma",
		"sum.text": "Compárela con su papel",
		at: "Sellado",
		key: "Clave",
		all: "Todo lo que se selló",
		tells: "Qué le dice esto",
		"tells.who": "Quién lo selló, y cuándo",
		"tells.whole": "Nada se añadió, se quitó ni cambió de fecha",
		"tells.not": "No puede decir si una prueba se hizo bien",
		back: "Volver al informe",
		another: "Comprobar otro",
		without: "Compruébelo sin nosotros",
		"without.text":
			"Las claves públicas; el programa poolctl comprueba un registro guardado sin conexión.",
	},
);
const LARGE = 4 * 1024 * 1024;

interface Carried {
	proof: string;
	back: string;
}
function carried(): Carried | null {
	const kept = sessionStorage.getItem(CARRIED);
	sessionStorage.removeItem(CARRIED);
	return kept ? (JSON.parse(kept) as Carried) : null;
}

/* A paper carries its proof (domain/base/pdf.h); any other file is the proof itself. */
const HEAD = /<< \/Type \/EmbeddedFile \/Subtype \/text#2Fplain \/Length (\d+) >>\nstream\n/;
async function proofIn(file: File): Promise<string> {
	const bytes = await file.arrayBuffer();
	const letters = new TextDecoder("latin1").decode(bytes);
	const found = letters.startsWith("%PDF-") ? HEAD.exec(letters) : null;
	if (!found) return new TextDecoder().decode(bytes);
	const from = found.index + found[0].length;
	return new TextDecoder().decode(bytes.slice(from, from + Number(found[1])));
}

export default function Verify(p: { company: CompanyCard }) {
	const [from] = useState(carried);
	const [text, setText] = useState("");
	const [verdict, setVerdict] = useState<ProofVerdict | null>(null);
	const [trouble, setTrouble] = useState("");
	const [busy, setBusy] = useState(false);
	title("portal.check");
	const check = async (proof: string) => {
		setBusy(true);
		setTrouble("");
		try {
			setVerdict(await call("POST /api/portal/proof-checks", { body: { proof }, door: true }));
		} catch (f) {
			setTrouble(f instanceof Error ? f.message : "");
		} finally {
			setBusy(false);
		}
	};
	/* The code that is printed on a bill: what is behind the '#' is taken out of the address at once. */
	const scanned = async (token: string) => {
		history.replaceState(null, "", location.pathname);
		setBusy(true);
		try {
			const paper = await call("GET /api/portal/papers", { query: { token }, door: true });
			await check(paper.proof);
		} catch (f) {
			setTrouble(f instanceof Error ? f.message : "");
			setBusy(false);
		}
	};
	// What the report brought along, or the paper that was scanned
	useEffect(() => {
		const token = location.hash.slice(1);
		if (from) void check(from.proof);
		else if (token) void scanned(token);
	}, []);
	const chosen = async (files: FileList | null) => {
		const file = files?.[0];
		if (!file) return;
		if (file.size > LARGE)
			return setVerdict({
				valid: false,
				why: "",
				kind: null,
				company: null,
				kid: null,
				issued_at: null,
				body: null,
			});
		await check(await proofIn(file));
	};
	return (
		<main class="portal__one report">
			<header>
				<Heading>{say("title")}</Heading>
				<p class="muted">{say("by", { company: p.company.name })}</p>
			</header>
			{verdict ? (
				<Verdict v={verdict} company={p.company} />
			) : (
				<section class="card card__body stack">
					<p>{say("ask")}</p>
					<label class="button button--primary button--lg button--block">
						<Icon name="file" />
						<span>{say("file")}</span>
						<input
							class="unseen"
							type="file"
							onChange={(e) => void chosen(e.currentTarget.files)}
						/>
					</label>
					<label class="field">
						<span class="field__label">{say("text")}</span>
						<textarea
							class="input"
							rows={4}
							spellcheck={false}
							value={text}
							onInput={(e) => setText(e.currentTarget.value)}
						/>
					</label>
					<Button block disabled={!text.trim()} busy={busy} onClick={() => void check(text)}>
						{say("check")}
					</Button>
					{trouble && <p role="alert">{trouble}</p>}
				</section>
			)}
			<section class="card">
				{from && (
					<a class="line" href={from.back}>
						<Icon name="file" size="lg" />
						<span class="grow">{say("back")}</span>
						<Icon name="right" />
					</a>
				)}
				{verdict && (
					<button class="line" type="button" onClick={() => setVerdict(null)}>
						<Icon name="search" size="lg" />
						<span class="grow">{say("another")}</span>
						<Icon name="right" />
					</button>
				)}
				<a class="line" href="/.well-known/pool-keys.json" target="_blank" rel="noreferrer">
					<Icon name="shield" size="lg" />
					<span class="grow">
						{say("without")}
						<small>{say("without.text")}</small>
					</span>
					<Icon name="right" />
				</a>
			</section>
			<p class="portal__foot">
				<OtherLanguage />
			</p>
		</main>
	);
}

/* What a sealed bill comes to; of a statement with all that was before. */
const sealedSum = (b: { opening?: number; total?: number; moves?: { cents: number }[] }) =>
	(b.moves ?? []).reduce((sum, m) => sum + m.cents, (b.opening ?? 0) + (b.total ?? 0));

function Verdict(p: { v: ProofVerdict; company: CompanyCard }) {
	const { v } = p;
	if (!v.valid)
		return (
			<section class="verdict verdict--no" role="alert">
				<Icon name="alert" size="xl" />
				<h2>{say("no")}</h2>
				<p>{v.why}</p>
			</section>
		);
	const said = JSON.parse(v.body ?? "{}");
	const record = said.record as RecordOf | undefined;
	const what = record
		? say("visit", {
				day: dayPart(record.day, { year: "numeric", month: "long", day: "numeric" }),
			})
		: say("bill", { number: String(said.number ?? "") });
	const whom = record ? `${record.customer}, ${record.place}` : String(said.customer?.name ?? "");
	return (
		<>
			<section class="verdict" role="status">
				<Icon name="shield" size="xl" />
				<h2>{say("yes")}</h2>
				<p>{say("yes.text", { company: p.company.name })}</p>
			</section>
			<section class="card">
				<dl class="sums">
					<div>
						<dt>{say("document")}</dt>
						<dd>{what}</dd>
					</div>
					<div>
						<dt>{say("for")}</dt>
						<dd>{whom}</dd>
					</div>
					{!record && (
						<div class="sums__total">
							<dt>
								{say("sum")}
								<small>{say("sum.text")}</small>
							</dt>
							<dd>{money(sealedSum(said), String(said.currency ?? "USD"))}</dd>
						</div>
					)}
					<div>
						<dt>{say("at")}</dt>
						<dd>
							{day(v.issued_at ?? 0, p.company.zone)}, {time(v.issued_at ?? 0, p.company.zone)}
						</dd>
					</div>
					<div>
						<dt>{say("key")}</dt>
						<dd>
							<code>{(v.kid ?? "").replace(/(.{4})(?=.)/g, "$1 ")}</code>
						</dd>
					</div>
				</dl>
			</section>
			<section class="card card__body stack">
				<h2>{say("tells")}</h2>
				<ul class="did did--plain">
					<li>
						<Icon name="check" /> <span>{say("tells.who")}</span>
					</li>
					<li>
						<Icon name="check" /> <span>{say("tells.whole")}</span>
					</li>
					{record && (
						<li>
							<Icon name="minus" /> <span>{say("tells.not")}</span>
						</li>
					)}
				</ul>
			</section>
			<details class="card card__body">
				<summary>{say("all")}</summary>
				<pre class="sealed__all">{JSON.stringify(said, null, 2)}</pre>
			</details>
		</>
	);
}
