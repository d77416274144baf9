/* Customers' pages at the company's own domain: what it must say, and whether it does. */
import { useState } from "preact/hooks";
import type { OwnDomain } from "../shared/api";
import { call } from "../shared/call";
import { moment } from "../shared/format";
import type { Screen, ScreenProps } from "../shared/router";
import { Badge, Banner, Button, FaultNote, Heading } from "../shared/ui";
import { catalogue } from "../shared/words";
import { Copied, Records, useAsked, Wish } from "./asked";
import { Part } from "./frame";
import en from "./words/domain.en.json";
import es from "./words/domain.es.json";

type DomainKey = keyof typeof en;
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;
const { say } = catalogue<DomainKey>(en, es);

const TONE = {
	asked: undefined,
	good: "kelp",
	missing: "sun",
	wrong: "coral",
	taken: "coral",
} as const;
const Value = (p: { label: string; text: string }) => (
	<Copied {...p} copy={say("copy")} copied={say("copied")} />
);

function Standing({ d }: { d: OwnDomain }) {
	if (!d.host) return null;
	if (d.ends_at)
		return (
			<Banner tone="coral" icon="alert">
				{say("ends", { host: d.host, when: moment(d.ends_at) })}
			</Banner>
		);
	const key = d.served ? "on" : d.state === "taken" ? "taken" : "off";
	return (
		<Banner
			tone={d.served ? "kelp" : d.state === "taken" ? "coral" : "sun"}
			icon={d.served ? "check" : "clock"}
		>
			{say(key, { host: d.host })}
		</Banner>
	);
}

function Proof({ d }: { d: OwnDomain }) {
	return (
		<>
			<Part title={say("proof")} text={say("proof.text")}>
				<p>
					<Badge tone={TONE[d.state]} icon={d.state === "good" ? "check" : "clock"}>
						{say(`state.${d.state}`)}
					</Badge>
				</p>
				<Value label={`TXT, ${say("name")}`} text={d.record_name} />
				<Value label={`TXT, ${say("value")}`} text={d.record_value} />
				{d.found && d.state === "wrong" && (
					<p class="muted wrap">
						{say("found")}: <code>{d.found}</code>
					</p>
				)}
			</Part>
			<Part title={say("leads")} text={say("leads.text")}>
				<Value label={`CNAME, ${say("name")}`} text={d.host} />
				<Value label={`CNAME, ${say("value")}`} text={d.leads_to} />
			</Part>
		</>
	);
}

function View({ data, reload }: ScreenProps<OwnDomain>) {
	const [host, setHost] = useState(data.host);
	const { asking, fault, run } = useAsked(data.checked_at, reload);
	const put = (to: string) =>
		call("PUT /api/office/domain", { body: { host: to, version: data.version } });
	return (
		<>
			<header class="bar">
				<Button kind="quiet" icon="left" label={say("back")} href="/company" />
				<Heading>{say("title")}</Heading>
			</header>
			<div class="sheet">
				<FaultNote text={fault} />
				<Standing d={data} />
				<Wish
					say={say}
					label={say("host")}
					text={say("text", { portal: data.portal })}
					hint={say("host.hint")}
					kept={data.host}
					value={host}
					set={setHost}
					/* As it was understood: without "https://" and capitals. */
					save={() =>
						void run(async () => setHost((await put(host.trim())).host), say("saved"), true)
					}
					remove={() => void run(() => put(""), say("removed"), false)}
					input={{
						inputMode: "url",
						autoCapitalize: "none",
						spellcheck: false,
						maxLength: 300,
						"aria-invalid": fault !== "",
					}}
				/>
				{data.host && (
					<Records
						say={say}
						asking={asking}
						checked={data.checked_at}
						check={() => void run(() => call("POST /api/office/domain/checks"), "", true)}
					>
						<Proof d={data} />
					</Records>
				)}
			</div>
		</>
	);
}

const screen: Screen<OwnDomain> = {
	title: "nav.company",
	load: () => call("GET /api/office/domain"),
	view: View,
};
export default screen;
