/* A sale of a house that was none: taken back where it was told, or later from the list of big changes. */
import { call, Fault } from "../shared/call";
import { toast } from "../shared/over";
import { t } from "../shared/words";

/* Answers with whose the house is again; null: it could not be, and that was said. */
export async function undoSale(id: string): Promise<string | null> {
	try {
		const { customer } = await call("DELETE /api/office/sales/:id", { id });
		toast(t("sale.undone", { name: customer.name }));
		return customer.id;
	} catch (f) {
		if (f instanceof Fault) toast(f.message);
		return null;
	}
}
