/* Where a day starts or ends: an address, which the house looks up, a place as maps copy it, or a pin on the map. */
import { useState } from "preact/hooks";
import { type Form, TextField, wrong } from "../shared/form";
import { Button } from "../shared/ui";
import { t } from "../shared/words";
import { later } from "./later";
import { placeTyped, type Spot, spotTyped } from "./placetyped";

const PinMap = later(() => import("./pinmap").then((m) => m.default));

export interface Home {
	address: string;
	lat_e6: number | null;
	lng_e6: number | null;
}

export const homeText = (h: Home) => h.address || placeTyped(h.lat_e6, h.lng_e6);
export const homePin = (h: Home) => placeTyped(h.lat_e6, h.lng_e6);

/* What is sent: an address that nobody has pinned goes without a place, and is looked up. */
export function homeOf(typed: string, pin: string, was: Home, field: string): Home {
	const text = typed.trim();
	const spot = spotTyped(text);
	if (spot) return { address: "", ...spot };
	if (text && !/\p{L}/u.test(text)) throw wrong(field, t("work.home.bad"));
	const put = text && (pin !== homePin(was) || text === was.address) ? spotTyped(pin) : null;
	return { address: text, ...(put ?? { lat_e6: null, lng_e6: null }) };
}

/* The map comes when it is asked for. */
export function PinPart(p: {
	label: string;
	pin: Spot | null;
	found: Spot | null;
	set: (to: Spot) => void;
}) {
	const [map, setMap] = useState(false);
	if (map) return <PinMap pin={p.pin} found={p.found} others={[]} set={p.set} />;
	return (
		<div>
			<Button
				size="sm"
				icon="pin"
				label={t("work.place.map.of", { place: p.label })}
				onClick={() => setMap(true)}
			>
				{t("work.place.map")}
			</Button>
		</div>
	);
}

export function HomeField<V extends Record<string, string>>(p: {
	form: Form<V>;
	name: keyof V & string;
	pin: keyof V & string;
	label: string;
	was: Home;
	edits: boolean;
}) {
	const { form, was } = p;
	const text = form.values[p.name] ?? "";
	const pin = spotTyped(text) ?? spotTyped(form.values[p.pin] ?? "");
	const unplaced = was.address !== "" && text.trim() === was.address && !pin;
	const put = (to: Spot) => {
		const at = placeTyped(to.lat_e6, to.lng_e6);
		form.set(p.pin, at as V[keyof V & string]);
		if (!text.trim() || spotTyped(text)) form.set(p.name, at as V[keyof V & string]);
	};
	return (
		<div class="stack stack--tight">
			<TextField
				form={form}
				name={p.name}
				label={p.label}
				hint={unplaced ? t("work.place.unplaced") : t("work.place.hint")}
				maxLength={160}
				readOnly={!p.edits}
			/>
			{p.edits && <PinPart label={p.label} pin={pin} found={spotTyped(homePin(was))} set={put} />}
		</div>
	);
}
