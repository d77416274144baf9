/* Mails from the company's own address: what its domain must say, and whether it does. */
import { useState } from "preact/hooks";
import type { Sender } from "../shared/api";
import { call } from "../shared/call";
import type { Screen, ScreenProps } from "../shared/router";
import { Badge, Banner, Button, FaultNote, Heading } from "../shared/ui";
import { catalogue } from "../shared/words";
import { Copied, Records, useAsked, Wish } from "./asked";
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
	const { asking, fault, run } = useAsked(data.checked_at, reload);
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
				<Wish
					say={say}
					label={say("address")}
					text={say("text", { house: data.house })}
					hint={say("address.hint")}
					kept={data.address}
					value={address}
					set={setAddress}
					save={() => void run(() => put(address.trim()), say("saved"), true)}
					remove={() => void run(() => put(""), say("removed"), false)}
					input={{ type: "email", maxLength: 254 }}
				/>
				{data.records.length > 0 && (
					<Records
						say={say}
						asking={asking}
						checked={data.checked_at}
						check={() => void run(() => call("POST /api/office/sender/checks"), "", true)}
					>
						{data.records.map((r) => (
							<Record key={r.what} row={r} />
						))}
					</Records>
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
