/* What holds for one customer instead of the company's rules, and their certificates of exemption. */
import { useEffect, useState } from "preact/hooks";
import type { CustomerBilling, Exemption } from "../shared/api";
import { call, Fault, faultText } from "../shared/call";
import { FormTrouble, SelectField, TextField, useForm, wrong } from "../shared/form";
import { dayOf } from "../shared/format";
import { toast } from "../shared/over";
import { Button, FaultNote, Skeleton } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import { say } from "./moneywords";
import { CheckField, DayField, Foot, yes } from "./record";
import { ppmOf } from "./rules";
import { Take } from "./taken";
import { today } from "./technicians";

const PPM = 10_000;

export function OwnBillingPanel(p: {
	customer: string;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const [own, setOwn] = useState<CustomerBilling | null>(null);
	const [free, setFree] = useState<Exemption[]>([]);
	const [fault, setFault] = useState("");
	// Once for each customer
	useEffect(() => {
		Promise.all([
			call("GET /api/office/customers/:id/billing", { id: p.customer }),
			call("GET /api/office/customers/:id/exemptions", { id: p.customer }),
		]).then(
			([billing, exemptions]) => {
				setFree(exemptions.rows);
				setOwn(billing);
			},
			(f) => setFault(faultText(f)),
		);
	}, [p.customer]);
	return (
		<Panel title={say("money.own")} close={p.close}>
			<FaultNote text={fault} />
			{own ? (
				<div class="stack">
					<OwnForm {...p} own={own} />
					<Certificates customer={p.customer} rows={free} take={setFree} changed={p.changed} />
				</div>
			) : (
				!fault && <Skeleton />
			)}
		</Panel>
	);
}

function OwnForm(p: {
	customer: string;
	own: CustomerBilling;
	close: () => void;
	changed: () => Promise<void>;
}) {
	const { own } = p;
	const form = useForm({
		initial: {
			shows: own.shows as string,
			mails: own.mails as string,
			due_days: own.due_days === null || own.due_days === undefined ? "" : String(own.due_days),
			discount_ppm: own.discount_ppm ? String(own.discount_ppm / PPM) : "",
			discount_text: own.discount_text,
			no_late_fees: yes(own.no_late_fees),
			no_reminders: yes(own.no_reminders),
		},
		draft: `own-billing-${p.customer}`,
		async send(v, key) {
			if (!/^\d{0,3}$/.test(v.due_days.trim())) throw wrong("due_days", say("money.number.bad"));
			await call("PUT /api/office/customers/:id/billing", {
				id: p.customer,
				key,
				body: {
					shows: v.shows as CustomerBilling["shows"],
					mails: v.mails as CustomerBilling["mails"],
					due_days: v.due_days.trim() === "" ? null : Number(v.due_days),
					discount_ppm: ppmOf(v.discount_ppm, "discount_ppm"),
					discount_text: v.discount_text.trim(),
					no_late_fees: v.no_late_fees === "yes",
					no_reminders: v.no_reminders === "yes",
					version: own.version,
				},
			});
			await p.changed();
			toast(t("act.saved"));
			p.close();
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<p class="muted">{say("money.own.text")}</p>
			<FormTrouble form={form} />
			<SelectField
				form={form}
				name="shows"
				label={say("money.shows")}
				choices={[
					{ value: "company", label: say("money.own.shows.company") },
					{ value: "invoice", label: say("money.shows.invoice") },
					{ value: "statement", label: say("money.shows.statement") },
				]}
			/>
			<div class="pair">
				<SelectField
					form={form}
					name="mails"
					label={say("money.own.mails")}
					choices={[
						{ value: "company", label: say("money.own.shows.company") },
						{ value: "yes", label: say("money.own.mails.yes") },
						{ value: "no", label: say("money.own.mails.no") },
					]}
				/>
				<TextField
					form={form}
					name="due_days"
					label={say("money.own.due")}
					inputmode="numeric"
					maxLength={3}
				/>
			</div>
			<div class="pair">
				<TextField
					form={form}
					name="discount_ppm"
					label={say("money.own.discount")}
					inputmode="decimal"
				/>
				<TextField
					form={form}
					name="discount_text"
					label={say("money.own.discount_text")}
					maxLength={120}
				/>
			</div>
			<CheckField form={form} name="no_reminders" label={say("money.own.no_reminders")} />
			<CheckField form={form} name="no_late_fees" label={say("money.own.no_late_fees")} />
			<Foot busy={form.busy} close={p.close} />
		</form>
	);
}

function Certificates(p: {
	customer: string;
	rows: Exemption[];
	take: (rows: Exemption[]) => void;
	changed: () => Promise<void>;
}) {
	const [adding, setAdding] = useState(false);
	const [fault, setFault] = useState("");
	const end = async (e: Exemption) => {
		setFault("");
		try {
			const page = await call("POST /api/office/customers/:id/exemption-ends", {
				id: p.customer,
				body: { exemption_id: e.id, until_day: [e.from_day, today()].sort().at(-1) ?? today() },
			});
			p.take(page.rows);
			await p.changed();
		} catch (f) {
			if (f instanceof Fault) setFault(f.message);
		}
	};
	return (
		<section class="stack" aria-label={say("money.own.free")}>
			<div class="row">
				<h3 class="grow">{say("money.own.free")}</h3>
				{p.rows.length > 0 && <Take small list="customers/:id/exemptions" id={p.customer} />}
			</div>
			<FaultNote text={fault} />
			{p.rows.length === 0 && <p class="muted">{say("money.own.free.none")}</p>}
			{p.rows.map((e) => (
				<div class="row" key={e.id}>
					<span class="grow">
						<b>{e.certificate}</b>{" "}
						<span class="meta">
							{[
								e.area,
								`${dayOf(e.from_day)} – ${e.until_day ? dayOf(e.until_day) : say("money.own.free.always")}`,
							]
								.filter(Boolean)
								.join(" · ")}
						</span>
					</span>
					{!e.until_day && (
						<Button
							size="sm"
							label={say("money.tax.end.title", { name: e.certificate })}
							onClick={() => void end(e)}
						>
							{say("money.tax.end")}
						</Button>
					)}
				</div>
			))}
			{adding ? (
				<AddCertificate
					customer={p.customer}
					close={() => setAdding(false)}
					take={async (rows) => {
						p.take(rows);
						await p.changed();
					}}
				/>
			) : (
				<div class="row">
					<Button size="sm" icon="plus" onClick={() => setAdding(true)}>
						{say("money.own.free.add")}
					</Button>
				</div>
			)}
		</section>
	);
}

function AddCertificate(p: {
	customer: string;
	close: () => void;
	take: (rows: Exemption[]) => Promise<void>;
}) {
	const form = useForm({
		initial: { certificate: "", area: "", from_day: today(), until_day: "" },
		draft: `certificate-${p.customer}`,
		async send(v, key) {
			const page = await call("POST /api/office/customers/:id/exemptions", {
				id: p.customer,
				key,
				body: {
					certificate: v.certificate.trim(),
					area: v.area.trim(),
					from_day: v.from_day,
					until_day: v.until_day || null,
				},
			});
			await p.take(page.rows);
			p.close();
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			<FormTrouble form={form} />
			<TextField
				form={form}
				name="certificate"
				label={say("money.own.certificate")}
				maxLength={80}
				required
				autofocus
			/>
			<TextField form={form} name="area" label={say("money.own.free.area")} maxLength={40} />
			<div class="pair">
				<DayField form={form} name="from_day" label={say("money.tax.from")} />
				<DayField form={form} name="until_day" label={say("money.tax.until")} />
			</div>
			<Foot busy={form.busy} close={p.close} />
		</form>
	);
}
