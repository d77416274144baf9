// postmark.mjs -- what Postmark posts, in its own format: a mail that came in, and what became of one of ours. Judged by the types of
// the vendor's own library (tests/laws/postmark.sh).

/** @typedef {import("postmark").Models.InboundWebhook} InboundWebhook */
/** @typedef {import("postmark").Models.BounceWebhook} BounceWebhook */
/** @typedef {import("postmark").Models.SpamComplaintWebhook} SpamComplaintWebhook */
/** @typedef {import("postmark").Models.SubscriptionChangeWebhook} SubscriptionChangeWebhook */

/** Its codes of the kinds that the stories tell of. Source: "Bounce types" */
const CODES = { HardBounce: 1, Transient: 2, Unsubscribe: 16, AutoResponder: 64, SoftBounce: 4096, SpamComplaint: 100001, SpamNotification: 512 };
let last = 0;
const uuid = () => `00000000-0000-4000-8000-${String(++last).padStart(12, "0")}`;

/**
 * A mail whole, as the setting "Include raw email content in JSON payload" has it, and in parts.
 * @param {{to: string, from: string, raw: string, text?: string}} mail
 * @returns {InboundWebhook}
 */
export function inbound({ to, from, raw, text = "" }) {
	const [, hash = ""] = to.match(/\+([^@]*)@/) ?? [];
	const reader = { Email: to, Name: "", MailboxHash: hash };
	return { FromName: "", MessageStream: "inbound", From: from, FromFull: { Email: from, Name: "", MailboxHash: "" }, To: to, ToFull: [reader], Cc: "", CcFull: [], Bcc: "", BccFull: [reader],
		OriginalRecipient: to, Subject: "Agua", MessageID: uuid(), ReplyTo: "", MailboxHash: hash, Date: "Mon, 30 Nov 2026 12:00:00 +0000", TextBody: text, HtmlBody: "", StrippedTextReply: "", Tag: "",
		Headers: [{ Name: "X-Spam-Status", Value: "No" }, { Name: "Received-SPF", Value: `Pass (sender SPF authorized) identity=mailfrom; envelope-from=${from}` }],
		Attachments: [{ Name: "note.txt", Content: "bm90ZQ==", ContentType: "text/plain", ContentID: "" }], RawEmail: raw };
}

/**
 * @param {{type: keyof typeof CODES, email: string, metadata: Record<string, string>, details?: string}} what
 */
const of = ({ type, email, metadata, details = "" }) => ({
	MessageStream: "outbound", ID: ++last, Type: type, TypeCode: CODES[type], Name: type, Tag: "", MessageID: uuid(), Metadata: metadata, ServerID: 23, Description: "The server was unable to deliver your message.",
	Details: details, Email: email, From: "sender@example.com", BouncedAt: "2026-11-30T16:33:54.9070259Z", DumpAvailable: true, Inactive: type === "HardBounce" || type === "SpamComplaint", CanActivate: type !== "SpamComplaint", Subject: "Agua",
});

/**
 * @param {{type: keyof typeof CODES, email: string, metadata: Record<string, string>, details?: string}} what
 * @returns {BounceWebhook}
 */
export const bounce = (what) => ({ RecordType: "Bounce", ...of(what) });

/**
 * @param {{email: string, metadata: Record<string, string>}} what
 * @returns {SpamComplaintWebhook}
 */
export const complaint = (what) => ({ RecordType: "SpamComplaint", ...of({ type: "SpamComplaint", ...what }) });

/**
 * @param {{email: string, metadata: Record<string, string>, suppress: boolean, reason: "ManualSuppression" | "HardBounce" | "SpamComplaint"}} what
 * @returns {SubscriptionChangeWebhook}
 */
export const subscription = ({ email, metadata, suppress, reason }) => ({
	RecordType: "SubscriptionChange", MessageID: uuid(), ServerID: 23, MessageStream: "broadcast", ChangedAt: "2026-11-30T16:33:54.9070259Z", Recipient: email, Origin: "Recipient", SuppressSending: suppress,
	SuppressionReason: reason, Tag: "", Metadata: metadata,
});
