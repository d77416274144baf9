/* A list that is taken away: in the downloads, or why not. */
import type { Api } from "../shared/api";
import { download, Fault } from "../shared/call";
import { toast } from "../shared/over";
import { t } from "../shared/words";

export async function taken(
	endpoint: Extract<keyof Api, `GET ${string}.csv`>,
	name: string,
	query: Record<string, string> = {},
): Promise<void> {
	try {
		await download(endpoint, name, query);
		toast(t("exports.taken"));
	} catch (f) {
		toast(f instanceof Fault ? f.message : t("fault.away"));
	}
}
