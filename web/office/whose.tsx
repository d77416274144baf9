/* Whose it is: a customer that is looked for, or named by the address; then shown above what is written for them. */
import type { ComponentChildren } from "preact";
import type { Customer } from "../shared/api";
import { call } from "../shared/call";
import { go } from "../shared/router";
import { Button, Icon } from "../shared/ui";
import { FindCustomer } from "./findcustomer";
import { say } from "./jobwords";

/* What a form for one customer needs of them; nobody: they are looked for first. */
export const customerOf = (id: string | null | undefined): Promise<Customer | null> =>
	id ? call("GET /api/office/customers/:id", { id }) : Promise.resolve(null);

export const placesOf = (c: Customer) => c.properties.filter((x) => !x.archived_at);

/*
 * The one who is picked goes into the address, so that a page that is loaded again, or gone back to, is still theirs.
 * here: the address without a customer; fixed: it has one, and keeps it
 */
export function Whose(p: {
	customer: Customer | null;
	here: string;
	fixed?: boolean;
	children: (customer: Customer) => ComponentChildren;
}) {
	const { customer } = p;
	if (!customer)
		return (
			<div class="sheet">
				<FindCustomer
					label={say("quote.customer")}
					take={(line) => go(`${p.here}?customer=${line.id}`)}
				/>
			</div>
		);
	return (
		<>
			<div class="tools">
				<Icon name="user" />
				<b>{customer.name}</b>
				{!p.fixed && (
					<Button size="sm" kind="quiet" href={p.here}>
						{say("quote.customer.other")}
					</Button>
				)}
			</div>
			{placesOf(customer).length > 0 ? (
				p.children(customer)
			) : (
				<p class="tools muted">
					{say("job.noplace")}{" "}
					<a class="link" href={`/customers/${customer.id}`}>
						{customer.name}
					</a>
				</p>
			)}
		</>
	);
}
