/*
 * The panel in which a part of a record is edited: what went wrong above, the fields, the way out below; and the
 * acts of its menu that can be taken back.
 */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Saved } from "../shared/api";
import { toast } from "../shared/over";
import { FaultNote } from "../shared/ui";
import { t } from "../shared/words";
import { Panel } from "./frame";
import type { MenuItem } from "./menu";
import { change, Foot, type Page, type RecordForm, RecordTrouble } from "./record";

export function EditPanel<V extends Record<string, string>>(p: {
	page: Page;
	form: RecordForm<V>;
	title: string;
	/* What it is about: a line under the title. */
	about?: string;
	/* On the button; otherwise "Save". */
	go?: string | undefined;
	menu?: MenuItem[];
	/* What an act of the menu could not do. */
	fault?: string;
	/* Below the form, and no part of it. */
	after?: ComponentChildren;
	children: ComponentChildren;
}) {
	return (
		<Panel title={p.title} close={p.page.close} menu={p.menu ?? []}>
			<form class="stack" onSubmit={p.form.submit} noValidate>
				{p.about && <p class="muted">{p.about}</p>}
				<RecordTrouble form={p.form} />
				<FaultNote text={p.fault} />
				{p.children}
				<Foot busy={p.form.busy} close={p.page.close} {...(p.go ? { go: p.go } : {})} />
			</form>
			{p.after}
		</Panel>
	);
}

/* What a menu can take away, and Undo brings back. The panel closes when it is done. */
export interface Removal {
	label: string;
	icon: string;
	work: () => Promise<Saved>;
	said: string;
	undo: () => Promise<Saved>;
	undone: string;
}

export function useRemoval(page: Page, r: Removal): { item: MenuItem; fault: string } {
	const [fault, setFault] = useState("");
	const back = async () => {
		const failed = await change(page, r.undo, r.undone);
		if (failed) toast(failed);
	};
	const act = async () => {
		const failed = await change(page, r.work, r.said, () => void back());
		if (failed) setFault(failed);
		else page.close();
	};
	return {
		item: { label: r.label, icon: r.icon, danger: true, act: () => void act() },
		fault,
	};
}

/* The removal that nearly everything of a record knows. */
export const archiving = (
	name: string,
	work: () => Promise<Saved>,
	undo: () => Promise<Saved>,
): Removal => ({
	label: t("act.archive"),
	icon: "box",
	work,
	said: t("pool.archived", { name }),
	undo,
	undone: t("pool.restored", { name }),
});
