// Written by `poold shapes` from the tables of the server. Do not edit.

export interface Proposal {
	country: string;
	zone: string;
	language: "en" | "es";
	currency: string;
}

export interface SlugQuestion {
	name?: string;
	slug?: string;
}

export interface SlugLine {
	slug: string;
}

export interface SlugAnswer {
	slug: string;
	free: boolean;
	why: string | null;
	suggestions: SlugLine[];
}

export interface SignUp {
	company: string;
	slug: string;
	owner: string;
	email: string;
	password: string;
	country: string;
	zone: string;
	language: "en" | "es";
}

export interface SignedUp {
	url: string;
	ticket: string;
}

export interface CompanyCard {
	name: string;
	slug: string;
	language: "en" | "es";
	accent: string;
}

export interface SignIn {
	email: string;
	password: string;
	code?: string | null;
}

export interface Session {
	door: "office" | "tech" | "portal";
	owes_second_factor: boolean;
}

export interface Ticket {
	ticket: string;
}

export interface Proof {
	password: string;
	code?: string | null;
}

export interface Token {
	token: string;
}

export interface Address {
	email: string;
}

export interface NewPassword {
	token: string;
	password: string;
	code?: string | null;
}

export interface ChangePassword {
	current: string;
	password: string;
}

export interface InvitationCard {
	company: string;
	email: string;
	name: string;
	role: string;
	needs_second_factor: boolean;
}

export interface Acceptance {
	token: string;
	name: string;
	password: string;
	language: "en" | "es";
}

export interface TotpOffer {
	secret: string;
	uri: string;
	qr: string;
}

export interface Code {
	code: string;
}

export interface RecoveryCode {
	code: string;
}

export interface RecoveryCodes {
	codes: RecoveryCode[];
}

export interface Removal {
	password: string;
	code: string;
}

export interface Me {
	id: string;
	name: string;
	email: string;
	language: "en" | "es";
	role: "own" | "owner" | "manager" | "dispatcher" | "billing" | "technician" | "read_only";
	role_name: string;
	may: ("see_customers" | "edit_customers" | "see_codes" | "see_board" | "dispatch" | "plan_routes" | "work_stops" | "see_bills" | "bill" | "take_payments" | "see_pay" | "run_payroll" | "message" | "manage_stock" | "see_reports" | "import" | "export" | "manage_staff" | "manage_company" | "read_audit" | "own")[];
	owes_second_factor: boolean;
	second_factor: boolean;
	email_confirmed: boolean;
	version: number;
	company: CompanyCard;
}

export interface SelfChange {
	name: string;
	language: "en" | "es";
	version: number;
}

export interface Company {
	name: string;
	phone: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	country: string;
	zone: string;
	currency: string;
	language: "en" | "es";
	accent: string;
	week_starts: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
	version: number;
}

export interface StaffQuery {
	q?: string;
	state?: "invited" | "active" | "disabled";
	after?: string | null;
}

export interface StaffLine {
	id: string;
	name: string;
	email: string;
	role: "own" | "owner" | "manager" | "dispatcher" | "billing" | "technician" | "read_only";
	role_id: string | null;
	role_name: string;
	state: "invited" | "active" | "disabled";
	second_factor: boolean;
	last_seen_at: number | null;
	version: number;
}

export interface StaffPage {
	rows: StaffLine[];
	next: string | null;
}

export interface Invite {
	name: string;
	email: string;
	role: "own" | "owner" | "manager" | "dispatcher" | "billing" | "technician" | "read_only";
	role_id?: string | null;
	language: "en" | "es";
}

export interface StaffChange {
	name: string;
	role: "own" | "owner" | "manager" | "dispatcher" | "billing" | "technician" | "read_only";
	role_id?: string | null;
	version: number;
}

export interface StaffVersion {
	version: number;
}

export interface Heir {
	staff_id: string;
}

export interface Role {
	id: string;
	name: string;
	built_in: boolean;
	may: ("see_customers" | "edit_customers" | "see_codes" | "see_board" | "dispatch" | "plan_routes" | "work_stops" | "see_bills" | "bill" | "take_payments" | "see_pay" | "run_payroll" | "message" | "manage_stock" | "see_reports" | "import" | "export" | "manage_staff" | "manage_company" | "read_audit" | "own")[];
	people: number;
	version: number;
}

export interface RolePage {
	rows: Role[];
}

export interface RoleWish {
	name: string;
	may: ("see_customers" | "edit_customers" | "see_codes" | "see_board" | "dispatch" | "plan_routes" | "work_stops" | "see_bills" | "bill" | "take_payments" | "see_pay" | "run_payroll" | "message" | "manage_stock" | "see_reports" | "import" | "export" | "manage_staff" | "manage_company" | "read_audit" | "own")[];
}

export interface RoleChange {
	name: string;
	may: ("see_customers" | "edit_customers" | "see_codes" | "see_board" | "dispatch" | "plan_routes" | "work_stops" | "see_bills" | "bill" | "take_payments" | "see_pay" | "run_payroll" | "message" | "manage_stock" | "see_reports" | "import" | "export" | "manage_staff" | "manage_company" | "read_audit" | "own")[];
	version: number;
}

export interface SessionLine {
	id: string;
	door: "office" | "tech" | "portal";
	/** seconds UTC since 1970 */
	created_at: number;
	/** seconds UTC since 1970 */
	seen_at: number;
	ip: string;
	country: string;
	agent: string;
	here: boolean;
}

export interface SessionPage {
	rows: SessionLine[];
}

export interface AuditQuery {
	before?: number | null;
	q?: string;
}

export interface AuditLine {
	seq: number;
	/** seconds UTC since 1970 */
	at: number;
	actor: string;
	verb: string;
	noun: string;
	object_id: string | null;
	detail: string;
	ip: string;
	country: string;
}

export interface AuditPage {
	rows: AuditLine[];
	next: number | null;
}

export interface AuditVerdict {
	lines: number;
	whole: boolean;
	broken_at: number | null;
}

export interface TechMe {
	id: string;
	name: string;
	language: "en" | "es";
	company: CompanyCard;
}

export interface PortalMe {
	name: string;
	email: string;
	language: "en" | "es";
	company: CompanyCard;
}

export interface ApiError {
	error: {
		code: "invalid" | "signed_out" | "forbidden" | "not_found" | "stale" | "limit" | "retry" | "away" | "bug";
		field: string | null;
		message: string;
		trace: string;
	};
}

/** What each address takes and answers. */
export interface Api {
	/** This API, described in OpenAPI 3.1. */
	"GET /api/site/openapi.json": { body: null; query: null; out: string };
	/** Country, time zone, language and currency that the visitor most likely wants. */
	"GET /api/site/proposal": { body: null; query: null; out: Proposal };
	/** Is this address free? If not, which are. */
	"GET /api/site/slugs": { body: null; query: SlugQuestion; out: SlugAnswer };
	/** Found a company: it lives at its address at once, the ticket opens its door. */
	"POST /api/auth/signups": { body: SignUp; query: null; out: SignedUp };
	/** Whose door this is: name, language and colour. */
	"GET /api/auth/company": { body: null; query: null; out: CompanyCard };
	/** Sign in with e-mail, password and, where one is set up, a code. */
	"POST /api/auth/sessions": { body: SignIn; query: null; out: Session };
	/** Sign out. */
	"DELETE /api/auth/sessions": { body: null; query: null; out: null };
	/** Walk into the company that was just signed up. */
	"POST /api/auth/tickets": { body: Ticket; query: null; out: Session };
	/** Show password and code once more, for what is sensitive. */
	"POST /api/auth/step-ups": { body: Proof; query: null; out: null };
	/** Confirm one's e-mail address by the link that was mailed. */
	"POST /api/auth/confirmations": { body: Token; query: null; out: null };
	/** Mail that link once more; the one before stops working. */
	"POST /api/auth/confirmation-mails": { body: null; query: null; out: null };
	/** Ask for a link to choose a new password; the answer is the same for every address. */
	"POST /api/auth/resets": { body: Address; query: null; out: null };
	/** Choose a new password by that link; all other sessions end. */
	"POST /api/auth/resets/passwords": { body: NewPassword; query: null; out: Session };
	/** Change one's password; all other sessions end. */
	"PUT /api/auth/password": { body: ChangePassword; query: null; out: null };
	/** Who invites whom as what; looking uses nothing up. */
	"POST /api/auth/invitations/looks": { body: Token; query: null; out: InvitationCard };
	/** Accept an invitation: name, password, language. */
	"POST /api/auth/invitations": { body: Acceptance; query: null; out: Session };
	/** A secret for an authenticator, as text and as a QR code; it counts once a code was shown. */
	"POST /api/auth/totp": { body: null; query: null; out: TotpOffer };
	/** Show a code of that authenticator; the session rises, ten recovery codes are shown once. */
	"POST /api/auth/totp/confirmations": { body: Code; query: null; out: RecoveryCodes };
	/** Give the second factor up, where the role allows it. */
	"POST /api/auth/totp/removals": { body: Removal; query: null; out: null };
	/** Ten new recovery codes; the old ones stop working. */
	"POST /api/auth/recovery-codes": { body: null; query: null; out: RecoveryCodes };
	/** Ask for a link into the portal; the answer is the same for every address. */
	"POST /api/auth/portal-links": { body: Address; query: null; out: null };
	/** Come in by that link; it works once, for 15 minutes. */
	"POST /api/auth/portal-sessions": { body: Token; query: null; out: Session };
	/** Leave the portal. */
	"DELETE /api/auth/portal-sessions": { body: null; query: null; out: null };
	/** Who is signed in, what they may do, and where. */
	"GET /api/office/me": { body: null; query: null; out: Me };
	/** Change one's own name and language. */
	"PUT /api/office/me": { body: SelfChange; query: null; out: Me };
	/** The company's settings. */
	"GET /api/office/company": { body: null; query: null; out: Company };
	/** Change the company's settings. */
	"PUT /api/office/company": { body: Company; query: null; out: Company };
	/** People who work here, by name. */
	"GET /api/office/staff": { body: null; query: StaffQuery; out: StaffPage };
	/** Invite somebody by e-mail. */
	"POST /api/office/staff": { body: Invite; query: null; out: StaffLine };
	/** One person. */
	"GET /api/office/staff/:id": { body: null; query: null; out: StaffLine };
	/** Change somebody's name and role. */
	"PUT /api/office/staff/:id": { body: StaffChange; query: null; out: StaffLine };
	/** Shut somebody out; every session of theirs ends at once. */
	"POST /api/office/staff/:id/disablings": { body: StaffVersion; query: null; out: null };
	/** Let somebody who was shut out come back. */
	"DELETE /api/office/staff/:id/disablings": { body: null; query: null; out: null };
	/** Send an invitation again; the link before stops working. */
	"POST /api/office/staff/:id/invitations": { body: null; query: null; out: null };
	/** Hand the company over; the owner becomes a manager. */
	"POST /api/office/ownership": { body: Heir; query: null; out: null };
	/** All roles, the built-in ones first. */
	"GET /api/office/roles": { body: null; query: null; out: RolePage };
	/** Make a role of the company's own. */
	"POST /api/office/roles": { body: RoleWish; query: null; out: Role };
	/** Change a role of the company's own. */
	"PUT /api/office/roles/:id": { body: RoleChange; query: null; out: Role };
	/** Drop a role that nobody has. */
	"DELETE /api/office/roles/:id": { body: null; query: null; out: null };
	/** One's own open sessions, the newest first. */
	"GET /api/office/sessions": { body: null; query: null; out: SessionPage };
	/** End one of one's own sessions. */
	"DELETE /api/office/sessions/:id": { body: null; query: null; out: null };
	/** End all of one's own sessions but this one. */
	"DELETE /api/office/sessions": { body: null; query: null; out: null };
	/** The audit log, the newest line first. */
	"GET /api/office/audit": { body: null; query: AuditQuery; out: AuditPage };
	/** The audit log as a table, 10,000 lines at most, newest first. */
	"GET /api/office/audit.csv": { body: null; query: AuditQuery; out: string };
	/** Walk the chain of the audit log: is every line as it was written. */
	"GET /api/office/audit/verification": { body: null; query: null; out: AuditVerdict };
	/** Who is signed in at the technicians' door. */
	"GET /api/tech/me": { body: null; query: null; out: TechMe };
	/** The customer who is signed in. */
	"GET /api/portal/me": { body: null; query: null; out: PortalMe };
}
