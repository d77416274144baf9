/* Six digits under the thumb: the PIN that opens the codes, or a new one. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Fault, faultText } from "../shared/call";
import { Dialog } from "../shared/over";
import { Button, Icon } from "../shared/ui";
import { count, t } from "../shared/words";
import { choosePin, unlock } from "./vault";

const DIGITS = 6;

/* One digit all along, or one after the other: what is tried first. */
const easy = (pin: string) => {
	const step = Number(pin[1]) - Number(pin[0]);
	return (
		Math.abs(step) < 2 &&
		[...pin].every((d, i) => i === 0 || Number(d) - Number(pin[i - 1]) === step)
	);
};

export function PinSheet(p: { choose: boolean; onDone: () => void; onClose: () => void }) {
	const [choosing, setChoosing] = useState(p.choose);
	const [first, setFirst] = useState("");
	/* Not by the picture that stands there: two taps may come between two of them. */
	const pin = useRef("");
	const working = useRef(false);
	const [typed, setTyped] = useState(0);
	const [said, setSaid] = useState("");
	/* What it says; null: it goes on; "": it is done. */
	const choose = async (pin: string): Promise<string | null> => {
		if (!first) {
			if (easy(pin)) return t("tech.pin.easy");
			setFirst(pin);
			return null;
		}
		setFirst("");
		if (pin !== first) return t("tech.pin.differ");
		await choosePin(pin);
		return "";
	};
	const open = async (pin: string): Promise<string | null> => {
		const left = await unlock(pin);
		if (left === "open") return "";
		if (left !== "gone") return count("tech.pin.wrong", left);
		setChoosing(true);
		return t("tech.pin.gone");
	};
	const full = async () => {
		working.current = true;
		let says: string | null;
		try {
			says = await (choosing ? choose(pin.current) : open(pin.current));
		} catch (f) {
			says = f instanceof Fault && f.code === "away" ? t("tech.pin.away") : faultText(f);
		}
		if (says === "") return p.onDone();
		setSaid(says ?? "");
		pin.current = "";
		setTyped(0);
		working.current = false;
	};
	const press = (k: string) => {
		if (working.current) return;
		pin.current = k === "del" ? pin.current.slice(0, -1) : pin.current + k;
		setTyped(pin.current.length);
		if (pin.current.length === DIGITS) void full();
	};
	const latest = useRef(press);
	latest.current = press;
	useEffect(() => {
		const key = (e: KeyboardEvent) => {
			/* The password, if it is asked for, is another box. */
			if (e.target instanceof HTMLInputElement) return;
			if (/^\d$/.test(e.key)) latest.current(e.key);
			else if (e.key === "Backspace") latest.current("del");
		};
		addEventListener("keydown", key);
		return () => removeEventListener("keydown", key);
	}, []);
	const title = t(!choosing ? "tech.pin.title" : first ? "tech.pin.again" : "tech.pin.choose");
	return (
		<Dialog sheet title={title} onClose={p.onClose}>
			<div class="stack">
				{choosing && <p class="muted">{t("tech.pin.text")}</p>}
				<div role="alert" class="pinpad__said">
					{said}
				</div>
				<div class="pinpad__dots" role="status" data-busy={typed === DIGITS}>
					<span class="unseen">{t("tech.pin.typed", { n: typed })}</span>
					{Array.from({ length: DIGITS }, (_, i) => (
						<i key={String(i)} data-on={i < typed} />
					))}
				</div>
				<div class="pinpad" role="group" aria-label={title}>
					{["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "del"].map((k) =>
						k === "" ? (
							<span key="gap" />
						) : (
							<button
								key={k}
								type="button"
								aria-label={k === "del" ? t("tech.water.delete") : undefined}
								onClick={() => press(k)}
							>
								{k === "del" ? <Icon name="left" /> : k}
							</button>
						),
					)}
				</div>
				{!choosing && (
					<Button block kind="quiet" onClick={() => setChoosing(true)}>
						{t("tech.pin.forgot")}
					</Button>
				)}
				<Button block kind="quiet" onClick={p.onClose}>
					{t("act.cancel")}
				</Button>
			</div>
		</Dialog>
	);
}
