/* Mails from the company's own address: what its domain must say, and whether it does. */
import { useState } from "preact/hooks";
import type { Sender } from "../shared/api";
import { call, Fault } from "../shared/call";
import { moment } from "../shared/format";
import { toast } from "../shared/over";
import type { Screen, ScreenProps } from "../shared/router";
import { Badge, Banner, Button, FaultNote, Heading } from "../shared/ui";
import { catalogue } from "../shared/words";
import { Copied, useAsked } from "./asked";
import { Part } from "./frame";
import en from "./words/sender.en.json";
import es from "./words/sender.es.json";

type SenderKey = keyof typeof en;
export const spanish: Record<keyof typeof en, string> = es;
export const english: Record<keyof typeof es, string> = en;
const { say } = catalogue<SenderKey>(en, es);

type Rec = Sender["records"][number];
const TONE = { asked: undefined, good: "kelp", missing: "sun", wrong: "coral" } as const;

const Value = (p: { label: string; text: string }) => (
	<Copied {...p} copy={say("copy")} copied={say("copied")} />
);

function Record(p: { row: Rec }) {
	const r = p.row;
	const what = r.what as "dkim" | "dmarc" | "spf";
	return (
		<Part title={say(what)} text={say(`${what}.text`)}>
			<p>
				<Badge tone={TONE[r.state]} icon={r.state === "good" ? "check" : "clock"}>
					{say(`state.${r.state}`)}
				</Badge>
			</p>
			{r.value && (
				<>
					<Value label={`TXT, ${say("name")}`} text={r.name} />
					<Value label={say("value")} text={r.value} />
				</>
			)}
			{r.found && r.state === "wrong" && (
				<p class="muted wrap">
					{say("found")}: <code>{r.found}</code>
				</p>
			)}
		</Part>
	);
}

function View({ data, reload }: ScreenProps<Sender>) {
	const [address, setAddress] = useState(data.address);
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
		call("PUT /api/office/sender", { body: { address: to, version: data.version } });
	return (
		<>
			<header class="bar">
				<Button kind="quiet" icon="left" label={say("back")} href="/company" />
				<Heading>{say("title")}</Heading>
			</header>
			<div class="sheet">
				<FaultNote text={fault} />
				{data.address && (
					<Banner tone={data.good ? "kelp" : "sun"} icon={data.good ? "check" : "clock"}>
						{say(data.good ? "on" : "off", { address: data.address })}
					</Banner>
				)}
				<form
					onSubmit={(e) => {
						e.preventDefault();
						void run(() => put(address.trim()), say("saved"), true);
					}}
				>
					<Part title={say("address")} text={say("text", { house: data.house })}>
						<label class="field">
							<span class="field__label">{say("address")}</span>
							<input
								class="input"
								type="email"
								maxLength={254}
								required
								value={address}
								aria-describedby="address-hint"
								onInput={(e) => setAddress(e.currentTarget.value)}
							/>
						</label>
						<p id="address-hint" class="field__hint">
							{say("address.hint")}
						</p>
						<div class="row">
							<Button kind="primary" type="submit" disabled={address.trim() === data.address}>
								{say("save")}
							</Button>
							{data.address && (
								<Button
									kind="quiet"
									onClick={() => {
										setAddress("");
										void run(() => put(""), say("removed"), false);
									}}
								>
									{say("remove")}
								</Button>
							)}
						</div>
					</Part>
				</form>
				{data.records.length > 0 && (
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
									onClick={() => void run(() => call("POST /api/office/sender/checks"), "", true)}
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
						{data.records.map((r) => (
							<Record key={r.what} row={r} />
						))}
					</section>
				)}
			</div>
		</>
	);
}

const screen: Screen<Sender> = {
	title: "nav.company",
	load: () => call("GET /api/office/sender"),
	view: View,
};
export default screen;
