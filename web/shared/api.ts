/* The shapes that travel. Written by `poold shapes`; do not edit. */

export interface Proposal { country: string; zone: string; language: Language; currency: string }
export interface SlugSuggestion { slug: string }
export interface SlugAnswer { slug: string; free: boolean; why?: string | null; suggestions: SlugSuggestion[] }
export interface SignUp { company: string; slug: string; owner: string; email: string; password: string; country: string; zone: string; language: Language }
export interface SignedUp { url: string; ticket: string }

type Language = "en" | "es";
export interface CompanyCard { name: string; slug: string; language: Language; accent: string }
export interface SignIn { email: string; password: string; code?: string | null }
export interface Session { door: "office" | "tech" | "portal"; owes_second_factor: boolean }
export interface InvitationCard { company: string; email: string; name: string; role: string; needs_second_factor: boolean }
export interface Acceptance { token: string; name: string; password: string; language: Language }
export interface TotpOffer { secret: string; uri: string; qr: string }
export interface RecoveryCode { code: string }
export interface RecoveryCodes { codes: RecoveryCode[] }

type Permission =
	| "see_customers" | "edit_customers" | "see_codes" | "see_board" | "dispatch" | "plan_routes"
	| "work_stops" | "see_bills" | "bill" | "take_payments" | "see_pay" | "run_payroll" | "message"
	| "manage_stock" | "see_reports" | "import" | "export" | "manage_staff" | "manage_company"
	| "read_audit" | "own";
export interface Me {
	id: string; name: string; email: string; language: Language; role: string; role_name: string; may: Permission[];
	owes_second_factor: boolean; second_factor: boolean; email_confirmed: boolean; version: number; company: CompanyCard;
}
export interface Company {
	name: string; phone: string; street: string; city: string; region: string; postcode: string; country: string;
	zone: string; currency: string; language: Language; accent: string; week_starts: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"; version: number;
}
export interface StaffLine {
	id: string; name: string; email: string; role: string; role_id?: string | null; role_name: string;
	state: "invited" | "active" | "disabled"; second_factor: boolean; last_seen_at?: number | null; version: number;
}
export interface StaffPage { rows: StaffLine[]; next?: string | null }
export interface Invite { name: string; email: string; role: string; role_id?: string; language: Language }
export interface Role { id: string; name: string; built_in: boolean; may: Permission[]; people: number; version: number }
export interface RolePage { rows: Role[] }
export interface SessionLine {
	id: string; door: string; created_at: number; seen_at: number; ip: string; country: string; agent: string; here: boolean;
}
export interface SessionPage { rows: SessionLine[] }
export interface AuditLine {
	seq: number; at: number; actor: string; verb: string; noun: string; object_id: string | null; detail: string; ip: string; country: string;
}
export interface AuditPage { rows: AuditLine[]; next?: number | null }
export interface AuditVerdict { lines: number; whole: boolean; broken_at?: number | null }
export interface TechMe { id: string; name: string; language: Language; company: CompanyCard }
export interface PortalMe { name: string; email: string; language: Language; company: CompanyCard }
