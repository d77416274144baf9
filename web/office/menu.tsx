/* What floats in the office alone: menus, and the palette that finds everything. */
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Dialog } from "../shared/over";
import { Icon, Kbd } from "../shared/ui";
import { t } from "../shared/words";

/* ---- menu ---- */

export interface MenuItem {
	label: string;
	icon?: string;
	danger?: boolean;
	rule?: boolean /* a line above */;
	act: () => void;
}

export function Menu(p: { label: string; icon?: string; items: MenuItem[]; up?: boolean }) {
	const [open, setOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);
	const id = useId();

	/* Before the next key, as in the dialog: an End pressed at once goes to the last item and stays there. */
	useLayoutEffect(() => {
		if (!open) return;
		root.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
		const away = (e: Event) => {
			if (!root.current?.contains(e.target as Node)) setOpen(false);
		};
		addEventListener("pointerdown", away);
		return () => removeEventListener("pointerdown", away);
	}, [open]);

	const close = () => {
		setOpen(false);
		root.current?.querySelector<HTMLElement>("button")?.focus();
	};
	const onKey = (e: KeyboardEvent) => {
		if (!open) return;
		const items = [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
		const at = items.indexOf(document.activeElement as HTMLElement);
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key];
		if (e.key === "Escape") {
			e.stopPropagation();
			close();
		} else if (e.key === "Tab") setOpen(false);
		else if (to !== undefined) {
			e.preventDefault();
			items.at(to % items.length)?.focus();
		}
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: keys bubble here from the button and the items
		<div class="menu" ref={root} onKeyDown={onKey}>
			<button
				class="button button--icon"
				type="button"
				aria-haspopup="menu"
				aria-expanded={open}
				aria-controls={open ? id : undefined}
				aria-label={p.label}
				title={p.label}
				onClick={() => setOpen(!open)}
			>
				<Icon name={p.icon ?? "more"} />
			</button>
			{open && (
				<div
					class={p.up ? "menu__list menu__list--up" : "menu__list"}
					role="menu"
					id={id}
					aria-label={p.label}
				>
					{p.items.map((item) => (
						<div key={item.label} role="none">
							{item.rule && <div class="menu__rule" role="separator" />}
							<button
								class={item.danger ? "menu__item menu__item--danger" : "menu__item"}
								type="button"
								role="menuitem"
								tabIndex={-1}
								onClick={() => {
									close();
									item.act();
								}}
							>
								{item.icon && <Icon name={item.icon} />}
								{item.label}
							</button>
						</div>
					))}
				</div>
			)}
		</div>
	);
}

/* ---- palette ---- */

export interface Command {
	label: string;
	words?: string /* other words that find it */;
	icon: string;
	key?: string;
	act: () => void;
}

export const plain = (s: string) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function Palette(p: {
	commands: Command[];
	/* Looks further than the commands, once two letters are typed and the typing pauses. */
	find?: ((query: string) => Promise<Command[]>) | undefined;
	onClose: () => void;
}) {
	const [further, setFurther] = useState<Command[]>([]);
	const [query, setQuery] = useState("");
	const [at, setAt] = useState(0);
	const id = useId();
	const found = useMemo(() => {
		const wanted = plain(query).split(/\s+/).filter(Boolean);
		const near = p.commands.filter((c) =>
			wanted.every((w) => plain(`${c.label} ${c.words ?? ""}`).includes(w)),
		);
		return [...near, ...(wanted.length ? further : [])];
	}, [query, p.commands, further]);
	useEffect(() => {
		const q = query.trim();
		if (!p.find || q.length < 2) {
			setFurther([]);
			return;
		}
		let wanted = true;
		const timer = setTimeout(() => {
			p.find?.(q).then(
				(list) => wanted && setFurther(list),
				() => wanted && setFurther([]),
			);
		}, 150);
		return () => {
			wanted = false;
			clearTimeout(timer);
		};
	}, [query, p.find]);
	const chosen = Math.min(at, found.length - 1);
	const run = (c: Command | undefined) => {
		if (!c) return;
		p.onClose();
		c.act();
	};
	useEffect(() => {
		document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
	}, [chosen, id]);
	return (
		<Dialog palette label={t("palette.title")} onClose={p.onClose}>
			<input
				class="palette__input"
				role="combobox"
				aria-expanded="true"
				aria-controls={`${id}-list`}
				aria-activedescendant={found.length ? `${id}-${chosen}` : undefined}
				aria-label={t("palette.title")}
				placeholder={t("palette.title")}
				autocomplete="off"
				spellcheck={false}
				autofocus
				value={query}
				onInput={(e) => {
					setQuery(e.currentTarget.value);
					setAt(0);
				}}
				onKeyDown={(e) => {
					const n = found.length || 1;
					if (e.key === "ArrowDown") setAt((chosen + 1) % n);
					else if (e.key === "ArrowUp") setAt((chosen - 1 + n) % n);
					else if (e.key === "Enter") run(found[chosen]);
					else return;
					e.preventDefault();
				}}
			/>
			<div class="palette__list" role="listbox" id={`${id}-list`} aria-label={t("palette.title")}>
				{found.map((c, i) => (
					// biome-ignore lint/a11y/useKeyWithClickEvents: the input above holds the keys
					// biome-ignore lint/a11y/useFocusableInteractive: it is the active descendant of the input
					<div
						key={c.label}
						id={`${id}-${i}`}
						class="palette__item"
						role="option"
						aria-selected={i === chosen}
						onPointerMove={() => setAt(i)}
						onClick={() => run(c)}
					>
						<Icon name={c.icon} />
						<span class="grow">{c.label}</span>
						{i === chosen ? <Kbd>↵</Kbd> : c.key && <Kbd>{c.key}</Kbd>}
					</div>
				))}
			</div>
			{found.length === 0 && (
				<p class="palette__foot" role="status">
					{t("palette.none", { query })}
				</p>
			)}
			<div class="palette__foot" aria-hidden="true">
				<span>
					<Kbd>↑</Kbd>
					<Kbd>↓</Kbd> {t("palette.choose")}
				</span>
				<span>
					<Kbd>↵</Kbd> {t("palette.do")}
				</span>
				<span>
					<Kbd>esc</Kbd> {t("palette.close")}
				</span>
			</div>
		</Dialog>
	);
}
