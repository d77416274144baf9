/* Customers' pages at the company's own domain: what it must say, and whether it does. */
import { useState } from "preact/hooks";
import type { OwnDomain } from "../shared/api";
import { call, Fault } from "../shared/call";
import { moment } from "../shared/format";
import { toast } from "../shared/over";
import type { Screen, ScreenProps } from "../shared/router";
import { Badge, Banner, Button, FaultNote, Heading } from "../shared/ui";
import { catalogue } from "../shared/words";
import { Copied, useAsked } from "./asked";
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

function Records({ d }: { d: OwnDomain }) {
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
	const [fault, setFault] = useState("");
	const [asking, setAsking] = useAsked(data.checked_at, reload);
	const run = async (what: () => Promise<unknown>, told: string, asks: boolean) => {
		setFault("");
		try {
			await what();
			if (told) toast(told);
			await reload();
			setAsking(asks);
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
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
				<form
					onSubmit={(e) => {
						e.preventDefault();
						/* As it was understood: without "https://" and capitals. */
						void run(async () => setHost((await put(host.trim())).host), say("saved"), true);
					}}
				>
					<Part title={say("host")} text={say("text", { portal: data.portal })}>
						<label class="field">
							<span class="field__label">{say("host")}</span>
							<input
								class="input"
								inputMode="url"
								autoCapitalize="none"
								spellcheck={false}
								maxLength={300}
								required
								value={host}
								aria-describedby="host-hint"
								aria-invalid={fault !== ""}
								onInput={(e) => setHost(e.currentTarget.value)}
							/>
						</label>
						<p id="host-hint" class="field__hint">
							{say("host.hint")}
						</p>
						<div class="row">
							<Button kind="primary" type="submit" disabled={host.trim() === data.host}>
								{say("save")}
							</Button>
							{data.host && (
								<Button
									kind="quiet"
									onClick={() => {
										setHost("");
										void run(() => put(""), say("removed"), false);
									}}
								>
									{say("remove")}
								</Button>
							)}
						</div>
					</Part>
				</form>
				{data.host && (
					<section aria-labelledby="records">
						<div class="part">
							<div class="part__about">
								<h2 id="records">{say("records")}</h2>
								<p>{say("records.text")}</p>
							</div>
							<div class="row">
								<Button
									icon="refresh"
									busy={asking}
									onClick={() => void run(() => call("POST /api/office/domain/checks"), "", true)}
								>
									{say("check")}
								</Button>
								<span class="muted" aria-live="polite">
									{asking
										? say("checking")
										: data.checked_at
											? say("checked", { when: moment(data.checked_at) })
											: ""}
								</span>
							</div>
						</div>
						<Records d={data} />
					</section>
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
