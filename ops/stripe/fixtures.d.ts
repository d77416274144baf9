/** What fixtures.mjs speaks of: the vendor's types, with members that may be absent. */
import type { Stripe } from "stripe";

/** A thing of the vendor's, of which some members are absent; none has another name or another kind of value. */
export type Fixture<T> = T extends string | number | boolean | null | undefined ? T : T extends (infer U)[] ? Fixture<U>[] : T extends object ? { [K in keyof T]?: Fixture<T[K]> } : T;

export type Account = Stripe.V2.Core.Account;
export type AccountLink = Stripe.V2.Core.AccountLink;
export type Method = Fixture<Stripe.PaymentMethod> & { type: "card" | "us_bank_account" };

/** Names and the hour: both of whoever plays Stripe. */
export interface Basis {
	id(prefix: string): string;
	at: number;
}
export interface Card {
	number: string;
	brand: string;
	funding?: string;
}
export interface Period {
	customer: string;
	method: string;
	currency: string;
	cents: number;
	interval: Stripe.Price.Recurring.Interval;
	trial: number;
	until: number;
	metadata: Stripe.Metadata;
}
