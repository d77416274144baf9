/* The tags of a customer, given and taken where they stand. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { call } from "../shared/call";
import { Button, Icon } from "../shared/ui";
import { t } from "../shared/words";
import { change, type Page } from "./record";

export function Tags(p: { page: Page; edits: boolean }) {
	const { customer } = p.page;
	const [adding, setAdding] = useState(false);
	const [typed, setTyped] = useState("");
	const [fault, setFault] = useState("");
	const [known, setKnown] = useState<string[]>([]);
	const input = useRef<HTMLInputElement>(null);
	useLayoutEffect(() => {
		if (adding) input.current?.focus();
	}, [adding]);
	// Asked for once somebody adds one
	useEffect(() => {
		if (adding)
			call("GET /api/office/tags").then(
				(list_) => setKnown(list_.rows.map((r) => r.tag)),
				() => {},
			);
	}, [adding]);
	const give = async (tags: string[], said: string, undo?: () => void) => {
		const failed = await change(
			p.page,
			() =>
				call("PUT /api/office/customers/:id/tags", {
					id: customer.id,
					body: { tags: tags.map((tag) => ({ tag })) },
				}),
			said,
			undo,
		);
		setFault(failed);
		return failed === "";
	};
	const has = customer.tags.map((x) => x.tag);
	const add = async (e: Event) => {
		e.preventDefault();
		const tag = typed.trim();
		if (!tag || (await give([...has, tag], t("tag.given", { tag })))) {
			setTyped("");
			setAdding(false);
		}
	};
	return (
		<div class="chips">
			{has.map((tag) => (
				<span key={tag} class="chip chip--still">
					{tag}
					{p.edits && (
						<button
							class="chip__x"
							type="button"
							aria-label={t("tag.take", { tag })}
							onClick={() =>
								void give(
									has.filter((x) => x !== tag),
									t("tag.taken", { tag }),
									() => void give(has, t("tag.given", { tag })),
								)
							}
						>
							<Icon name="x" size="sm" />
						</button>
					)}
				</span>
			))}
			{p.edits &&
				(adding ? (
					<form class="row" onSubmit={(e) => void add(e)}>
						<input
							class="input chip__input"
							aria-label={t("tag.new")}
							placeholder={t("tag.new")}
							maxLength={40}
							list="known-tags"
							value={typed}
							ref={input}
							onInput={(e) => setTyped(e.currentTarget.value)}
							onKeyDown={(e) => {
								if (e.key === "Escape") setAdding(false);
							}}
						/>
						<datalist id="known-tags">
							{known.map((k) => (
								<option key={k} value={k} />
							))}
						</datalist>
						<Button size="sm" type="submit">
							{t("act.add")}
						</Button>
					</form>
				) : (
					<button class="chip chip--add" type="button" onClick={() => setAdding(true)}>
						<Icon name="plus" size="sm" />
						{t("tag.add")}
					</button>
				))}
			{fault && (
				<p class="field__error" role="alert">
					{fault}
				</p>
			)}
		</div>
	);
}
