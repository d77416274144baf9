/* The company's own fields on a person who works here and on a job: read, and filled in their panels. */
import { useEffect, useState } from "preact/hooks";
import type { FieldLine, OwnValues } from "../shared/api";
import { call, faultText } from "../shared/call";
import { FormTrouble, useForm } from "../shared/form";
import { toast } from "../shared/over";
import { Banner, Button } from "../shared/ui";
import { t } from "../shared/words";
import { OwnFacts, OwnInputs, ownFields, ownRead, ownWritten } from "./record";

type On = "staff" | "workorder";
const ENDPOINT = {
	staff: ["GET /api/office/staff/:id/own", "PUT /api/office/staff/:id/own"],
	workorder: ["GET /api/office/visits/:id/own", "PUT /api/office/visits/:id/own"],
} as const;

interface Data {
	fields: FieldLine[];
	is: OwnValues;
}

/* Nothing at all where the company has no fields of its own. */
export function OwnPart(p: { on: On; id: string; edits: boolean; changed?: () => Promise<void> }) {
	const [data, setData] = useState<Data | null>(null);
	const [fault, setFault] = useState("");
	const load = async () => {
		try {
			const [fields, is] = await Promise.all([
				call("GET /api/office/fields"),
				call(ENDPOINT[p.on][0], { id: p.id }),
			]);
			setData({ fields: fields.rows, is });
		} catch (f) {
			setFault(faultText(f));
		}
	};
	useEffect(() => void load(), [p.on, p.id]);
	if (fault) return <Banner tone="coral">{fault}</Banner>;
	if (!data || ownFields(data, p.on, data.is.own).length === 0) return null;
	return (
		<section class="stack" aria-label={t("fields.title")}>
			<h3>{t("fields.title")}</h3>
			{p.edits ? (
				<OwnForm
					key={data.is.version}
					{...p}
					data={data}
					reload={load}
					saved={(is) => setData({ ...data, is })}
				/>
			) : data.is.own.length > 0 ? (
				<dl class="facts">
					<OwnFacts page={data} on={p.on} has={data.is.own} />
				</dl>
			) : (
				<p class="faint">–</p>
			)}
		</section>
	);
}

function OwnForm(p: {
	on: On;
	id: string;
	data: Data;
	changed?: () => Promise<void>;
	reload: () => Promise<void>;
	saved: (is: OwnValues) => void;
}) {
	const [stale, setStale] = useState(false);
	const form = useForm({
		initial: ownRead(p.data, p.on, p.data.is.own),
		async send(v, key) {
			const body = { own: ownWritten(v), version: p.data.is.version };
			p.saved(await call(ENDPOINT[p.on][1], { id: p.id, body, key }));
			await p.changed?.();
			toast(t("act.saved"));
		},
		caught(fault) {
			setStale(fault.code === "stale");
			return fault.code === "stale";
		},
	});
	return (
		<form class="stack" onSubmit={form.submit} noValidate>
			{stale && (
				<Banner
					tone="sun"
					alert
					action={
						<Button size="sm" onClick={() => void p.reload()}>
							{t("stale.look")}
						</Button>
					}
				>
					{t("stale.person")}
				</Banner>
			)}
			<FormTrouble form={form} />
			<OwnInputs form={form} page={p.data} on={p.on} has={p.data.is.own} />
			<div>
				<Button type="submit" busy={form.busy} disabled={!form.dirty}>
					{t("act.save")}
				</Button>
			</div>
		</form>
	);
}
