// Written by `poold shapes` from the tables of the server. Do not edit.

export interface HousePlan {
	cents: number;
	currency: string;
	trial_days: number;
}

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
	zone: string;
	currency: string;
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

export interface PortalPhone {
	phone: string;
}

export interface PortalCode {
	address: string;
	code: string;
}

export interface PortalChange {
	customer_id: string;
}

export interface PortalPassword {
	email: string;
	password: string;
}

export interface PortalPasswordNew {
	current?: string | null;
	password: string;
}

export interface PlatformEnter {
	email: string;
	key: string;
	code: string;
}

export interface PlatformWho {
	name: string;
	email: string;
}

export interface PlatformQuery {
	before?: string | null;
	q?: string;
}

export interface PlatformCompany {
	id: string;
	slug: string;
	name: string;
	country: string;
	live: boolean;
	standing: "free" | "trial" | "good" | "grace" | "read_only" | "suspended";
	cents: number;
	currency: string;
	customers: number;
	pools: number;
	staff: number;
	/** seconds UTC since 1970 */
	created_at: number;
	counted_at: number | null;
	until_at: number | null;
}

export interface PlatformCompanies {
	rows: PlatformCompany[];
	next: string | null;
}

export interface PlatformWay {
	url: string;
}

export interface Support {
	until_at: number | null;
	given_at: number | null;
}

export interface SupportAllow {
	hours: number;
}

export interface Archive {
	state: "none" | "asked" | "working" | "ready" | "failed";
	done: number;
	of_all: number;
	bytes: number;
	asked_at: number | null;
	ready_at: number | null;
	until_at: number | null;
}

export interface PortalDocumentsQuery {
	kind?: "any" | "quote" | "invoice" | "statement" | "receipt" | "report";
	before_day?: string | null;
	before_id?: string | null;
	q?: string;
}

export interface PortalDocument {
	kind: "any" | "quote" | "invoice" | "statement" | "receipt" | "report";
	id: string;
	number: string;
	title: string;
	day: string;
	cents: number;
	state: "draft" | "issued" | "void" | "approved" | "declined";
	pdf: boolean;
	token: string;
}

export interface PortalDocuments {
	rows: PortalDocument[];
	next_day: string | null;
	next_id: string | null;
	currency: string;
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
	support: boolean;
	version: number;
	company: CompanyCard;
	standing: "free" | "trial" | "good" | "grace" | "read_only" | "suspended";
	step_at: number | null;
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
	language: "en" | "es";
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
	language?: string | null;
	version: number;
}

export interface StaffVersion {
	version: number;
}

export interface PhoneLine {
	id: string;
	name: string;
	/** seconds UTC since 1970 */
	made_at: number;
	/** seconds UTC since 1970 */
	seen_at: number;
	revoked_at: number | null;
	pin_at: number | null;
	pushed: boolean;
}

export interface PhoneList {
	rows: PhoneLine[];
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

export interface CustomerNew {
	name: string;
	kind: "person" | "business";
	email: string;
	phone: string;
	language: "en" | "es";
	source: string;
	external_id: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	with_pool: boolean;
}

export interface OwnValue {
	field_id: string;
	value: string;
}

export interface Tag {
	tag: string;
}

export interface Contact {
	id: string;
	name: string;
	relation: "owner" | "tenant" | "agent" | "billing" | "other";
	phone: string;
	email: string;
	language: string;
	by_sms: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_email: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_voice: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	position: number;
	archived_at: number | null;
	version: number;
}

export interface NeverTech {
	staff_id: string;
}

export interface NoChemical {
	word: string;
}

export interface PoolSize {
	cm: number;
}

export interface Equipment {
	id: string;
	kind: "pump" | "filter" | "heater" | "salt_cell" | "controller" | "cleaner" | "feeder" | "light" | "blower" | "valve" | "skimmer" | "cover" | "other";
	make: string;
	model: string;
	serial: string;
	installed_day: string | null;
	warranty_day: string | null;
	service_every_days: number;
	serviced_day: string | null;
	due_day: string | null;
	covered: boolean;
	note: string;
	archived_at: number | null;
	version: number;
}

export interface Pool {
	id: string;
	kind: "pool" | "spa" | "fountain" | "other";
	name: string;
	volume_l: number | null;
	volume_source: "unknown" | "measured" | "calculated" | "estimated" | "builder" | "salt_test";
	shape: "unknown" | "rectangle" | "round" | "oval" | "kidney" | "free";
	sizes_cm: PoolSize[];
	surface: "unknown" | "plaster" | "pebble" | "quartz" | "tile" | "vinyl" | "fibreglass" | "paint" | "steel" | "other";
	sanitiser: "unknown" | "chlorine" | "salt" | "bromine" | "biguanide" | "mineral" | "ozone" | "uv" | "other";
	indoor: boolean;
	cover: boolean;
	fill_water: string;
	own: OwnValue[];
	equipment: Equipment[];
	archived_at: number | null;
	version: number;
}

export interface Property {
	id: string;
	name: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	lat_e6: number | null;
	lng_e6: number | null;
	place_source: "none" | "given" | "geocoded" | "pinned" | "nowhere";
	place_score: number;
	has_gate: boolean;
	has_lockbox: boolean;
	has_alarm: boolean;
	has_note: boolean;
	codes_changed_at: number | null;
	key_no: string;
	dogs: string;
	hazards: string;
	parking: string;
	like_days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
	not_days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
	from_minute: number | null;
	to_minute: number | null;
	text_before: boolean;
	same_tech: boolean;
	usual_tech_id: string | null;
	never_techs: NeverTech[];
	no_chemicals: NoChemical[];
	own: OwnValue[];
	pools: Pool[];
	archived_at: number | null;
	version: number;
}

export interface Note {
	id: string;
	on_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	on_id: string;
	audience: "technicians" | "office";
	body: string;
	pinned: boolean;
	staff_name: string | null;
	/** seconds UTC since 1970 */
	made_at: number;
	version: number;
}

export interface CustomerAgreement {
	id: string;
	property_id: string;
	pool_id: string | null;
	starts_day: string;
	ends_day: string | null;
	closed_at: number | null;
	rule: string | null;
	service_id: string | null;
	service_name: string | null;
	tech_id: string | null;
	tech_name: string | null;
	rate_cents: number | null;
}

export interface Customer {
	id: string;
	name: string;
	kind: "person" | "business";
	email: string;
	language: "en" | "es";
	standing: "lead" | "routed" | "unrouted" | "inactive" | "archived";
	bill_street: string;
	bill_city: string;
	bill_region: string;
	bill_postcode: string;
	source: string;
	external_id: string;
	own: OwnValue[];
	tags: Tag[];
	contacts: Contact[];
	properties: Property[];
	notes: Note[];
	agreements: CustomerAgreement[];
	merged_into: string | null;
	archived_at: number | null;
	/** seconds UTC since 1970 */
	created_at: number;
	version: number;
}

export interface Saved {
	id: string;
	customer: Customer;
}

export interface CustomerChange {
	name: string;
	kind: "person" | "business";
	email: string;
	language: "en" | "es";
	bill_street: string;
	bill_city: string;
	bill_region: string;
	bill_postcode: string;
	source: string;
	external_id: string;
	own: OwnValue[];
	version: number;
}

export interface RecordVersion {
	version: number;
}

export interface TagWord {
	tag: string;
}

export interface TagWish {
	tags: TagWord[];
}

export interface TagCount {
	tag: string;
	customers: number;
}

export interface TagList {
	rows: TagCount[];
}

export interface CustomersQuery {
	q?: string;
	standing?: "lead" | "routed" | "unrouted" | "inactive" | "archived";
	kind?: "person" | "business";
	language?: string;
	tag?: string;
	city?: string;
	tech_id?: string | null;
	lacking?: "nothing" | "property" | "place" | "pool" | "volume" | "agreement" | "phone" | "email";
	sort?: "name" | "newest";
	after?: string | null;
}

export interface CustomerLine {
	id: string;
	name: string;
	kind: "person" | "business";
	standing: "lead" | "routed" | "unrouted" | "inactive" | "archived";
	email: string;
	/** seconds UTC since 1970 */
	created_at: number;
	phone: string;
	street: string;
	city: string;
	pools: number;
	tags: string;
}

export interface CustomerPage {
	rows: CustomerLine[];
	next: string | null;
	total: number;
}

export interface ChosenCustomer {
	id: string;
}

export interface CustomersChosen {
	rows: ChosenCustomer[];
	more: boolean;
}

export interface CityCount {
	city: string;
	properties: number;
}

export interface CityList {
	rows: CityCount[];
}

export interface PropertyNew {
	customer_id: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
}

export interface WishTech {
	staff_id: string;
}

export interface WishChemical {
	word: string;
}

export interface PropertyChange {
	name: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	lat_e6?: number | null;
	lng_e6?: number | null;
	key_no: string;
	dogs: string;
	hazards: string;
	parking: string;
	like_days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
	not_days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
	from_minute?: number | null;
	to_minute?: number | null;
	text_before: boolean;
	same_tech: boolean;
	usual_tech_id?: string | null;
	never_techs: WishTech[];
	no_chemicals: WishChemical[];
	own: OwnValue[];
	version: number;
}

export interface CodesChange {
	gate?: string | null;
	lockbox?: string | null;
	alarm?: string | null;
	note?: string | null;
	version: number;
}

export interface CodeQuestion {
	kind: "gate" | "lockbox" | "alarm" | "note";
}

export interface CodeShown {
	kind: "gate" | "lockbox" | "alarm" | "note";
	code: string;
}

export interface CodeSeen {
	property_id: string;
	customer_id: string;
	customer_name: string;
	street: string;
	city: string;
	times: number;
	last_at: number | null;
	last_day: string | null;
	changed_at: number | null;
	done: boolean;
}

export interface CodesSeen {
	rows: CodeSeen[];
}

export interface Sale {
	customer_id?: string | null;
	name: string;
	kind: "person" | "business";
	email: string;
	phone: string;
	language: "en" | "es";
	version: number;
}

export interface PoolNew {
	property_id: string;
	kind: "pool" | "spa" | "fountain" | "other";
	name: string;
}

export interface SizeCm {
	cm: number;
}

export interface PoolChange {
	kind: "pool" | "spa" | "fountain" | "other";
	name: string;
	volume_l?: number | null;
	volume_source: "unknown" | "measured" | "calculated" | "estimated" | "builder" | "salt_test";
	shape: "unknown" | "rectangle" | "round" | "oval" | "kidney" | "free";
	sizes_cm: SizeCm[];
	surface: "unknown" | "plaster" | "pebble" | "quartz" | "tile" | "vinyl" | "fibreglass" | "paint" | "steel" | "other";
	sanitiser: "unknown" | "chlorine" | "salt" | "bromine" | "biguanide" | "mineral" | "ozone" | "uv" | "other";
	indoor: boolean;
	cover: boolean;
	fill_water: string;
	own: OwnValue[];
	version: number;
}

export interface EquipmentNew {
	pool_id: string;
	kind: "pump" | "filter" | "heater" | "salt_cell" | "controller" | "cleaner" | "feeder" | "light" | "blower" | "valve" | "skimmer" | "cover" | "other";
	make: string;
	model: string;
	serial: string;
	installed_day?: string | null;
	warranty_day?: string | null;
	service_every_days: number;
	serviced_day?: string | null;
	note: string;
}

export interface EquipmentChange {
	kind: "pump" | "filter" | "heater" | "salt_cell" | "controller" | "cleaner" | "feeder" | "light" | "blower" | "valve" | "skimmer" | "cover" | "other";
	make: string;
	model: string;
	serial: string;
	installed_day?: string | null;
	warranty_day?: string | null;
	service_every_days: number;
	serviced_day?: string | null;
	note: string;
	version: number;
}

export interface VolumeQuestion {
	shape: "unknown" | "rectangle" | "round" | "oval" | "kidney" | "free";
	sizes_cm: SizeCm[];
}

export interface VolumeAnswer {
	volume_l: number;
	us_gallons: number;
}

export interface ContactNew {
	customer_id: string;
	name: string;
	relation: "owner" | "tenant" | "agent" | "billing" | "other";
	phone: string;
	email: string;
	language: "en" | "es";
	by_sms: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_email: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_voice: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	position: number;
}

export interface ContactChange {
	name: string;
	relation: "owner" | "tenant" | "agent" | "billing" | "other";
	phone: string;
	email: string;
	language: "en" | "es";
	by_sms: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_email: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_voice: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	position: number;
	version: number;
}

export interface NoteNew {
	on_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	on_id: string;
	audience: "technicians" | "office";
	body: string;
	pinned: boolean;
}

export interface NoteChange {
	audience: "technicians" | "office";
	body: string;
	pinned: boolean;
	version: number;
}

export interface FileNew {
	on_kind?: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	on_id: string;
	name?: string;
}

export interface File {
	id: string;
	on_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	on_id: string;
	name: string;
	type: string;
	state: "raw" | "ready" | "refused";
	bytes: number;
	width: number;
	height: number;
	taken_at: number | null;
	staff_name: string | null;
	/** seconds UTC since 1970 */
	made_at: number;
	archived_at: number | null;
	version: number;
}

export interface FilesOn {
	on_kind?: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	on_id: string;
}

export interface FilesPage {
	rows: File[];
	next: string | null;
}

export interface FileChange {
	name: string;
	version: number;
}

export interface FileVersion {
	version: number;
}

export interface FilesQuery {
	before?: string | null;
	archived?: boolean;
}

export interface ViewFilter {
	q: string;
	standing: string;
	kind: string;
	language: string;
	tag: string;
	city: string;
	lacking: string;
	sort: string;
	tech_id?: string | null;
}

export interface View {
	id: string;
	name: string;
	shared: boolean;
	position: number;
	filter: ViewFilter;
	version: number;
}

export interface Views {
	rows: View[];
}

export interface ViewNew {
	name: string;
	shared: boolean;
	position: number;
	filter: ViewFilter;
}

export interface ViewChange {
	name: string;
	position: number;
	filter: ViewFilter;
	version: number;
}

export interface EditsQuery {
	before?: string | null;
}

export interface EditsLine {
	id: string;
	state: "running" | "done" | "undoing" | "undone";
	/** seconds UTC since 1970 */
	made_at: number;
	staff_name: string | null;
	total: number;
	done: number;
	failed: number;
	undone_at: number | null;
	what: "tag" | "untag" | "language" | "kind" | "source" | "technician" | "archive" | "restore" | "merge" | "sale";
	value: string;
}

export interface Edits {
	rows: EditsLine[];
	next: string | null;
}

export interface CustomerId {
	id: string;
}

export interface EditWish {
	ids: CustomerId[];
	what: "tag" | "untag" | "language" | "kind" | "source" | "technician" | "archive" | "restore" | "merge" | "sale";
	value: string;
	tech_id?: string | null;
	dry: boolean;
	expect?: number | null;
}

export interface EditLine {
	customer_id: string;
	name: string;
	was: string;
	becomes: string;
	changes: boolean;
	problem: string;
}

export interface Edit {
	batch_id: string | null;
	changed: number;
	same: number;
	refused: number;
	running: boolean;
	rows: EditLine[];
}

export interface EditMatching {
	what: "tag" | "untag" | "language" | "kind" | "source" | "technician" | "archive" | "restore" | "merge" | "sale";
	value: string;
	tech_id?: string | null;
	dry: boolean;
	expect?: number | null;
}

export interface CustomersFilter {
	standing?: "lead" | "routed" | "unrouted" | "inactive" | "archived";
	kind?: "person" | "business";
	language?: string;
	tag?: string;
	city?: string;
	tech_id?: string | null;
	lacking?: "nothing" | "property" | "place" | "pool" | "volume" | "agreement" | "phone" | "email";
}

export interface EditView {
	line: EditsLine;
	rows: EditLine[];
}

export interface EditUndo {
	undone: number;
	left: number;
	running: boolean;
	rows: EditLine[];
}

export interface Duplicate {
	a: CustomerLine;
	b: CustomerLine;
	why: ("phone" | "email" | "address" | "name" | "near_name" | "near_email" | "near_address" | "near_phone")[];
}

export interface Duplicates {
	rows: Duplicate[];
	total: number;
}

export interface ApartWish {
	a: string;
	b: string;
}

export interface MergeWish {
	other_id: string;
	dry: boolean;
}

export interface MergeField {
	field: string;
	keep: string;
	lose: string;
	becomes: string;
}

export interface MergeMove {
	kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	number: number;
	same: number;
}

export interface Merge {
	batch_id: string | null;
	keep_id: string;
	lose_id: string;
	keep_name: string;
	lose_name: string;
	fields: MergeField[];
	moves: MergeMove[];
	bills: number;
	payments: number;
}

export interface MergeUndo {
	keep_id: string;
	lose_id: string;
	undone: number;
	left: number;
}

export interface OwnOption {
	name: string;
}

export interface FieldLine {
	id: string;
	on: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	name: string;
	type: "text" | "number" | "day" | "choice" | "yes_no";
	options: OwnOption[];
	position: number;
	archived: boolean;
	version: number;
}

export interface FieldPage {
	rows: FieldLine[];
}

export interface FieldNew {
	on: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	name: string;
	type: "text" | "number" | "day" | "choice" | "yes_no";
	options: OwnOption[];
	position: number;
}

export interface FieldEdit {
	name: string;
	options: OwnOption[];
	position: number;
	archived: boolean;
	version: number;
}

export interface OwnValues {
	own: OwnValue[];
	version: number;
}

export interface TimelineQuery {
	before?: string | null;
	kind?: "customer_made" | "customer_changed" | "customer_archived" | "customer_restored" | "customer_imported" | "customers_merged" | "merge_undone" | "property_made" | "property_changed" | "property_archived" | "property_restored" | "property_sold" | "property_bought" | "pool_made" | "pool_changed" | "pool_archived" | "pool_restored" | "equipment_made" | "equipment_changed" | "equipment_archived" | "equipment_restored" | "contact_made" | "contact_changed" | "contact_archived" | "contact_restored" | "note_written" | "note_changed" | "note_dropped" | "tags_changed" | "codes_changed" | "code_shown" | "agreement_made" | "agreement_changed" | "agreement_held" | "agreement_ended" | "visit_made" | "visit_moved" | "visit_changed" | "visit_skipped" | "visit_done" | "file_added" | "file_dropped" | "bulk_edited" | "bulk_undone" | "file_restored" | "bill_issued" | "bill_voided" | "payment_taken" | "payment_returned" | "payment_refunded" | "credit_given" | "reading_taken" | "reading_corrected" | "reading_withdrawn" | "dose_given" | "dose_undone" | "equipment_serviced" | "item_used" | "visit_asked" | "visit_rated" | "quote_approved" | "quote_declined" | "quote_asked" | "sale_undone" | "message_sent" | "message_failed" | "message_heard" | "talked" | "codes_sent";
	about?: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
}

export interface EventValue {
	name: string;
	value: string;
}

export interface TimelineLine {
	id: string;
	/** seconds UTC since 1970 */
	at: number;
	kind: "customer_made" | "customer_changed" | "customer_archived" | "customer_restored" | "customer_imported" | "customers_merged" | "merge_undone" | "property_made" | "property_changed" | "property_archived" | "property_restored" | "property_sold" | "property_bought" | "pool_made" | "pool_changed" | "pool_archived" | "pool_restored" | "equipment_made" | "equipment_changed" | "equipment_archived" | "equipment_restored" | "contact_made" | "contact_changed" | "contact_archived" | "contact_restored" | "note_written" | "note_changed" | "note_dropped" | "tags_changed" | "codes_changed" | "code_shown" | "agreement_made" | "agreement_changed" | "agreement_held" | "agreement_ended" | "visit_made" | "visit_moved" | "visit_changed" | "visit_skipped" | "visit_done" | "file_added" | "file_dropped" | "bulk_edited" | "bulk_undone" | "file_restored" | "bill_issued" | "bill_voided" | "payment_taken" | "payment_returned" | "payment_refunded" | "credit_given" | "reading_taken" | "reading_corrected" | "reading_withdrawn" | "dose_given" | "dose_undone" | "equipment_serviced" | "item_used" | "visit_asked" | "visit_rated" | "quote_approved" | "quote_declined" | "quote_asked" | "sale_undone" | "message_sent" | "message_failed" | "message_heard" | "talked" | "codes_sent";
	by_staff: boolean;
	actor_name: string;
	customer_id: string | null;
	property_id: string | null;
	pool_id: string | null;
	ref_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	ref_id: string | null;
	values: EventValue[];
}

export interface Timeline {
	rows: TimelineLine[];
	next: string | null;
}

export interface ChangesQuery {
	before?: string | null;
}

export interface ChangeLine {
	id: string;
	/** seconds UTC since 1970 */
	at: number;
	actor_name: string;
	on_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	on_id: string;
	batch_id: string | null;
	field: string;
	was: string;
	became: string;
}

export interface Changes {
	rows: ChangeLine[];
	next: string | null;
}

export interface ServicesQuery {
	archived?: boolean;
}

export interface SkillRef {
	skill_id: string;
}

export interface CheckLine {
	text: string;
	photo: boolean;
	required: boolean;
	reading: string;
	every_days?: number | null;
}

export interface PartLine {
	name: string;
	quantity: number;
}

export interface Service {
	id: string;
	name: string;
	kind: "level" | "job";
	minutes: number;
	pay_code: string;
	price_cents: number;
	skills: SkillRef[];
	checklist: CheckLine[];
	parts: PartLine[];
	instructions: string;
	archived: boolean;
	version: number;
}

export interface ServicePage {
	rows: Service[];
}

export interface ServiceWish {
	name: string;
	kind: "level" | "job";
	minutes: number;
	pay_code: string;
	price_cents: number;
	skills: SkillRef[];
	checklist: CheckLine[];
	parts: PartLine[];
	instructions: string;
}

export interface ServiceChange {
	name: string;
	kind: "level" | "job";
	minutes: number;
	pay_code: string;
	price_cents: number;
	skills: SkillRef[];
	checklist: CheckLine[];
	parts: PartLine[];
	instructions: string;
	version: number;
}

export interface ServiceVersion {
	version: number;
}

export interface Skill {
	id: string;
	name: string;
	archived: boolean;
	version: number;
}

export interface SkillPage {
	rows: Skill[];
}

export interface SkillWish {
	name: string;
}

export interface SkillChange {
	name: string;
	archived: boolean;
	version: number;
}

export interface PreviewQuery {
	rule: string;
	anchor_day?: string | null;
	from?: string;
}

export interface PreviewDay {
	day: string;
}

export interface Preview {
	rows: PreviewDay[];
}

export interface AgreementsQuery {
	customer_id: string;
}

export interface Term {
	from_day: string;
	kind: "works" | "hold";
	until_day: string | null;
	rule: string;
	anchor_day: string;
	every_days: number;
	service_id: string;
	tech_id: string | null;
	seq: number;
	from_minute: number | null;
	to_minute: number | null;
	minutes: number;
	rate_kind: "month" | "stop";
	with_chemicals: boolean;
	rate_cents: number;
	skip_policy: "billed" | "credited";
}

export interface Agreement {
	id: string;
	customer_id: string;
	property_id: string;
	pool_id: string | null;
	repeats: "calendar" | "since_done" | "checklist";
	starts_day: string;
	ends_day: string | null;
	made_until: string | null;
	closed: boolean;
	terms: Term[];
	version: number;
}

export interface AgreementPage {
	rows: Agreement[];
}

export interface TermWish {
	rule?: string | null;
	anchor_day?: string | null;
	every_days?: number | null;
	service_id: string;
	tech_id?: string | null;
	seq?: number | null;
	from_minute?: number | null;
	to_minute?: number | null;
	minutes?: number | null;
	rate_kind: "month" | "stop";
	with_chemicals: boolean;
	rate_cents: number;
	skip_policy: "billed" | "credited";
}

export interface AgreementWish {
	property_id: string;
	pool_id?: string | null;
	repeats: "calendar" | "since_done" | "checklist";
	starts_day: string;
	ends_day?: string | null;
	term: TermWish;
	anyway?: boolean | null;
}

export interface TermChange {
	from_day: string;
	term: TermWish;
	anyway?: boolean | null;
	version: number;
}

export interface AgreementHold {
	from_day: string;
	until_day?: string | null;
	version: number;
}

export interface HoldQuery {
	from_day?: string;
}

export interface AgreementEnding {
	ends_day: string;
	version: number;
}

export interface VisitsQuery {
	from?: string;
	to?: string;
	tech?: string | null;
}

export interface VisitLine {
	id: string;
	day: string;
	tech_id: string | null;
	seq: number;
	from_minute: number | null;
	to_minute: number | null;
	minutes: number;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	source: "agreement" | "office" | "booking" | "workorder" | "follow_up" | "message";
	by_hand: boolean;
	agreement_id: string | null;
	occurs_day: string | null;
	customer_id: string;
	customer: string;
	property_id: string;
	street: string;
	city: string;
	service_id: string;
	service: string;
	skip_reason: string;
	note: string;
	why_who: string;
	version: number;
}

export interface VisitPage {
	rows: VisitLine[];
}

export interface VisitLoad {
	day: string;
	tech_id: string | null;
	visits: number;
	minutes: number;
	done: number;
}

export interface VisitLoadPage {
	rows: VisitLoad[];
}

export interface VisitWish {
	property_id: string;
	pool_id?: string | null;
	service_id: string;
	day: string;
	tech_id?: string | null;
	seq?: number | null;
	from_minute?: number | null;
	to_minute?: number | null;
	minutes?: number | null;
	note: string;
	anyway?: boolean | null;
	fetch?: boolean | null;
}

export interface VisitEdit {
	from_minute?: number | null;
	to_minute?: number | null;
	minutes: number;
	note: string;
	version: number;
}

export interface VisitMove {
	day: string;
	tech_id?: string | null;
	seq?: number | null;
	for_good: boolean;
	anyway?: boolean | null;
	version: number;
}

export interface VisitSkip {
	reason: string;
	version: number;
}

export interface BoardQuery {
	day?: string;
	tech?: string | null;
	nobody?: boolean | null;
}

export interface BoardLane {
	tech_id: string;
	name: string;
	colour: number;
	vehicle: string;
	said: boolean;
	from_minute: number;
	to_minute: number;
	work_minutes: number;
	off: string;
	version: number;
	seen_version: number;
	seen_at: number | null;
	ends_s: number;
	lat_e6: number | null;
	lng_e6: number | null;
}

export interface BoardVisit {
	id: string;
	tech_id: string | null;
	seq: number;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	source: "agreement" | "office" | "booking" | "workorder" | "follow_up" | "message";
	repeats: boolean;
	from_minute: number | null;
	to_minute: number | null;
	minutes: number;
	on_way_at: number | null;
	started_at: number | null;
	ended_at: number | null;
	confirmed_at: number | null;
	flag: string;
	skip_reason: string;
	note: string;
	why_who: string;
	errand: string;
	errand_minutes: number;
	fetched_at: number | null;
	version: number;
	customer_id: string;
	customer: string;
	property_id: string;
	street: string;
	city: string;
	dogs: boolean;
	gate: boolean;
	service_id: string;
	service: string;
	parts: boolean;
	first: boolean;
	told_at: number | null;
}

export interface BoardTime {
	begin_s: number;
	end_s: number;
	drive_s: number;
	late_s: number;
	fetch_s: number;
	fetch_drive_s: number;
}

export interface BoardStop {
	row: BoardVisit;
	time: BoardTime;
	delivered: boolean;
	lost: boolean;
	unpaid: boolean;
	lat_e6: number | null;
	lng_e6: number | null;
}

export interface Board {
	day: string;
	today: string;
	lanes: BoardLane[];
	stops: BoardStop[];
	nobody_version: number;
	alerts: number;
	supply_lat_e6: number | null;
	supply_lng_e6: number | null;
}

export interface BoardHead {
	tech_id: string | null;
	version: number;
	seen_version: number;
}

export interface BoardHeads {
	rows: BoardHead[];
	alerts: number;
}

export interface VisitStep {
	verb: "confirm" | "flag" | "on_my_way" | "arrive" | "check" | "note" | "reading" | "dose" | "photo" | "follow_up" | "reassign" | "missing_part" | "no_access" | "skip" | "finish" | "correct" | "reopen" | "clock_in" | "clock_out" | "break" | "break_over" | "problem" | "made" | "moved" | "changed" | "cancel" | "gone" | "days" | "sealed" | "equipment" | "used" | "signed" | "fetched" | "looked" | "locked";
	reason?: string | null;
	started_at?: number | null;
	ended_at?: number | null;
	version: number;
}

export interface LogRow {
	id: string;
	verb: "confirm" | "flag" | "on_my_way" | "arrive" | "check" | "note" | "reading" | "dose" | "photo" | "follow_up" | "reassign" | "missing_part" | "no_access" | "skip" | "finish" | "correct" | "reopen" | "clock_in" | "clock_out" | "break" | "break_over" | "problem" | "made" | "moved" | "changed" | "cancel" | "gone" | "days" | "sealed" | "equipment" | "used" | "signed" | "fetched" | "looked" | "locked";
	skew_s: number;
	problem: string;
}

export interface VerbBody {
	text: string;
	reason?: string | null;
	item?: string | null;
	done?: boolean | null;
	for_customer?: boolean | null;
	started_at?: number | null;
	ended_at?: number | null;
	file_id?: string | null;
	pool_id?: string | null;
	what?: string | null;
	unit?: string | null;
	amount?: number | null;
	planned?: number | null;
	equipment_id?: string | null;
	service_id?: string | null;
	day?: string | null;
	replaces?: string | null;
	lat_e6?: number | null;
	lng_e6?: number | null;
}

export interface LogLine {
	row: LogRow;
	/** seconds UTC since 1970 */
	at: number;
	who: string;
	body: VerbBody;
	said: string;
}

export interface LogPage {
	rows: LogLine[];
}

export interface LaneOffer {
	position: number;
	drive_s: number;
	begin_s: number;
	ends_s: number;
	late_s: number;
	late_id: string | null;
	metres: number;
	overtime_s: number;
}

export interface BoardOffer {
	tech_id: string;
	tech: string;
	colour: number;
	usual: boolean;
	lighter: boolean;
	other: boolean;
	late: string;
	lacks: string;
	stops: number;
	work_minutes: number;
	planned_minutes: number;
	at: LaneOffer;
}

export interface BoardRefusal {
	tech_id: string;
	tech: string;
	why: string;
}

export interface BoardOffers {
	rows: BoardOffer[];
	refused: BoardRefusal[];
}

export interface OfferTake {
	tech_id?: string | null;
	version: number;
}

export interface VisitPut {
	day: string;
	tech_id?: string | null;
	before_id?: string | null;
	anyway?: boolean | null;
	version: number;
}

export interface VisitFetch {
	text: string;
	minutes?: number | null;
	version: number;
}

export interface PlaceAll {
	day: string;
}

export interface Placed {
	placed: number;
	left: number;
}

export interface AlertQuery {
	closed?: boolean | null;
	kind?: string;
	q?: string;
	before?: string | null;
}

export interface AlertRow {
	id: string;
	kind: "undelivered" | "late" | "no_access" | "missing_part" | "reassign" | "flag" | "conflict" | "problem" | "follow_up" | "water" | "slow" | "fast" | "rating" | "quote" | "caller" | "address" | "dose" | "locked";
	customer: string;
	staff: string;
	/** seconds UTC since 1970 */
	made_at: number;
	closed_at: number | null;
	closed_by: string;
	version: number;
}

export interface AlertAnswer {
	text: string;
	by: string;
	/** seconds UTC since 1970 */
	at: number;
}

export interface AlertLine {
	row: AlertRow;
	visit_id: string | null;
	customer_id: string | null;
	text: string;
	answers: AlertAnswer[];
}

export interface AlertPage {
	rows: AlertLine[];
	next: string | null;
}

export interface AlertSeen {
	version: number;
}

export interface AlertAnswerIn {
	text: string;
	version: number;
}

export interface AlertReader {
	id: string;
}

export interface AlertRule {
	kind: "undelivered" | "late" | "no_access" | "missing_part" | "reassign" | "flag" | "conflict" | "problem" | "follow_up" | "water" | "slow" | "fast" | "rating" | "quote" | "caller" | "address" | "dose" | "locked";
	on: boolean;
	limit?: number | null;
	by_mail: boolean;
	by_sms: boolean;
	by_push: boolean;
	by_call?: boolean | null;
	persons: AlertReader[];
}

export interface AlertPerson {
	id: string;
	name: string;
}

export interface AlertRulesPage {
	rows: AlertRule[];
	people: AlertPerson[];
	texts: boolean;
	version: number;
}

export interface AlertRulesIn {
	rows: AlertRule[];
	version: number;
}

export interface PartQuery {
	item_id?: string | null;
}

export interface PartItem {
	id: string;
	name: string;
}

export interface PartVan {
	tech_id: string;
	tech: string;
	colour: number;
	amount_x100: number;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	drive_s: number;
	why_not: string;
}

export interface PartDay {
	day: string;
	tech_id: string;
	tech: string;
	begin_s: number;
}

export interface PartChoices {
	text: string;
	items: PartItem[];
	item_id: string | null;
	warehouse_x100: number;
	vans: PartVan[];
	fetch_minutes: number;
	begun: boolean;
	days: PartDay[];
	version: number;
}

export interface PartChoice {
	way: "van" | "fetch" | "day";
	tech_id?: string | null;
	item_id?: string | null;
	day?: string | null;
	minutes?: number | null;
	version: number;
}

export interface ReplanQuery {
	day?: string;
}

export interface ReplanStop {
	id: string;
}

export interface ReplanLane {
	tech_id: string;
	version: number;
	stops: ReplanStop[];
}

export interface Replan {
	day: string;
	lanes: ReplanLane[];
	tell?: boolean | null;
}

export interface ReplanMove {
	id: string;
	customer: string;
	from: string;
	to: string;
	was_s: number;
	begin_s: number;
	to_minute: number | null;
}

export interface ReplanOffer {
	plan: Replan;
	moves: ReplanMove[];
	late_s: number;
	then_late_s: number;
}

export interface TechniciansQuery {
	from?: string;
	to?: string;
}

export interface SkillEnding {
	name: string;
	expires_day: string | null;
	expired: boolean;
}

export interface TechnicianDay {
	day: string;
	said: boolean;
	minutes: number;
	from_minute: number | null;
	to_minute: number | null;
	off: string;
}

export interface Technician {
	id: string;
	name: string;
	colour: number;
	vehicle: string;
	ending: SkillEnding[];
	days: TechnicianDay[];
}

export interface TechnicianPage {
	rows: Technician[];
}

export interface StaffSkill {
	skill_id: string;
	name: string;
	certificate: string;
	expires_day: string | null;
	expired: boolean;
}

export interface HoursLine {
	weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
	from_day: string;
	from_minute: number;
	to_minute: number;
}

export interface TimeOff {
	id: string;
	from_day: string;
	to_day: string | null;
	from_minute: number;
	to_minute: number;
	reason: string;
}

export interface StaffWork {
	id: string;
	name: string;
	phone: string;
	colour: number;
	vehicle: string;
	start_address: string;
	end_address: string;
	start_lat_e6: number | null;
	start_lng_e6: number | null;
	end_lat_e6: number | null;
	end_lng_e6: number | null;
	skills: StaffSkill[];
	hours: HoursLine[];
	off: TimeOff[];
	has_feed: boolean;
	version: number;
}

export interface StaffWorkChange {
	phone: string;
	colour: number;
	vehicle: string;
	start_address: string;
	end_address: string;
	start_lat_e6?: number | null;
	start_lng_e6?: number | null;
	end_lat_e6?: number | null;
	end_lng_e6?: number | null;
	version: number;
}

export interface SkillGiven {
	skill_id: string;
	certificate: string;
	expires_day?: string | null;
}

export interface StaffSkillsChange {
	rows: SkillGiven[];
	version: number;
}

export interface HoursGiven {
	weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
	from_minute: number;
	to_minute: number;
}

export interface StaffHoursChange {
	from_day: string;
	rows: HoursGiven[];
	version: number;
}

export interface TimeOffWish {
	from_day: string;
	to_day?: string | null;
	from_minute?: number | null;
	to_minute?: number | null;
	reason: string;
}

export interface CalendarFeed {
	url: string;
}

export interface TimesQuery {
	from?: string;
	to?: string;
}

export interface TimeSpan {
	id: string;
	kind: "work" | "break";
	/** seconds UTC since 1970 */
	from_at: number;
	to_at: number | null;
	version: number;
}

export interface TimeDay {
	staff_id: string;
	name: string;
	day: string;
	in_at: number | null;
	out_at: number | null;
	worked_s: number;
	break_s: number;
	forgot: boolean;
	stops: number;
	drive_s: number;
	service_s: number;
	spans: TimeSpan[];
}

export interface TimesPage {
	rows: TimeDay[];
}

export interface TimeChange {
	from_minute: number;
	to_minute: number;
	version: number;
}

export interface OwnMeasure {
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	name: string;
	unit: string;
	decimals: number;
}

export interface WaterBand {
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	asked: boolean;
	required: boolean;
	due: boolean;
	every_days: number;
	own: boolean;
	low: number;
	aim_low: number;
	aim_high: number;
	high: number;
	least: number;
	most: number;
	decimals: number;
}

export interface WaterKnown {
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	x100: number;
	how: "exact" | "below" | "above";
	/** seconds UTC since 1970 */
	at: number;
	fresh: boolean;
}

export interface WaterValue {
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	x100: number;
	how: "exact" | "below" | "above";
}

export interface Reading {
	id: string;
	pool_id: string;
	visit_id: string | null;
	staff_name: string | null;
	source: "technician" | "office" | "customer" | "import" | "meter";
	/** seconds UTC since 1970 */
	at: number;
	took_s: number;
	replaced_l: number;
	values: WaterValue[];
	doubts: ("copied" | "constant" | "impossible" | "no_effect" | "too_fast")[];
	doubtful: boolean;
	withdrawn_at: number | null;
	version: number;
}

export interface DoseGiven {
	id: string;
	item_id: string;
	visit_id: string | null;
	staff_name: string | null;
	item: string;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	holds_x100: number;
	chemical: "none" | "liquid_chlorine" | "cal_hypo" | "trichlor" | "dichlor" | "muriatic" | "dry_acid" | "bicarb" | "soda_ash" | "calcium_chloride" | "cya" | "salt" | "sulfite" | "other";
	planned_x100: number | null;
	given_x100: number;
	reason: string;
	marks: ("met" | "off_plan" | "over_most")[];
	/** seconds UTC since 1970 */
	at: number;
	undone_at: number | null;
	version: number;
}

export interface WaterProduct {
	id: string;
	name: string;
	chemical: "none" | "liquid_chlorine" | "cal_hypo" | "trichlor" | "dichlor" | "muriatic" | "dry_acid" | "bicarb" | "soda_ash" | "calcium_chloride" | "cya" | "salt" | "sulfite" | "other";
	strength_x100: number;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	holds_x100: number;
	most_x100: number;
	wait_minutes: number;
	label_url: string;
	unwanted: boolean;
}

export interface WaterForecast {
	method: "none" | "decay" | "level";
	rests_on: number;
	likely: number;
	least: number;
	most: number;
	day: string | null;
}

export interface WaterDrain {
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	rests_on: number;
	a_year: number;
	likely: string;
	least: string;
	most: string;
}

export interface WaterPage {
	pool_id: string;
	name: string;
	kind: "pool" | "spa" | "fountain" | "other";
	sanitiser: "unknown" | "chlorine" | "salt" | "bromine" | "biguanide" | "mineral" | "ozone" | "uv" | "other";
	indoor: boolean;
	volume_l: number;
	school: "by_cya" | "classic";
	method: "csi" | "lsi";
	units: "us" | "metric";
	fill_ch: number;
	fill_cya: number;
	fill_salt: number;
	fill_tds: number;
	own: OwnMeasure[];
	bands: WaterBand[];
	known: WaterKnown[];
	readings: Reading[];
	doses: DoseGiven[];
	products: WaterProduct[];
	refused: ("none" | "liquid_chlorine" | "cal_hypo" | "trichlor" | "dichlor" | "muriatic" | "dry_acid" | "bicarb" | "soda_ash" | "calcium_chloride" | "cya" | "salt" | "sulfite" | "other")[];
	forecast: WaterForecast;
	drains: WaterDrain[];
	rules_version: number;
}

export interface MeasureRule {
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	kinds: ("pool" | "spa" | "fountain" | "other")[];
	sanitisers: ("unknown" | "chlorine" | "salt" | "bromine" | "biguanide" | "mineral" | "ozone" | "uv" | "other")[];
	asked: boolean;
	required: boolean;
	every_days: number;
	ranges: boolean;
	low: number;
	aim_low: number;
	aim_high: number;
	high: number;
}

export interface PoolRules {
	rules: MeasureRule[];
	version: number;
}

export interface WaterPolicy {
	school: "by_cya" | "classic";
	method: "csi" | "lsi";
	units: "us" | "metric";
	kit: "drops" | "strips" | "meter";
	fill_ch: number;
	fill_cya: number;
	fill_salt: number;
	fill_tds: number;
	rules: MeasureRule[];
	own: OwnMeasure[];
	version: number;
}

export interface ReadingWish {
	id?: string | null;
	pool_id: string;
	visit_id?: string | null;
	at?: number | null;
	took_s?: number | null;
	replaced_l?: number | null;
	values: WaterValue[];
}

export interface ReadingEdit {
	at?: number | null;
	replaced_l?: number | null;
	values: WaterValue[];
	version: number;
}

export interface WaterVersion {
	version: number;
}

export interface DoubtQuery {
	before?: string | null;
}

export interface DoubtLine {
	id: string;
	pool_id: string;
	customer_id: string;
	customer: string;
	street: string;
	pool: string;
	pool_kind: "pool" | "spa" | "fountain" | "other";
	staff_name: string | null;
	/** seconds UTC since 1970 */
	at: number;
	values: WaterValue[];
	doubts: ("copied" | "constant" | "impossible" | "no_effect" | "too_fast")[];
	version: number;
}

export interface DoubtPage {
	rows: DoubtLine[];
	next: string | null;
}

export interface DoseQuestion {
	pool_id: string;
	values: WaterValue[];
}

export interface ChlorineRange {
	basis: "cya" | "cya_salt" | "classic" | "no_cya" | "own";
	least: number;
	aim_low: number;
	aim_high: number;
	shock: number;
}

export interface DoseAdvised {
	item_id: string;
	chemical: "none" | "liquid_chlorine" | "cal_hypo" | "trichlor" | "dichlor" | "muriatic" | "dry_acid" | "bicarb" | "soda_ash" | "calcium_chloride" | "cya" | "salt" | "sulfite" | "other";
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	from: number;
	to: number;
	exact: number;
	each: number;
	parts: number;
	wait_minutes: number;
	half: boolean;
}

export interface DoseNote {
	word: "test_first" | "no_product" | "next_visit" | "aerate" | "wait" | "replace_water" | "shock" | "retest" | "cya_unknown" | "cell" | "by_hand" | "apart";
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	value: number;
}

export interface WaterBalance {
	computed: boolean;
	carbonate: number;
	csi: number;
	lsi: number;
}

export interface DoseAdvice {
	fc: ChlorineRange;
	doses: DoseAdvised[];
	notes: DoseNote[];
	before: WaterValue[];
	after: WaterValue[];
	now: WaterBalance;
	later: WaterBalance;
}

export interface DoseWish {
	id?: string | null;
	pool_id: string;
	visit_id?: string | null;
	reading_id?: string | null;
	item_id: string;
	planned_x100?: number | null;
	given_x100: number;
	reason?: string | null;
	at?: number | null;
	place_id?: string | null;
}

export interface DoseMade {
	id: string;
}

export interface Item {
	id: string;
	kind: "chemical" | "part" | "labour" | "other";
	name: string;
	sku: string;
	chemical: "none" | "liquid_chlorine" | "cal_hypo" | "trichlor" | "dichlor" | "muriatic" | "dry_acid" | "bicarb" | "soda_ash" | "calcium_chloride" | "cya" | "salt" | "sulfite" | "other";
	strength_x100: number;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	holds_x100: number;
	most_x100: number;
	wait_minutes: number;
	cost_cents: number;
	price_cents: number;
	taxable: boolean;
	position: number;
	label_url: string;
	archived_at: number | null;
	version: number;
}

export interface ItemPage {
	rows: Item[];
}

export interface ItemWish {
	kind: "chemical" | "part" | "labour" | "other";
	name: string;
	sku: string;
	chemical: "none" | "liquid_chlorine" | "cal_hypo" | "trichlor" | "dichlor" | "muriatic" | "dry_acid" | "bicarb" | "soda_ash" | "calcium_chloride" | "cya" | "salt" | "sulfite" | "other";
	strength_x100: number;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	holds_x100: number;
	most_x100: number;
	wait_minutes: number;
	cost_cents: number;
	price_cents: number;
	taxable: boolean;
	position: number;
	label_url: string;
	archived: boolean;
	version: number;
}

export interface StockQuery {
	place_id?: string | null;
	low?: boolean | null;
}

export interface StockLine {
	place_id: string;
	place: string | null;
	item_id: string;
	item: string;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	holds_x100: number;
	amount_x100: number;
	low_x100: number;
	counted_at: number | null;
}

export interface StockPage {
	rows: StockLine[];
}

export interface StockMove {
	item_id: string;
	from_id?: string | null;
	to_id?: string | null;
	bought: boolean;
	amount_x100: number;
}

export interface StockCount {
	item_id: string;
	place_id?: string | null;
	amount_x100?: number | null;
	low_x100?: number | null;
}

export interface ShiftWish {
	from_day: string;
	to_day: string;
	tech_id?: string | null;
	by_days: number;
	to_tech_id?: string | null;
	anyway?: boolean | null;
	dry: boolean;
}

export interface ShiftVisit {
	visit_id: string;
	customer_id: string;
	day: string;
	to_day: string;
	tech_id: string | null;
	to_tech_id: string | null;
	moves: boolean;
	problem: string;
}

export interface ShiftLoad {
	day: string;
	tech_id: string | null;
	visits_before: number;
	visits_after: number;
	minutes_before: number;
	minutes_after: number;
}

export interface Shift {
	batch_id: string | null;
	moved: number;
	stayed: number;
	rows: ShiftVisit[];
	loads: ShiftLoad[];
}

export interface ShiftUndo {
	undone: number;
	left: number;
}

export interface UpcomingQuery {
	until?: string | null;
}

export interface Charge {
	id: string;
	property_id: string;
	agreement_id: string;
	visit_id: string;
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	day: string;
	from_day: string;
	to_day: string;
	term_day: string | null;
	part: number;
	of_parts: number;
	rate_cents: number;
	text: string;
	quantity_milli: number;
	unit_cents: number;
	net_cents: number;
	tax_code: string;
	tax_cents: number;
	version: number;
}

export interface BillTax {
	name: string;
	rate_ppm: number;
	base_cents: number;
	tax_cents: number;
}

export interface Upcoming {
	lines: Charge[];
	taxes: BillTax[];
	net_cents: number;
	tax_cents: number;
	total_cents: number;
}

export interface LineNew {
	property_id: string;
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	day: string;
	text: string;
	quantity_milli: number;
	unit_cents: number;
	tax_code: string;
}

export interface LineWhy {
	visit_id: string;
	dose_id: string;
	agreement_id: string;
	visit_day: string | null;
	term_day: string | null;
	rate_cents: number;
	part: number;
	of_parts: number;
	net_cents: number;
	again_cents: number;
	known: boolean;
	same: boolean;
}

export interface LineEdit {
	text: string;
	quantity_milli: number;
	unit_cents: number;
	tax_code: string;
	version: number;
}

export interface LineDrop {
	version: number;
}

export interface BillNew {
	day: string;
	until: string;
	due_day?: string | null;
	title: string;
	note: string;
}

export interface BillPaid {
	bill_id: string;
	payment_id: string;
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	day: string;
	cents: number;
}

export interface BillMove {
	day: string;
	kind: "issue" | "void" | "pay" | "credit" | "apply" | "unapply" | "refund" | "return" | "write_off" | "fee" | "payout" | "transfer";
	way: "none" | "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	number: string;
	what: string;
	cents: number;
}

export interface BillPage {
	id: string;
	kind: "quote" | "invoice" | "statement" | "receipt";
	state: "draft" | "issued" | "void" | "approved" | "declined";
	number: string;
	customer_id: string;
	customer: string;
	currency: string;
	title: string;
	note: string;
	reason: string;
	day: string;
	due_day: string;
	opening_cents: number;
	net_cents: number;
	tax_cents: number;
	total_cents: number;
	open_cents: number;
	lines: Charge[];
	taxes: BillTax[];
	paid: BillPaid[];
	moves: BillMove[];
	issued_at: number | null;
	sent_at: number | null;
	paper: boolean;
	version: number;
}

export interface BillCard {
	id: string;
	kind: "quote" | "invoice" | "statement" | "receipt";
	state: "draft" | "issued" | "void" | "approved" | "declined";
	number: string;
	customer_id: string;
	customer: string;
	currency: string;
	title: string;
	day: string;
	due_day: string;
	total_cents: number;
	open_cents: number;
	version: number;
}

export interface BillList {
	rows: BillCard[];
	next_day: string | null;
	next_id: string | null;
}

export interface BillsQuery {
	kind?: "quote" | "invoice" | "statement" | "receipt";
	state?: "draft" | "issued" | "void" | "approved" | "declined";
	from?: string;
	to?: string;
	q?: string;
	before_day?: string | null;
	before_id?: string | null;
}

export interface BillEnding {
	reason: string;
	version: number;
}

export interface PaymentCard {
	id: string;
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	state: "pending" | "settled" | "failed" | "returned" | "begun";
	cents: number;
	free_cents: number;
	day: string;
	reference: string;
	note: string;
	reason: string;
	version: number;
}

export interface Account {
	currency: string;
	owed_cents: number;
	free_cents: number;
	current_cents: number;
	days_30_cents: number;
	days_60_cents: number;
	days_90_cents: number;
	older_cents: number;
	bills: BillCard[];
	payments: PaymentCard[];
}

export interface PaymentApply {
	bill_id: string;
	cents: number;
}

export interface PaymentNew {
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	cents: number;
	day: string;
	reference: string;
	note: string;
	reason: string;
	apply: PaymentApply[];
	keep: boolean;
}

export interface PaymentApplied {
	bill_id: string;
	day: string;
	cents: number;
}

export interface PaymentPage {
	id: string;
	customer_id: string;
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	state: "pending" | "settled" | "failed" | "returned" | "begun";
	cents: number;
	free_cents: number;
	currency: string;
	day: string;
	reference: string;
	note: string;
	reason: string;
	applied: PaymentApplied[];
	version: number;
}

export interface PaymentUnapply {
	bill_id: string;
}

export interface PaymentEnding {
	cents: number;
	reason: string;
	day: string;
	version: number;
}

export interface Billing {
	proration: "none" | "days" | "stops";
	no_access_percent: number;
	in_advance: boolean;
	first_mday: number;
	due_days: number;
	rounding: "line" | "document";
	shows: "invoice" | "statement";
	at_completion: boolean;
	closed_until?: string | null;
	ageing_by: "due" | "document";
	nsf_fee_cents: number;
	mails?: boolean | null;
	run_mday?: number | null;
	credit_customer?: boolean | null;
	credit_holiday?: boolean | null;
	customer_reasons?: string | null;
	holiday_reasons?: string | null;
	included_items?: string | null;
	remind_after_days?: number | null;
	remind_every_days?: number | null;
	remind_times?: number | null;
	late_grace_days?: number | null;
	late_fee_ppm?: number | null;
	late_fee_cents?: number | null;
	surcharge_ppm?: number | null;
	surcharge_from?: string | null;
	version: number;
}

export interface TaxRule {
	id: string;
	name: string;
	code: string;
	area: string;
	rate_ppm: number;
	from_day: string;
	until_day: string | null;
}

export interface TaxRulePage {
	rows: TaxRule[];
}

export interface TaxRuleNew {
	name: string;
	code: string;
	area: string;
	rate_ppm: number;
	from_day: string;
	until_day?: string | null;
}

export interface TaxRuleEnd {
	until_day: string;
}

export interface Exemption {
	id: string;
	certificate: string;
	area: string;
	from_day: string;
	until_day: string | null;
}

export interface ExemptionPage {
	rows: Exemption[];
}

export interface ExemptionNew {
	certificate: string;
	area: string;
	from_day: string;
	until_day?: string | null;
}

export interface ExemptionEnd {
	exemption_id: string;
	until_day: string;
}

export interface CustomerBilling {
	shows: "company" | "invoice" | "statement";
	mails: "company" | "yes" | "no";
	due_days?: number | null;
	discount_ppm: number;
	discount_text: string;
	no_late_fees: boolean;
	no_reminders: boolean;
	version: number;
}

export interface TaxCity {
	city: string;
	region: string;
	tax_area: string;
	places: number;
}

export interface TaxService {
	id: string;
	name: string;
	tax_code: string;
}

export interface TaxPlaces {
	cities: TaxCity[];
	services: TaxService[];
}

export interface TaxCityArea {
	city: string;
	region: string;
	tax_area: string;
}

export interface TaxServiceCode {
	tax_code: string;
}

export interface AgeingQuery {
	as_of?: string | null;
}

export interface AgeingLine {
	customer_id: string;
	customer: string;
	current_cents: number;
	days_30_cents: number;
	days_60_cents: number;
	days_90_cents: number;
	older_cents: number;
	total_cents: number;
}

export interface AgeingPage {
	as_of: string;
	rows: AgeingLine[];
	total: AgeingLine;
}

export interface LeakQuery {
	from?: string;
	to?: string;
}

export interface LeakLine {
	kind: "completed_not_billed" | "billed_not_completed" | "paid_not_applied" | "dosed_not_billed" | "installed_not_billed";
	id: string;
	customer_id: string;
	customer: string;
	what: string;
	day: string;
	cents: number;
}

export interface LeakPage {
	rows: LeakLine[];
}

export interface LeakMending {
	kind: "completed_not_billed" | "billed_not_completed" | "paid_not_applied" | "dosed_not_billed" | "installed_not_billed";
}

export interface Processor {
	possible: boolean;
	asked: boolean;
	ready: boolean;
	banks: boolean;
	missing: string;
	checked: string | null;
	unexplained_cents: number;
	unexplained: string;
}

export interface ProcessorLink {
	url: string;
}

export interface ProviderRefund {
	cents: number;
	reason: string;
	version: number;
}

export interface PayPlaceId {
	id: string;
}

export interface PayAgreed {
	words: string;
	ip: string;
	/** seconds UTC since 1970 */
	at: number;
	how: string | null;
}

export interface CustomerMethod {
	id: string;
	kind: "card" | "bank";
	brand: string;
	last4: string;
	exp_month: number;
	exp_year: number;
	autopay: boolean;
	kinds: ("service" | "chemicals" | "work" | "fees")[];
	places: PayPlaceId[];
	stopped: string;
	agreed: PayAgreed;
}

export interface PortalPlace {
	id: string;
	street: string;
	city: string;
}

export interface CustomerMethods {
	rows: CustomerMethod[];
	consent: string;
	place: PortalPlace[];
}

export interface CustomerAutopay {
	on: boolean;
	kinds: ("service" | "chemicals" | "work" | "fees")[];
	places: PayPlaceId[];
	how: "portal" | "phone" | "paper" | "person";
}

export interface StatementQuery {
	from?: string;
	to?: string;
}

export interface StatementLine {
	day: string;
	kind: "issue" | "void" | "pay" | "credit" | "apply" | "unapply" | "refund" | "return" | "write_off" | "fee" | "payout" | "transfer";
	bill_id: string;
	payment_id: string;
	number: string;
	what: string;
	way: "none" | "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	cents: number;
	balance_cents: number;
}

export interface Statement {
	customer_id: string;
	customer: string;
	currency: string;
	from: string;
	to: string;
	opening_cents: number;
	closing_cents: number;
	lines: StatementLine[];
}

export interface BillSending {
	version: number;
}

export interface SubscriptionBill {
	number: string;
	cents: number;
	currency: string;
	state: "open" | "paid" | "void";
	/** seconds UTC since 1970 */
	made_at: number;
	url: string;
}

export interface Subscription {
	standing: "free" | "trial" | "good" | "grace" | "read_only" | "suspended";
	possible: boolean;
	subscribed: boolean;
	cents: number;
	currency: string;
	trial_ends_at: number | null;
	paid_until: number | null;
	ends_at: number | null;
	step_at: number | null;
	bills: SubscriptionBill[];
}

export interface SubscriptionLink {
	url: string;
}

export interface BillRun {
	id: string;
	state: "draft" | "dry" | "running" | "done" | "undoing" | "undone" | "failed";
	day: string;
	until: string;
	/** seconds UTC since 1970 */
	made_at: number;
	total: number;
	done: number;
	wrong: number;
	held: number;
	same: number;
	different: number;
	fresh: number;
	stopped: number;
	sum_cents: number;
	last_cents: number;
	off_cents: number | null;
	closed_until: string | null;
	version: number;
}

export interface BillRuns {
	rows: BillRun[];
}

export interface BillRunNew {
	day: string;
	until: string;
}

export interface BillRunRowsQuery {
	show?: "all" | "different" | "new" | "same" | "wrong" | "held" | "stopped";
	after?: number | null;
	q?: string;
}

export interface BillRunChange {
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	cents: number;
}

export interface BillRunRow {
	n: number;
	customer_id: string;
	bill_id: string;
	last_id: string | null;
	customer: string;
	problem: string;
	state: "waiting" | "create" | "change" | "held" | "wrong" | "done" | "undone" | "ask" | "made" | "kept";
	what: "same" | "different" | "new";
	pays: "unknown" | "autopay" | "email" | "text" | "paper";
	stopped_day: string | null;
	total_cents: number;
	last_cents: number;
	changes: BillRunChange[];
}

export interface BillRunRows {
	rows: BillRunRow[];
	next: number | null;
}

export interface BillRunPartQuery {
	show?: "all" | "different" | "new" | "same" | "wrong" | "held" | "stopped";
	before?: number | null;
}

export interface BillRunHold {
	n: number;
	hold: boolean;
}

export interface BillRunAgain {
	customer_id: string;
}

export interface BillRunDraftNew {
	n: number;
}

export interface BillRunDraftQuery {
	n?: number;
}

export interface BillRunDraft {
	drawn: boolean;
}

export interface ImportsQuery {
	before?: string | null;
}

export interface Import {
	id: string;
	state: "draft" | "dry" | "running" | "done" | "undoing" | "undone" | "failed";
	staff_name: string;
	/** seconds UTC since 1970 */
	made_at: number;
	ended_at: number | null;
	undone_at: number | null;
	undo_until: number | null;
	total: number;
	done: number;
	file: boolean;
	name: string;
	delimiter: string;
	why: string;
	bytes: number;
	encoding: "utf-8" | "windows-1252";
	source: "plain" | "skimmer" | "jobber" | "housecall_pro" | "quickbooks";
	unit: "unsaid" | "litres" | "us_gallons" | "cubic_metres";
	policy: "fill" | "replace" | "leave";
	customers: number;
	properties: number;
	pools: number;
	removed: number;
	kept: number;
	create: number;
	change: number;
	skip: number;
	wrong: number;
	ask: number;
	made: number;
	changed: number;
	undone: number;
	stayed: number;
	odd: number;
	version: number;
}

export interface ImportPage {
	rows: Import[];
	next: string | null;
}

export interface ImportColumnView {
	header: string;
	field: "nothing" | "name" | "first_name" | "last_name" | "company" | "email" | "phone" | "street" | "street_2" | "city" | "region" | "postcode" | "lat" | "lng" | "gate_code" | "dogs" | "note_technicians" | "note_office" | "tags" | "pool_kind" | "volume" | "volume_unit" | "surface" | "sanitiser" | "external_id" | "bill_street" | "bill_city" | "bill_region" | "bill_postcode" | "rate" | "service_day" | "technician" | "status";
	confidence: number;
	sample: string;
}

export interface ImportColumns {
	rows: ImportColumnView[];
}

export interface ImportChoice {
	field: "nothing" | "name" | "first_name" | "last_name" | "company" | "email" | "phone" | "street" | "street_2" | "city" | "region" | "postcode" | "lat" | "lng" | "gate_code" | "dogs" | "note_technicians" | "note_office" | "tags" | "pool_kind" | "volume" | "volume_unit" | "surface" | "sanitiser" | "external_id" | "bill_street" | "bill_city" | "bill_region" | "bill_postcode" | "rate" | "service_day" | "technician" | "status";
}

export interface ImportMapping {
	columns: ImportChoice[];
	unit: "unsaid" | "litres" | "us_gallons" | "cubic_metres";
	policy: "fill" | "replace" | "leave";
	version: number;
}

export interface ImportLinesQuery {
	state?: "waiting" | "create" | "change" | "skip" | "wrong" | "done" | "undone" | "ask" | "made" | "kept";
	after?: number;
}

export interface ImportChange {
	field: string;
	was: string;
	became: string;
}

export interface ImportSeen {
	name: string;
	email: string;
	phone: string;
	street: string;
	city: string;
	pool: boolean;
	gate: boolean;
	pool_kind: "pool" | "spa" | "fountain" | "other";
	volume_l: number | null;
	surface: "unknown" | "plaster" | "pebble" | "quartz" | "tile" | "vinyl" | "fibreglass" | "paint" | "steel" | "other";
	by: ("external_id" | "email" | "phone" | "address" | "name")[];
	other: string;
	asks: string | null;
	changes: ImportChange[];
}

export interface ImportLine {
	n: number;
	state: "waiting" | "create" | "change" | "skip" | "wrong" | "done" | "undone" | "ask" | "made" | "kept";
	record_id: string | null;
	follows: number;
	problem: string;
	seen: ImportSeen;
}

export interface ImportLines {
	rows: ImportLine[];
	next: number;
}

export interface ImportAnswered {
	n: number;
	answer: "same" | "two" | "skip" | "ask";
}

export interface ImportAnswers {
	rows: ImportAnswered[];
}

export interface ImportVersion {
	version: number;
}

export interface InboxQuery {
	list?: string;
	q?: string;
	unread?: boolean | null;
	outcome?: string;
	before?: number | null;
}

export interface InboxLine {
	id: string;
	name: string;
	address: string;
	language: string;
	state: "open" | "closed";
	staff: string;
	/** seconds UTC since 1970 */
	snoozed_until: number;
	unread: number;
	/** seconds UTC since 1970 */
	waits_since: number;
	/** seconds UTC since 1970 */
	last_at: number;
	last_words: string;
	last_medium: number;
	last_direction: number;
	outcome: "open" | "booked" | "asked" | "moved" | "cancelled" | "told" | "message" | "rung" | "wrong" | "dropped" | "silent" | "missed";
	stranger: boolean;
	became_job: boolean;
	asks: "none" | "service" | "repair" | "reschedule" | "cancel" | "bill" | "where" | "price" | "person" | "emergency" | "wrong" | "drop" | "thanks";
	/** seconds UTC since 1970 */
	kept_until: number;
	version: number;
}

export interface InboxCounts {
	waiting: number;
	mine: number;
	unread: number;
	/** seconds UTC since 1970 */
	oldest: number;
}

export interface InboxPage {
	rows: InboxLine[];
	next: number | null;
	counts: InboxCounts;
}

export interface ThreadStart {
	customer_id: string;
}

export interface MessageRow {
	id: string;
	direction: "heard" | "said" | "noted";
	medium: "sms" | "email" | "portal" | "booking" | "voice" | "note" | "call";
	state: "queued" | "sending" | "sent" | "delivered" | "failed" | "held" | "withdrawn" | "got";
	address: string;
	subject: string;
	body: string;
	staff: string | null;
	ref_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	/** seconds UTC since 1970 */
	at: number;
	/** seconds UTC since 1970 */
	due_at: number;
	sent_at: number | null;
	ended_at: number | null;
	segments: number;
	problem: string;
	version: number;
}

export interface MessageFile {
	id: string | null;
	name: string;
	type: string;
}

export interface ThreadMessage {
	row: MessageRow;
	occasion: string;
	quoted: string;
	files: MessageFile[];
	code: boolean;
}

export interface ThreadWay {
	medium: "sms" | "email" | "portal" | "booking" | "voice" | "note" | "call";
	address: string;
	name: string;
	stopped: boolean;
	gone: string;
}

export interface ThreadKept {
	day: string;
	minute: number;
	tech_id: string;
	tech: string;
	/** seconds UTC since 1970 */
	until: number;
}

export interface Thread {
	row: InboxLine;
	customer_id: string | null;
	staff_id: string | null;
	place: string;
	standing: string;
	messages: ThreadMessage[];
	next: string | null;
	ways: ThreadWay[];
	typing: string;
	number: string;
	kept: ThreadKept[];
}

export interface ThreadQuery {
	before?: string | null;
}

export interface ThreadKeep {
	property_id: string;
	service_id: string;
	tech_id: string;
	day: string;
	minute: number;
}

export interface ThreadSay {
	medium: "sms" | "email" | "portal" | "booking" | "voice" | "note" | "call";
	address: string;
	subject: string;
	text: string;
	key: string;
	picture?: string | null;
	keep: ThreadKeep[];
}

export interface ThreadSet {
	state: "open" | "closed";
	staff_id?: string | null;
	/** seconds UTC since 1970 */
	snoozed_until: number;
	version: number;
}

export interface ThreadLead {
	name: string;
	customer_id?: string | null;
}

export interface AddressLift {
	address: string;
}

export interface MessageRelease {
	version: number;
	text?: string | null;
}

export interface MessageHeld {
	version: number;
}

export interface MessageCode {
	code: string;
}

export interface SavedReply {
	id: string;
	name: string;
	text: string;
	version: number;
}

export interface SavedReplies {
	rows: SavedReply[];
}

export interface SavedReplyIn {
	name: string;
	text: string;
	version: number;
}

export interface DraftQuery {
	message?: string | null;
}

export interface DraftMark {
	text: string;
}

export interface VisitGlance {
	id: string;
	day: string;
	from_minute: number | null;
	to_minute: number | null;
	started_at: number | null;
	ended_at: number | null;
	tech: string;
	service: string;
}

export interface MessageDraft {
	message_id: string | null;
	service_id: string | null;
	intent: "none" | "service" | "repair" | "reschedule" | "cancel" | "bill" | "where" | "price" | "person" | "emergency" | "wrong" | "drop" | "thanks";
	day: string | null;
	from_minute: number | null;
	to_minute: number | null;
	when: string;
	note: string;
	marks: DraftMark[];
	pictures: number;
	made: VisitGlance[];
}

export interface CustomerGlance {
	next: VisitGlance[];
	last: VisitGlance[];
	balance_cents: number | null;
	autopay: boolean | null;
}

export interface OccasionQuery {
	service_id?: string | null;
}

export interface OccasionRule {
	occasion: "written" | "asked" | "confirmed" | "tomorrow" | "on_way" | "late" | "report" | "skipped" | "quote" | "bill" | "reminder" | "receipt" | "pay_failed" | "autopay" | "review" | "rate" | "win_back" | "broadcast" | "word" | "dialogue" | "moved" | "answer" | "due";
	sms: "off" | "on" | "ask";
	email: "off" | "on" | "ask";
	call: "off" | "on" | "ask";
	sms_en: string;
	sms_es: string;
	subject_en: string;
	subject_es: string;
	mail_en: string;
	mail_es: string;
	call_en: string;
	call_es: string;
	version: number;
}

export interface OccasionName {
	name: string;
}

export interface OccasionLine {
	rule: OccasionRule;
	marketing: boolean;
	quiet: boolean;
	rings: boolean;
	own: boolean;
	usual_sms_en: string;
	usual_sms_es: string;
	usual_subject_en: string;
	usual_subject_es: string;
	usual_mail_en: string;
	usual_mail_es: string;
	usual_call_en: string;
	usual_call_es: string;
	names: OccasionName[];
}

export interface OccasionPage {
	rows: OccasionLine[];
	number: string;
	review_url: string;
}

export interface OccasionDrop {
	service_id: string;
	occasion?: "written" | "asked" | "confirmed" | "tomorrow" | "on_way" | "late" | "report" | "skipped" | "quote" | "bill" | "reminder" | "receipt" | "pay_failed" | "autopay" | "review" | "rate" | "win_back" | "broadcast" | "word" | "dialogue" | "moved" | "answer" | "due";
	version?: number;
}

export interface WordsTry {
	occasion: "written" | "asked" | "confirmed" | "tomorrow" | "on_way" | "late" | "report" | "skipped" | "quote" | "bill" | "reminder" | "receipt" | "pay_failed" | "autopay" | "review" | "rate" | "win_back" | "broadcast" | "word" | "dialogue" | "moved" | "answer" | "due";
	medium: "sms" | "email" | "portal" | "booking" | "voice" | "note" | "call";
	language: "en" | "es";
	subject: string;
	text: string;
	customer_id?: string | null;
}

export interface WordsShown {
	to: string;
	subject: string;
	text: string;
	letters: number;
	segments: number;
	wide: boolean;
	first_wide: string;
	narrow: string;
	price_milli: number;
}

export interface ReviewPage {
	url: string;
}

export interface BroadcastsQuery {
	before?: string | null;
}

export interface BroadcastLine {
	id: string;
	state: "running" | "done" | "ended";
	/** seconds UTC since 1970 */
	made_at: number;
	staff_name: string | null;
	customers: number;
	done: number;
	waiting: number;
	sent: number;
	delivered: number;
	failed: number;
	withdrawn: number;
	waits_until: number | null;
	words: string;
}

export interface Broadcasts {
	rows: BroadcastLine[];
	next: string | null;
}

export interface BroadcastWords {
	by_sms: boolean;
	by_email: boolean;
	sms_en: string;
	sms_es: string;
	subject_en: string;
	subject_es: string;
	mail_en: string;
	mail_es: string;
}

export interface BroadcastWish {
	ids: CustomerId[];
	words: BroadcastWords;
	dry: boolean;
	expect?: number | null;
}

export interface BroadcastLook {
	id: string | null;
	customers: number;
	reached: number;
	texts: number;
	mails: number;
	stopped: number;
	segments: number;
	price_milli: number;
	to: string;
	text: string;
	subject: string;
	mail: string;
}

export interface BroadcastMatching {
	words: BroadcastWords;
	dry: boolean;
	expect?: number | null;
}

export interface RatingsQuery {
	from?: string | null;
	to?: string | null;
	tech_id?: string | null;
	service_id?: string | null;
}

export interface RatingRow {
	tech_id: string | null;
	tech: string;
	service_id: string;
	service: string;
	ratings: number;
	stars: number;
	five: number;
	four: number;
	three: number;
	two: number;
	one: number;
}

export interface RatingWords {
	/** seconds UTC since 1970 */
	at: number;
	customer_id: string;
	customer: string;
	visit_id: string;
	tech: string;
	service: string;
	stars: number;
	words: string;
}

export interface RatingsPage {
	rows: RatingRow[];
	words: RatingWords[];
	from: string;
	to: string;
}

export interface RouteRef {
	id: string;
}

export interface RouteWish {
	kind: "day" | "week";
	from_day: string;
	tech_id?: string | null;
	same_tech: number;
	same_day: number;
	even: number;
	liked_days?: number | null;
	room_minutes: number;
	scratch: boolean;
	locked: RouteRef[];
	seconds?: number | null;
	tries?: number | null;
}

export interface RouteFigures {
	drive_s: number;
	metres: number;
	service_s: number;
	wait_s: number;
	overtime_s: number;
	late_s: number;
	fuel_cents: number;
	paid_s: number;
	lunch_late_s: number;
	stops: number;
	late_stops: number;
	routes: number;
	legs: number;
	estimated: number;
	lacks: number;
}

export interface RouteTech {
	id: string;
	name: string;
	colour: number;
	has_start: boolean;
	start_lat_e6: number;
	start_lng_e6: number;
	has_end: boolean;
	end_lat_e6: number;
	end_lng_e6: number;
}

export interface RouteLoad {
	tech_id: string;
	day: number;
	from_minute: number;
	to_minute: number;
	before_ends: number;
	after_ends: number;
	lunch: number | null;
	supply: number | null;
	supply_after: number;
	before: RouteFigures;
	after: RouteFigures;
}

export interface RouteStop {
	state: "stays" | "change" | "refused" | "stale" | "applied" | "undone";
	record_id: string;
	customer_id: string;
	customer: string;
	street: string;
	city: string;
	lat_e6: number;
	lng_e6: number;
	minutes: number;
	from_minute: number | null;
	to_minute: number | null;
	was_tech: string | null;
	to_tech: string | null;
	was_days: number;
	to_days: number;
	was_at: number;
	to_at: number;
	fixed: boolean;
	locked: boolean;
	estimated: boolean;
	saves_s: number;
	saves_m: number;
	reason: "placed" | "skill" | "over" | "near" | "even" | "liked" | "late" | "van" | "together";
	near: string;
	near_m: number;
	problem: string;
}

export interface RoutePlan {
	id: string;
	state: "searching" | "ready" | "applying" | "applied" | "undoing" | "undone" | "cancelled";
	wish: RouteWish;
	monday: string;
	days: number;
	share: number;
	tries: number;
	start_s: number;
	best_s: number;
	spent_ms: number;
	before: RouteFigures;
	after: RouteFigures;
	unplaced: number;
	outside: number;
	left_out: number;
	changed: number;
	failed: number;
	problem: string;
	supply_lat_e6: number | null;
	supply_lng_e6: number | null;
	techs: RouteTech[];
	loads: RouteLoad[];
	stops: RouteStop[];
	/** seconds UTC since 1970 */
	made_at: number;
	version: number;
}

export interface RoutePlanLine {
	id: string;
	state: "searching" | "ready" | "applying" | "applied" | "undoing" | "undone" | "cancelled";
	kind: "day" | "week";
	from_day: string;
	/** seconds UTC since 1970 */
	made_at: number;
	by: string;
	changed: number;
	saves_s: number;
	saves_m: number;
}

export interface RoutePlanPage {
	rows: RoutePlanLine[];
}

export interface RouteRefusals {
	stops: RouteRef[];
	version: number;
}

export interface RoutePublishing {
	version: number;
}

export interface RouteOffersQuery {
	property_id: string;
	service_id?: string | null;
	minutes?: number | null;
	from_day?: string;
	weeks?: number;
	weekly?: boolean | null;
	from_minute?: number | null;
	to_minute?: number | null;
}

export interface RouteOffer {
	day: string;
	tech_id: string;
	tech: string;
	colour: number;
	times: number;
	added_s: number;
	added_m: number;
	seq: number;
	begin_minute: number;
	ends_minute: number;
	shift_ends: number;
	stops: number;
	load_minutes: number;
	overtime_s: number;
	late_s: number;
	other_tech: boolean;
	liked: boolean;
	unliked: boolean;
	lacks: number;
	fetches: boolean;
	own_late: boolean;
	late: string;
	near: string;
	near_m: number;
	estimated: boolean;
}

export interface RouteOfferPage {
	rows: RouteOffer[];
	looked: number;
}

export interface RouteMilesQuery {
	from?: string;
	to?: string;
}

export interface RouteMiles {
	day: string;
	tech_id: string;
	tech: string;
	stops: number;
	done: number;
	planned_s: number;
	planned_m: number;
	planned_cents: number;
	driven_s: number;
	driven_m: number;
	driven_cents: number;
	legs: number;
	estimated: number;
}

export interface RouteMilesPage {
	rows: RouteMiles[];
}

export interface RouteSettings {
	units: "miles" | "km";
	fuel_price_cents: number;
	fuel_unit: "gallon" | "litre";
	fuel_use_x10: number;
	fuel_use: "mpg" | "l_100km";
	day_from: number;
	day_to: number;
	lunch_minutes: number;
	lunch_from: number;
	lunch_to: number;
	supply_lat_e6: number | null;
	supply_lng_e6: number | null;
	supply_minutes: number | null;
	places: boolean | null;
	pace_short: number;
	pace_middling: number;
	pace_long: number;
	pace_drives: number;
	roads: boolean;
	today: string;
	currency: string;
	tiles_url: string;
	tiles_credit: string;
	version: number;
}

export interface RouteSettingsChange {
	units: "miles" | "km";
	fuel_price_cents: number;
	fuel_unit: "gallon" | "litre";
	fuel_use_x10: number;
	fuel_use: "mpg" | "l_100km";
	day_from: number;
	day_to: number;
	lunch_minutes: number;
	lunch_from: number;
	lunch_to: number;
	supply_lat_e6?: number | null;
	supply_lng_e6?: number | null;
	supply_minutes?: number | null;
	places?: boolean | null;
	version: number;
}

export interface SenderRecord {
	what: string;
	name: string;
	value: string;
	found: string;
	state: "asked" | "good" | "missing" | "wrong";
}

export interface Sender {
	address: string;
	records: SenderRecord[];
	good: boolean;
	checked_at: number | null;
	house: string;
	version: number;
}

export interface SenderSet {
	address: string;
	version: number;
}

export interface OwnDomain {
	host: string;
	leads_to: string;
	record_name: string;
	record_value: string;
	found: string;
	state: "asked" | "good" | "missing" | "wrong" | "taken";
	served: boolean;
	ends_at: number | null;
	checked_at: number | null;
	portal: string;
	version: number;
}

export interface DomainSet {
	host: string;
	version: number;
}

export interface ExportCustomersQuery {
	q?: string;
	standing?: "lead" | "routed" | "unrouted" | "inactive" | "archived";
	kind?: "person" | "business";
	language?: string;
	tag?: string;
	city?: string;
	tech_id?: string | null;
	lacking?: "nothing" | "property" | "place" | "pool" | "volume" | "agreement" | "phone" | "email";
	before?: string | null;
}

export interface ExportQuery {
	before?: string | null;
}

export interface ExportDaysQuery {
	from?: string;
	to?: string;
}

export interface ExportBillsQuery {
	kind?: "quote" | "invoice" | "statement" | "receipt";
	state?: "draft" | "issued" | "void" | "approved" | "declined";
	from?: string;
	to?: string;
}

export interface ExportDebtsQuery {
	as_of?: string | null;
}

export interface ExportStockQuery {
	place_id?: string | null;
	low?: boolean | null;
}

export interface ProofPolicy {
	reports: boolean;
	place: boolean;
	pin?: boolean | null;
	version: number;
}

export interface ReportLink {
	url: string;
}

export interface QuotesQuery {
	state?: "draft" | "issued" | "void" | "approved" | "declined";
	q?: string;
	before_day?: string | null;
	before_id?: string | null;
}

export interface QuoteCard {
	id: string;
	state: "draft" | "issued" | "void" | "approved" | "declined";
	over: boolean;
	asked: boolean;
	number: string;
	customer_id: string;
	visit_id: string;
	customer: string;
	currency: string;
	title: string;
	day: string;
	due_day: string;
	least_cents: number;
	most_cents: number;
}

export interface QuoteList {
	rows: QuoteCard[];
	next_day: string | null;
	next_id: string | null;
}

export interface QuoteOptionNew {
	name: string;
	text: string;
}

export interface QuoteLineNew {
	choice: number;
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	item_id?: string | null;
	text: string;
	quantity_milli: number;
	unit_cents: number;
	tax_code: string;
}

export interface QuotePhoto {
	id: string;
}

export interface QuoteEdit {
	property_id: string;
	service_id: string;
	title: string;
	note: string;
	due_day: string;
	deposit_ppm: number;
	options: QuoteOptionNew[];
	lines: QuoteLineNew[];
	photos: QuotePhoto[];
	version: number;
}

export interface QuoteOption {
	name: string;
	text: string;
	net_cents: number;
	tax_cents: number;
	total_cents: number;
	deposit_cents: number;
}

export interface QuoteLine {
	id: string;
	choice: number;
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	item_id: string;
	text: string;
	quantity_milli: number;
	unit_cents: number;
	net_cents: number;
	tax_code: string;
}

export interface QuoteWord {
	office: boolean;
	by: string;
	text: string;
	/** seconds UTC since 1970 */
	at: number;
}

export interface QuotePage {
	id: string;
	state: "draft" | "issued" | "void" | "approved" | "declined";
	over: boolean;
	number: string;
	customer_id: string;
	customer: string;
	property_id: string;
	place: string;
	service_id: string;
	service: string;
	currency: string;
	title: string;
	note: string;
	reason: string;
	day: string;
	due_day: string;
	deposit_ppm: number;
	choosing: boolean;
	options: QuoteOption[];
	lines: QuoteLine[];
	photos: QuotePhoto[];
	words: QuoteWord[];
	picked: number;
	answered_by: string;
	visit_id: string | null;
	visit_day: string | null;
	deposit_id: string | null;
	issued_at: number | null;
	sent_at: number | null;
	ended_at: number | null;
	paper: boolean;
	version: number;
}

export interface QuoteIssue {
	version: number;
}

export interface QuoteEnding {
	reason: string;
	version: number;
}

export interface QuoteReply {
	text: string;
}

export interface QuoteAnswer {
	says: "approve" | "decline";
	choice: number;
	name: string;
	text: string;
}

export interface BookingChoice {
	id: string;
	name: string;
	on: boolean;
	due_months: number | null;
	about: string | null;
}

export interface BookingPage {
	open: boolean;
	prices: boolean;
	reception: boolean | null;
	model: boolean | null;
	confirm: "at_once" | "by_office";
	window_minutes: number;
	notice_hours: number;
	ahead_days: number;
	reserve_minutes: number;
	change_hours: number;
	within_km: number;
	postcodes: string;
	deposit_cents: number | null;
	record: boolean | null;
	ring: string | null;
	night: string | null;
	ring_from: number | null;
	ring_to: number | null;
	ring_days: number | null;
	services: BookingChoice[];
	url: string;
	script: string;
	model_there: boolean;
	model_today: number;
	model_most: number;
	version: number;
}

export interface BookingRef {
	id: string;
	due_months?: number | null;
	about?: string | null;
}

export interface BookingPageIn {
	open: boolean;
	prices: boolean;
	reception?: boolean | null;
	model?: boolean | null;
	confirm: "at_once" | "by_office";
	window_minutes: number;
	notice_hours: number;
	ahead_days: number;
	reserve_minutes: number;
	change_hours: number;
	within_km: number;
	postcodes: string;
	deposit_cents?: number | null;
	record?: boolean | null;
	ring?: string | null;
	night?: string | null;
	ring_from?: number | null;
	ring_to?: number | null;
	ring_days?: number | null;
	services: BookingRef[];
	version: number;
}

export interface JobLine {
	id: string;
	bill_id: string;
	item_id: string;
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	text: string;
	quantity_milli: number;
	unit_cents: number;
	net_cents: number;
	cost_cents: number;
	got: "nothing" | "needed" | "bought" | "on_van" | "installed";
	version: number;
}

export interface JobPage {
	visit_id: string;
	free: "charged" | "warranty" | "go_back";
	lines: JobLine[];
	net_cents: number;
	cost_cents: number;
	signed_by: string | null;
	signed_at: number | null;
	signature_id: string | null;
	quote_id: string | null;
	quote: string;
	approved_by: string;
	approved_at: number | null;
	version: number;
}

export interface JobLineNew {
	kind: "month" | "stop" | "skip" | "dose" | "part" | "labour" | "item" | "fee" | "discount" | "deposit";
	item_id?: string | null;
	text: string;
	quantity_milli: number;
	unit_cents: number;
	tax_code: string;
}

export interface JobLineStep {
	got: "nothing" | "needed" | "bought" | "on_van" | "installed";
}

export interface JobLineDrop {
	version: number;
}

export interface JobFree {
	free: "charged" | "warranty" | "go_back";
	version: number;
}

export interface JobsQuery {
	from?: string;
	to?: string;
	q?: string;
	after_day?: string | null;
	after_id?: string | null;
}

export interface JobRow {
	id: string;
	customer_id: string;
	customer: string;
	street: string;
	service: string;
	day: string;
	tech_id: string | null;
	tech: string | null;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	source: "agreement" | "office" | "booking" | "workorder" | "follow_up" | "message";
	free: "charged" | "warranty" | "go_back";
	cents: number;
	cost_cents: number;
	missing: number;
}

export interface JobList {
	rows: JobRow[];
	next_day: string | null;
	next_id: string | null;
}

export interface FreeJobsQuery {
	from?: string;
	to?: string;
}

export interface ShoppingQuery {
	customer_id?: string | null;
}

export interface FreeJob {
	id: string;
	customer_id: string;
	customer: string;
	service: string;
	day: string;
	free: "charged" | "warranty" | "go_back";
	note: string;
	minutes: number;
	part_cents: number;
	dose_cents: number;
}

export interface FreeJobs {
	rows: FreeJob[];
	cost_cents: number;
	minutes: number;
	more: boolean;
}

export interface ShoppingRow {
	id: string;
	visit_id: string;
	customer_id: string;
	customer: string;
	street: string;
	day: string;
	tech: string | null;
	text: string;
	quantity_milli: number;
	cost_cents: number;
	got: "nothing" | "needed" | "bought" | "on_van" | "installed";
}

export interface ShoppingList {
	rows: ShoppingRow[];
	more: boolean;
}

export interface PriceRule {
	how: "markup" | "change";
	ppm: number;
	round_to_cents: number;
	kind?: number | null;
}

export interface PriceRow {
	item_id: string;
	name: string;
	kind: "chemical" | "part" | "labour" | "other";
	cost_cents: number;
	was_cents: number;
	price_cents: number;
}

export interface PricePreview {
	rows: PriceRow[];
	same: number;
}

export interface PriceSet {
	item_id: string;
	was_cents: number;
	price_cents: number;
}

export interface PricePlanNew {
	from_day: string;
	rows: PriceSet[];
}

export interface PricePlan {
	id: string;
	state: "waits" | "dry" | "running" | "done" | "undoing" | "undone" | "failed";
	from_day: string;
	staff_name: string | null;
	/** seconds UTC since 1970 */
	made_at: number;
	ended_at: number | null;
	undone_at: number | null;
	number: number;
}

export interface PricePlans {
	rows: PricePlan[];
}

export interface TechShift {
	day: string;
	from_minute: number;
	to_minute: number;
	lunch_minutes: number;
	lunch_from: number;
	lunch_to: number;
	start_lat_e6: number | null;
	start_lng_e6: number | null;
	end_lat_e6: number | null;
	end_lng_e6: number | null;
	pace_short: number;
	pace_middling: number;
	pace_long: number;
}

export interface TechMe {
	id: string;
	name: string;
	language: "en" | "es";
	wants_place: boolean;
	push_key: string;
	tiles_url: string;
	tiles_credit: string;
	shift: TechShift;
	company: CompanyCard;
}

export interface PushAddress {
	address: string;
	p256dh: string;
	secret: string;
}

export interface PhoneHello {
	name: string;
}

export interface PhoneKey {
	key: string;
	day: string;
	version: number;
	wants_pin: boolean;
}

export interface TechDayQuery {
	day?: string | null;
}

export interface BriefContact {
	name: string;
	phone: string;
	relation: "owner" | "tenant" | "agent" | "billing" | "other";
}

export interface BriefWord {
	word: string;
}

export interface CheckLineKept {
	text: string;
	photo: boolean;
	required: boolean;
	reading: string;
	every_days: number | null;
}

export interface CheckLinesKept {
	rows: CheckLineKept[];
}

export interface PartLineKept {
	name: string;
	quantity: number;
}

export interface PartLinesKept {
	rows: PartLineKept[];
}

export interface BriefPool {
	id: string;
	kind: "pool" | "spa" | "fountain" | "other";
	name: string;
	volume_l: number | null;
	surface: "unknown" | "plaster" | "pebble" | "quartz" | "tile" | "vinyl" | "fibreglass" | "paint" | "steel" | "other";
	sanitiser: "unknown" | "chlorine" | "salt" | "bromine" | "biguanide" | "mineral" | "ozone" | "uv" | "other";
	indoor: boolean;
}

export interface BriefWater {
	pool_id: string;
	/** seconds UTC since 1970 */
	at: number;
	values: WaterValue[];
}

export interface BriefEquipment {
	id: string;
	pool_id: string;
	kind: "pump" | "filter" | "heater" | "salt_cell" | "controller" | "cleaner" | "feeder" | "light" | "blower" | "valve" | "skimmer" | "cover" | "other";
	make: string;
	model: string;
	serviced_day: string | null;
	service_every_days: number;
}

export interface BriefNote {
	body: string;
	pinned: boolean;
	/** seconds UTC since 1970 */
	made_at: number;
}

export interface SaidNote {
	id: string;
	text: string;
	for_customer: boolean;
	/** seconds UTC since 1970 */
	at: number;
}

export interface BriefLast {
	day: string;
	tech: string;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	reason: string;
	notes: SaidNote[];
}

export interface BriefChange {
	on_kind: "none" | "customer" | "property" | "pool" | "equipment" | "contact" | "note" | "agreement" | "visit" | "file" | "batch" | "staff" | "service" | "workorder" | "bill" | "payment" | "reading" | "dose" | "method" | "conversation" | "rule";
	field: string;
	became: string;
	/** seconds UTC since 1970 */
	at: number;
}

export interface BriefWant {
	id: string;
	text: string;
	quantity_milli: number;
	got: "nothing" | "needed" | "bought" | "on_van" | "installed";
}

export interface BriefErrand {
	text: string;
	minutes: number;
	lat_e6: number | null;
	lng_e6: number | null;
}

export interface Brief {
	customer_id: string;
	customer: string;
	language: "en" | "es";
	contacts: BriefContact[];
	property_id: string;
	place: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	lat_e6: number | null;
	lng_e6: number | null;
	dogs: string;
	hazards: string;
	parking: string;
	key_no: string;
	has_codes: boolean;
	codes_changed_at: number | null;
	text_before: boolean;
	first_visit: boolean;
	no_chemicals: BriefWord[];
	service_id: string;
	service: string;
	instructions: string;
	checklist: CheckLinesKept;
	parts: PartLinesKept;
	source: "agreement" | "office" | "booking" | "workorder" | "follow_up" | "message";
	pool_id: string | null;
	pools: BriefPool[];
	water: BriefWater[];
	equipment: BriefEquipment[];
	notes: BriefNote[];
	last: BriefLast[];
	changes: BriefChange[];
	wants: BriefWant[];
	errand: BriefErrand[];
}

export interface SaidCheck {
	item: string;
	done: boolean;
	/** seconds UTC since 1970 */
	at: number;
	what: string | null;
	amount: number | null;
}

export interface SaidPhoto {
	id: string;
	file_id: string;
	item: string;
	/** seconds UTC since 1970 */
	at: number;
}

export interface SaidThing {
	id: string;
	verb: "confirm" | "flag" | "on_my_way" | "arrive" | "check" | "note" | "reading" | "dose" | "photo" | "follow_up" | "reassign" | "missing_part" | "no_access" | "skip" | "finish" | "correct" | "reopen" | "clock_in" | "clock_out" | "break" | "break_over" | "problem" | "made" | "moved" | "changed" | "cancel" | "gone" | "days" | "sealed" | "equipment" | "used" | "signed" | "fetched" | "looked" | "locked";
	text: string;
	/** seconds UTC since 1970 */
	at: number;
}

export interface Progress {
	checks: SaidCheck[];
	notes: SaidNote[];
	photos: SaidPhoto[];
	things: SaidThing[];
}

export interface Stop {
	id: string;
	seq: number;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	from_minute: number | null;
	to_minute: number | null;
	minutes: number;
	on_way_at: number | null;
	started_at: number | null;
	ended_at: number | null;
	confirmed_at: number | null;
	flag: string;
	skip_reason: string;
	note: string;
	fetched_at: number | null;
	visit_version: number;
	brief: Brief;
	progress: Progress;
}

export interface ClockSpan {
	id: string;
	kind: "work" | "break";
	/** seconds UTC since 1970 */
	from_at: number;
	to_at: number | null;
}

export interface TechDay {
	day: string;
	today: string;
	version: number;
	seen_version: number;
	stops: Stop[];
	clock: ClockSpan[];
}

export interface SyncVerb {
	id: string;
	n: number;
	verb: "confirm" | "flag" | "on_my_way" | "arrive" | "check" | "note" | "reading" | "dose" | "photo" | "follow_up" | "reassign" | "missing_part" | "no_access" | "skip" | "finish" | "correct" | "reopen" | "clock_in" | "clock_out" | "break" | "break_over" | "problem" | "made" | "moved" | "changed" | "cancel" | "gone" | "days" | "sealed" | "equipment" | "used" | "signed" | "fetched" | "looked" | "locked";
	visit_id?: string | null;
	/** seconds UTC since 1970 */
	at: number;
	body: VerbBody;
}

export interface SyncIn {
	device_id: string;
	device_name: string;
	/** seconds UTC since 1970 */
	now: number;
	verbs: SyncVerb[];
}

export interface SyncAnswered {
	id: string;
	n: number;
	answer: "applied" | "conflict" | "refused" | "gap";
	again: boolean;
	field: string | null;
	problem: string;
	stop: Stop[];
}

export interface SyncOut {
	/** seconds UTC since 1970 */
	server_now: number;
	last_n: number;
	answers: SyncAnswered[];
}

export interface DayReceipt {
	day: string;
	version: number;
}

export interface StopCodes {
	visit_id: string;
	gate: string | null;
	lockbox: string | null;
	alarm: string | null;
	note: string | null;
	changed_at: number | null;
}

export interface PhotoNew {
	id: string;
	visit_id: string;
	name?: string;
}

export interface Photo {
	id: string;
	bytes: number;
}

export interface PhotoPiece {
	visit_id: string;
	name?: string;
	digest: string;
	size?: number;
	at?: number;
}

export interface PhotoHere {
	here: number;
	whole: boolean;
}

export interface TechDoseMade {
	id: string;
}

export interface CalendarQuery {
	key?: string;
}

export interface PageQuery {
	at?: "portal" | "start";
}

export interface PortalMe {
	name: string;
	email: string;
	language: "en" | "es";
	password: boolean;
	company: CompanyCard;
}

export interface PortalVisit {
	id: string;
	day: string;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	service: string;
	street: string;
	tech: string | null;
	from_minute: number | null;
	to_minute: number | null;
	on_way_at: number | null;
	started_at: number | null;
	ended_at: number | null;
	reason: string;
	asked: boolean;
}

export interface PortalBillCard {
	id: string;
	kind: "quote" | "invoice" | "statement" | "receipt";
	number: string;
	title: string;
	day: string;
	due_day: string;
	total_cents: number;
	open_cents: number;
}

export interface PortalPayment {
	id: string;
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	state: "pending" | "settled" | "failed" | "returned" | "begun";
	cents: number;
	free_cents: number;
	day: string;
}

export interface PortalApplied {
	payment_id: string;
	bill_id: string;
	cents: number;
}

export interface PortalAccount {
	id: string;
	name: string;
	street: string;
	here: boolean;
}

export interface PortalHome {
	currency: string;
	owed_cents: number;
	free_cents: number;
	pending_cents: number;
	next: PortalVisit[];
	past: PortalVisit[];
	bills: PortalBillCard[];
	payments: PortalPayment[];
	applied: PortalApplied[];
	accounts: PortalAccount[];
	can_pay: boolean;
}

export interface PortalLine {
	text: string;
	day: string;
	quantity_milli: number;
	unit_cents: number;
	net_cents: number;
	visit_id: string;
}

export interface PortalTax {
	name: string;
	rate_ppm: number;
	tax_cents: number;
}

export interface PortalPaid {
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	day: string;
	cents: number;
}

export interface PortalBill {
	id: string;
	kind: "quote" | "invoice" | "statement" | "receipt";
	state: "draft" | "issued" | "void" | "approved" | "declined";
	number: string;
	currency: string;
	title: string;
	note: string;
	day: string;
	due_day: string;
	opening_cents: number;
	net_cents: number;
	tax_cents: number;
	total_cents: number;
	open_cents: number;
	lines: PortalLine[];
	taxes: PortalTax[];
	paid: PortalPaid[];
	moves: BillMove[];
}

export interface PortalVisitsQuery {
	before?: string | null;
}

export interface PortalVisits {
	rows: PortalVisit[];
	next: string | null;
}

export interface PortalReading {
	/** seconds UTC since 1970 */
	at: number;
	values: WaterValue[];
}

export interface PortalDose {
	item: string;
	unit: "each" | "fl_oz" | "cup" | "quart" | "gallon" | "ml" | "litre" | "oz" | "lb" | "g" | "kg" | "tab" | "bag" | "scoop" | "hour";
	holds_x100: number;
	given_x100: number;
}

export interface PortalPhoto {
	id: string;
	name: string;
	width: number;
	height: number;
}

export interface PortalNote {
	text: string;
}

export interface PortalVisitPage {
	visit: PortalVisit;
	readings: PortalReading[];
	doses: PortalDose[];
	photos: PortalPhoto[];
	notes: PortalNote[];
	sealed_at: number | null;
	report: string | null;
	rated: boolean;
}

export interface PayNew {
	cents: number;
	bill_id?: string | null;
	method_id?: string | null;
	keep: boolean;
	autopay: boolean;
	surcharge_cents?: number | null;
}

export interface PayState {
	id: string;
	state: "pending" | "settled" | "failed" | "returned" | "begun";
	way: "cash" | "check" | "transfer" | "card" | "ach" | "credit";
	cents: number;
	currency: string;
	reason: string;
	url: string | null;
	asks: boolean;
	card_is_bank: boolean;
	card: string;
	card_last4: string;
	surcharge_cents: number;
}

export interface PayAgree {
	surcharge_cents: number;
}

export interface PayMethod {
	id: string;
	kind: "card" | "bank";
	brand: string;
	last4: string;
	exp_month: number;
	exp_year: number;
	autopay: boolean;
	kinds: ("service" | "chemicals" | "work" | "fees")[];
	places: PayPlaceId[];
	stopped: string;
	surcharge_ppm: number;
	consent: string;
}

export interface PayMethods {
	rows: PayMethod[];
	consent: string;
	places: PortalPlace[];
	possible: boolean;
	banks: boolean;
	surcharge_ppm: number;
}

export interface PayAutopay {
	on: boolean;
	kinds: ("service" | "chemicals" | "work" | "fees")[];
	places: PayPlaceId[];
}

export interface PortalContact {
	id: string;
	name: string;
	phone: string;
	email: string;
	language: string;
	by_sms: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_email: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_voice: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	version: number;
}

export interface PortalContacts {
	rows: PortalContact[];
}

export interface PortalContactNew {
	name: string;
	phone: string;
	email: string;
	language: "en" | "es";
	by_sms: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_email: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_voice: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
}

export interface PortalContactChange {
	name: string;
	phone: string;
	email: string;
	language: "en" | "es";
	by_sms: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_email: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	by_voice: ("on_the_way" | "report" | "schedule" | "bill" | "receipt" | "reminder" | "quote" | "news")[];
	version: number;
}

export interface Unsubscribe {
	token: string;
}

export interface BillLinkQuery {
	token: string;
}

export interface BillLink {
	cents: number;
	pending_cents: number;
	currency: string;
	possible: boolean;
	banks: boolean;
	surcharge_ppm: number;
}

export interface BillLinkPay {
	token: string;
}

export interface BillLinkAgree {
	token: string;
	surcharge_cents: number;
}

export interface PortalPhotoNew {
	visit_id: string;
}

export interface PortalPhotoKept {
	id: string;
}

export interface PortalService {
	id: string;
	name: string;
}

export interface PortalAsking {
	places: PortalPlace[];
	services: PortalService[];
	first: string;
	last: string;
}

export interface PortalAsk {
	property_id: string;
	service_id: string;
	day: string;
	note: string;
}

export interface PortalAsked {
	rows: PortalVisit[];
}

export interface PortalRate {
	stars: number;
	text: string;
}

export interface PortalSpeak {
	language: "en" | "es";
}

export interface MediaQuery {
	token: string;
}

export interface PortalPicture {
	id: string;
	ready: boolean;
}

export interface PortalWord {
	id: string;
	own: boolean;
	body: string;
	staff: string;
	/** seconds UTC since 1970 */
	at: number;
	photos: PortalPicture[];
}

export interface PortalTalk {
	rows: PortalWord[];
}

export interface PortalSay {
	text: string;
	key: string;
}

export interface PortalShow {
	key: string;
}

export interface BookingService {
	id: string;
	name: string;
	kind: "level" | "job";
	minutes: number;
	price_cents: number;
	about: string;
}

export interface BookingOpen {
	open: boolean;
	company: string;
	phone: string;
	accent: string;
	currency: string;
	language: string;
	zone: string;
	prices: boolean;
	at_once: boolean;
	change_hours: number;
	deposit_cents: number;
	services: BookingService[];
	form: string;
}

export interface BookingTimesQuery {
	service_id: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	from_day?: string | null;
}

export interface BookingTime {
	day: string;
	from_minute: number;
	to_minute: number;
	tech: string;
	on_way: boolean;
}

export interface BookingClosed {
	day: string;
}

export interface BookingTimes {
	rows: BookingTime[];
	closed: BookingClosed[];
	from_day: string;
	next: string | null;
}

export interface BookingHoldIn {
	service_id: string;
	street: string;
	city: string;
	region: string;
	postcode: string;
	day: string;
	from_minute: number;
	instead?: string | null;
}

export interface BookingHeld {
	hold: string;
	day: string;
	from_minute: number;
	to_minute: number;
	/** seconds UTC since 1970 */
	until: number;
}

export interface BookingIn {
	hold: string;
	form: string;
	name: string;
	phone: string;
	email: string;
	language: "en" | "es";
	note: string;
	gate?: string | null;
	website: string;
}

export interface Booked {
	token: string;
	asked: boolean;
	day: string;
	from_minute: number;
	to_minute: number;
	service: string;
	company: string;
	deposit_cents: number;
	pay: string;
}

export interface BookingTokenQuery {
	token: string;
}

export interface BookingMine {
	service: string;
	street: string;
	city: string;
	company: string;
	phone: string;
	accent: string;
	language: string;
	tech: string | null;
	day: string;
	from_minute: number;
	to_minute: number;
	state: "scheduled" | "started" | "done" | "skipped" | "cancelled" | "on_way" | "no_access";
	asked: boolean;
	may_change: boolean;
	change_hours: number;
	photos: number;
}

export interface BookingMoveTimes {
	token: string;
	from_day?: string | null;
}

export interface BookingMove {
	token: string;
	day: string;
	from_minute: number;
}

export interface BookingToken {
	token: string;
}

export interface BookingPhoto {
	id: string;
	bytes: number;
}

export interface DueOpen {
	company: string;
	phone: string;
	accent: string;
	currency: string;
	zone: string;
	language: string;
	service: string;
	street: string;
	city: string;
	price_cents: number;
	deposit_cents: number;
}

export interface UnsubscribeQuery {
	company: string;
	token: string;
}

export interface RecordedQuery {
	to: string;
}

export interface MachineQuery {
	from: string;
}

export interface ProofIn {
	proof: string;
}

export interface ProofVerdict {
	valid: boolean;
	why: string;
	kind: string | null;
	company: string | null;
	kid: string | null;
	issued_at: number | null;
	body: string | null;
}

export interface ProofKey {
	kid: string;
	public_key: string;
	/** seconds UTC since 1970 */
	from: number;
	until: number | null;
	certificate: string;
}

export interface ProofKeys {
	company: string;
	house: string;
	sealed_nights: number | null;
	sealed_at: number | null;
	sealed_hash: string | null;
	keys: ProofKey[];
}

export interface TrendPoint {
	/** seconds UTC since 1970 */
	at: number;
	x100: number;
	how: "exact" | "below" | "above";
}

export interface ReportTrend {
	water: string;
	measure: "fc" | "tc" | "cc" | "bromine" | "ph" | "ta" | "ch" | "cya" | "salt" | "temp" | "tds" | "orp" | "phosphate" | "borate" | "copper" | "iron" | "nitrate" | "turbidity" | "pressure" | "flow" | "own1" | "own2" | "own3" | "own4" | "own5" | "own6";
	low_x100: number;
	high_x100: number;
	points: TrendPoint[];
}

export interface PortalWater {
	units: string;
	trends: ReportTrend[];
}

export interface ReportQuery {
	token: string;
}

export interface VisitReport {
	company: string;
	slug: string;
	accent: string;
	language: string;
	zone: string;
	units: string;
	record: string;
	reason: string;
	/** seconds UTC since 1970 */
	issued_at: number;
	proof: string;
	trends: ReportTrend[];
}

export interface ReportPhotoQuery {
	token: string;
	small?: boolean;
}

export interface PaperQuery {
	token: string;
}

export interface PaperProof {
	number: string;
	proof: string;
}

export interface OfferCard {
	state: "draft" | "issued" | "void" | "approved" | "declined";
	over: boolean;
	number: string;
	currency: string;
	title: string;
	due_day: string;
	least_cents: number;
	most_cents: number;
	token: string;
}

export interface OfferList {
	rows: OfferCard[];
}

export interface OfferQuery {
	token: string;
}

export interface OfferLine {
	choice: number;
	text: string;
	quantity_milli: number;
	unit_cents: number;
	net_cents: number;
}

export interface Offer {
	state: "draft" | "issued" | "void" | "approved" | "declined";
	over: boolean;
	number: string;
	customer: string;
	place: string;
	currency: string;
	title: string;
	note: string;
	day: string;
	due_day: string;
	choosing: boolean;
	options: QuoteOption[];
	lines: OfferLine[];
	photos: QuotePhoto[];
	words: QuoteWord[];
	picked: number;
	answered_by: string;
	ended_at: number | null;
}

export interface OfferAnswer {
	token: string;
	says: "approve" | "decline";
	choice: number;
	name: string;
	text: string;
}

export interface OfferAsk {
	token: string;
	text: string;
}

export interface OfferPhotoQuery {
	token: string;
	small?: boolean;
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
	/** What this house asks of a company each month, and for how many days it asks nothing. */
	"GET /api/site/plan": { body: null; query: null; out: HousePlan };
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
	/** Ask for a code by text; the answer is the same for every number. */
	"POST /api/auth/portal-texts": { body: PortalPhone; query: null; out: null };
	/** Come in by the code that was sent; five tries in a quarter of an hour. */
	"POST /api/auth/portal-codes": { body: PortalCode; query: null; out: Session };
	/** Go over to another account of the same address. */
	"PUT /api/auth/portal-sessions": { body: PortalChange; query: null; out: Session };
	/** Come in by a password, for those who have made one. */
	"POST /api/auth/portal-sessions/passwords": { body: PortalPassword; query: null; out: Session };
	/** Make a password, or another one. */
	"PUT /api/auth/portal-sessions/passwords": { body: PortalPasswordNew; query: null; out: null };
	/** Have no password any more. */
	"DELETE /api/auth/portal-sessions/passwords": { body: null; query: null; out: null };
	/** Leave the portal. */
	"DELETE /api/auth/portal-sessions": { body: null; query: null; out: null };
	/** Somebody of the platform comes in by key and code. */
	"POST /api/auth/platform-sessions": { body: PlatformEnter; query: null; out: PlatformWho };
	/** Somebody of the platform comes into a company that lets them look. */
	"POST /api/auth/support-sessions": { body: Token; query: null; out: Session };
	/** Who of the platform is signed in here. */
	"GET /api/site/platform": { body: null; query: null; out: PlatformWho };
	/** Leave the platform's page. */
	"DELETE /api/site/platform": { body: null; query: null; out: null };
	/** Companies: plan, standing, sizes; nothing of what they keep. */
	"GET /api/site/platform/companies": { body: null; query: PlatformQuery; out: PlatformCompanies };
	/** A way into a company that lets the platform look, for a minute. */
	"POST /api/site/platform/companies/:id/looks": { body: null; query: null; out: PlatformWay };
	/** Until when the platform's people may look in. */
	"GET /api/office/support": { body: null; query: null; out: Support };
	/** Let the platform's people look in for so many hours. */
	"PUT /api/office/support": { body: SupportAllow; query: null; out: Support };
	/** End it at once. */
	"DELETE /api/office/support": { body: null; query: null; out: Support };
	/** The archive that was asked for, and how far it is. */
	"GET /api/office/archive": { body: null; query: null; out: Archive };
	/** Make one file of everything the company keeps here: tables, photos, papers. */
	"POST /api/office/archive": { body: null; query: null; out: Archive };
	/** Say that it is about to be taken away: the password is asked for, and the log says so. */
	"POST /api/office/archive/ways": { body: null; query: null; out: null };
	/** Take that file away; it is kept for a week. */
	"GET /api/office/archive/file": { body: null; query: null; out: string };
	/** Offers, bills, statements, receipts and reports in one list, the newest first. */
	"GET /api/portal/documents": { body: null; query: PortalDocumentsQuery; out: PortalDocuments };
	/** One of them as PDF. */
	"GET /api/portal/documents/:id/file": { body: null; query: null; out: string };
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
	/** Change somebody's name, role and language. */
	"PUT /api/office/staff/:id": { body: StaffChange; query: null; out: StaffLine };
	/** Shut somebody out; every session of theirs ends at once. */
	"POST /api/office/staff/:id/disablings": { body: StaffVersion; query: null; out: null };
	/** Let somebody who was shut out come back. */
	"DELETE /api/office/staff/:id/disablings": { body: null; query: null; out: null };
	/** Send an invitation again; the link before stops working. */
	"POST /api/office/staff/:id/invitations": { body: null; query: null; out: null };
	/** The phones somebody works with, the one last heard of first. */
	"GET /api/office/staff/:id/phones": { body: null; query: null; out: PhoneList };
	/** A phone that is lost: whatever is signed in there is out at once. */
	"POST /api/office/staff/:id/phones/:id2/revocations": { body: null; query: null; out: null };
	/** Hand the company over; the owner becomes a manager. */
	"POST /api/office/ownership": { body: Heir; query: null; out: null };
	/** All roles, the built-in ones first. */
	"GET /api/office/roles": { body: null; query: null; out: RolePage };
	/** All roles and what they may. */
	"GET /api/office/roles.csv": { body: null; query: null; out: string };
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
	/** The audit log as a table, newest first, 10,000 lines at a time: where the header X-Next is there, `before` with its number takes the next ones. */
	"GET /api/office/audit.csv": { body: null; query: AuditQuery; out: string };
	/** Walk the chain of the audit log: is every line as it was written. */
	"GET /api/office/audit/verification": { body: null; query: null; out: AuditVerdict };
	/** Take on a customer. */
	"POST /api/office/customers": { body: CustomerNew; query: null; out: Saved };
	/** The whole record of a customer: places, pools, equipment, people, notes. */
	"GET /api/office/customers/:id": { body: null; query: null; out: Customer };
	/** Change a customer's own row. */
	"PUT /api/office/customers/:id": { body: CustomerChange; query: null; out: Saved };
	/** Archive a customer; nothing is lost. */
	"POST /api/office/customers/:id/archivings": { body: RecordVersion; query: null; out: Saved };
	/** Take a customer out of the archive. */
	"DELETE /api/office/customers/:id/archivings": { body: null; query: null; out: Saved };
	/** Give a customer exactly these tags. */
	"PUT /api/office/customers/:id/tags": { body: TagWish; query: null; out: Saved };
	/** All tags in use, and on how many customers. */
	"GET /api/office/tags": { body: null; query: null; out: TagList };
	/** Customers by name or age; with q, those alike, typing errors forgiven. */
	"GET /api/office/customers": { body: null; query: CustomersQuery; out: CustomerPage };
	/** The ids of all customers that a list finds, for changing them together. */
	"GET /api/office/customers/chosen": { body: null; query: CustomersQuery; out: CustomersChosen };
	/** Cities in which there are properties, the most common first. */
	"GET /api/office/cities": { body: null; query: null; out: CityList };
	/** Add a place to a customer. */
	"POST /api/office/properties": { body: PropertyNew; query: null; out: Saved };
	/** Change a place: address, access, wishes. */
	"PUT /api/office/properties/:id": { body: PropertyChange; query: null; out: Saved };
	/** Archive a place; nothing is lost. */
	"POST /api/office/properties/:id/archivings": { body: RecordVersion; query: null; out: Saved };
	/** Take a place out of the archive. */
	"DELETE /api/office/properties/:id/archivings": { body: null; query: null; out: Saved };
	/** Write down or take away codes; what is absent stays. */
	"PUT /api/office/properties/:id/codes": { body: CodesChange; query: null; out: Saved };
	/** Show one code; who saw it is recorded. */
	"POST /api/office/properties/:id/codes": { body: CodeQuestion; query: null; out: CodeShown };
	/** Places whose codes this person has seen or could have, and which of them changed since. */
	"GET /api/office/staff/:id/codes-seen": { body: null; query: null; out: CodesSeen };
	/** The places whose codes are to be changed; no code is in it. */
	"GET /api/office/staff/:id/codes-seen.csv": { body: null; query: null; out: string };
	/** The house has a new owner: service goes on with them. */
	"POST /api/office/properties/:id/sales": { body: Sale; query: null; out: Saved };
	/** That was no sale: house and service are the old owner's again. */
	"DELETE /api/office/sales/:id": { body: null; query: null; out: Saved };
	/** Add a body of water to a place. */
	"POST /api/office/pools": { body: PoolNew; query: null; out: Saved };
	/** Change what a pool is made of. */
	"PUT /api/office/pools/:id": { body: PoolChange; query: null; out: Saved };
	/** Archive a body of water; nothing is lost. */
	"POST /api/office/pools/:id/archivings": { body: RecordVersion; query: null; out: Saved };
	/** Take a body of water out of the archive. */
	"DELETE /api/office/pools/:id/archivings": { body: null; query: null; out: Saved };
	/** Write down what stands beside a pool. */
	"POST /api/office/equipment": { body: EquipmentNew; query: null; out: Saved };
	/** Change what is known of a piece of equipment. */
	"PUT /api/office/equipment/:id": { body: EquipmentChange; query: null; out: Saved };
	/** Archive a piece of equipment; nothing is lost. */
	"POST /api/office/equipment/:id/archivings": { body: RecordVersion; query: null; out: Saved };
	/** Take a piece of equipment out of the archive. */
	"DELETE /api/office/equipment/:id/archivings": { body: null; query: null; out: Saved };
	/** How much water a pool of these sizes holds. */
	"POST /api/office/volumes": { body: VolumeQuestion; query: null; out: VolumeAnswer };
	/** Add a person to a customer's account. */
	"POST /api/office/contacts": { body: ContactNew; query: null; out: Saved };
	/** Change a person, and which messages they receive. */
	"PUT /api/office/contacts/:id": { body: ContactChange; query: null; out: Saved };
	/** Archive a person of an account; nothing is lost. */
	"POST /api/office/contacts/:id/archivings": { body: RecordVersion; query: null; out: Saved };
	/** Take a person of an account out of the archive. */
	"DELETE /api/office/contacts/:id/archivings": { body: null; query: null; out: Saved };
	/** Write a note on a customer, a place, a pool or equipment. */
	"POST /api/office/notes": { body: NoteNew; query: null; out: Saved };
	/** Change a note. */
	"PUT /api/office/notes/:id": { body: NoteChange; query: null; out: Saved };
	/** Throw a note away; the log of changes keeps it. */
	"DELETE /api/office/notes/:id": { body: null; query: null; out: Saved };
	/** Keep a photo (JPEG, PNG, WebP) or a paper (PDF) on a record. */
	"POST /api/office/files": { body: FormData; query: FileNew; out: File };
	/** Photos and papers that hang on one record itself. */
	"GET /api/office/files": { body: null; query: FilesOn; out: FilesPage };
	/** The photo, or the paper as a download. */
	"GET /api/office/files/:id": { body: null; query: null; out: string };
	/** The photo in a small size. */
	"GET /api/office/files/:id/small": { body: null; query: null; out: string };
	/** Change what is written under it. */
	"PUT /api/office/files/:id": { body: FileChange; query: null; out: File };
	/** Put it away; nothing is lost. */
	"POST /api/office/files/:id/archivings": { body: FileVersion; query: null; out: File };
	/** Take it back. */
	"DELETE /api/office/files/:id/archivings": { body: null; query: null; out: File };
	/** Photos and papers of all that is a customer's, the newest first. */
	"GET /api/office/customers/:id/files": { body: null; query: FilesQuery; out: FilesPage };
	/** The lists that you saved, and those for everybody. */
	"GET /api/office/views": { body: null; query: null; out: Views };
	/** Save a list under a name. */
	"POST /api/office/views": { body: ViewNew; query: null; out: View };
	/** Change a saved list. */
	"PUT /api/office/views/:id": { body: ViewChange; query: null; out: View };
	/** Drop a saved list. */
	"DELETE /api/office/views/:id": { body: null; query: null; out: null };
	/** The last changes to many customers, and merges. */
	"GET /api/office/edits": { body: null; query: EditsQuery; out: Edits };
	/** The last changes to many customers, and merges. */
	"GET /api/office/edits.csv": { body: null; query: EditsQuery; out: string };
	/** Change many customers at once; dry: only look. */
	"POST /api/office/edits": { body: EditWish; query: null; out: Edit };
	/** Change everybody who matches; dry: only look. More than 200 are a job. */
	"POST /api/office/edits/matching": { body: EditMatching; query: CustomersFilter; out: Edit };
	/** How far a change to many is, and what was refused or stays. */
	"GET /api/office/edits/:id": { body: null; query: null; out: EditView };
	/** Undo it; what somebody changed since stays, and is named. */
	"DELETE /api/office/edits/:id": { body: null; query: null; out: EditUndo };
	/** Customers who are perhaps one and the same, the most alike first. */
	"GET /api/office/duplicates": { body: null; query: null; out: Duplicates };
	/** All pairs of customers who are perhaps one and the same. */
	"GET /api/office/duplicates.csv": { body: null; query: null; out: string };
	/** They are two: do not offer them again. */
	"POST /api/office/duplicates/apart": { body: ApartWish; query: null; out: null };
	/** Offer them again. */
	"POST /api/office/duplicates/together": { body: ApartWish; query: null; out: null };
	/** Take another record in; dry: only look. */
	"POST /api/office/customers/:id/merges": { body: MergeWish; query: null; out: Merge };
	/** Take two merged records apart again. */
	"DELETE /api/office/merges/:id": { body: null; query: null; out: MergeUndo };
	/** The company's own fields on its records. */
	"GET /api/office/fields": { body: null; query: null; out: FieldPage };
	/** The company's own fields. */
	"GET /api/office/fields.csv": { body: null; query: null; out: string };
	/** Make a field of the company's own. */
	"POST /api/office/fields": { body: FieldNew; query: null; out: FieldLine };
	/** Rename, order or archive a field. */
	"PUT /api/office/fields/:id": { body: FieldEdit; query: null; out: FieldLine };
	/** What stands in the company's own fields on a person who works here. */
	"GET /api/office/staff/:id/own": { body: null; query: null; out: OwnValues };
	/** Fill the company's own fields on a person who works here. */
	"PUT /api/office/staff/:id/own": { body: OwnValues; query: null; out: OwnValues };
	/** What stands in the company's own fields on a job. */
	"GET /api/office/visits/:id/own": { body: null; query: null; out: OwnValues };
	/** Fill the company's own fields on a job. */
	"PUT /api/office/visits/:id/own": { body: OwnValues; query: null; out: OwnValues };
	/** What happened to a customer, newest first. */
	"GET /api/office/customers/:id/timeline": { body: null; query: TimelineQuery; out: Timeline };
	/** What happened to a customer. */
	"GET /api/office/customers/:id/timeline.csv": { body: null; query: TimelineQuery; out: string };
	/** What happened at a place, whoever owned it. */
	"GET /api/office/properties/:id/timeline": { body: null; query: TimelineQuery; out: Timeline };
	/** What happened at a place. */
	"GET /api/office/properties/:id/timeline.csv": { body: null; query: TimelineQuery; out: string };
	/** What happened to a pool, whoever owned it. */
	"GET /api/office/pools/:id/timeline": { body: null; query: TimelineQuery; out: Timeline };
	/** What happened to a pool. */
	"GET /api/office/pools/:id/timeline.csv": { body: null; query: TimelineQuery; out: string };
	/** Field by field: what it was, what it became, who, when. */
	"GET /api/office/customers/:id/changes": { body: null; query: ChangesQuery; out: Changes };
	/** The log of changes of a customer. */
	"GET /api/office/customers/:id/changes.csv": { body: null; query: ChangesQuery; out: string };
	/** Service levels, then job templates. */
	"GET /api/office/services": { body: null; query: ServicesQuery; out: ServicePage };
	/** One service level or job template. */
	"GET /api/office/services/:id": { body: null; query: null; out: Service };
	/** Make a service level or job template. */
	"POST /api/office/services": { body: ServiceWish; query: null; out: Service };
	/** Change a service level or job template. */
	"PUT /api/office/services/:id": { body: ServiceChange; query: null; out: Service };
	/** Offer it no longer; agreements that have it keep it. */
	"POST /api/office/services/:id/archivals": { body: ServiceVersion; query: null; out: null };
	/** Offer it again. */
	"DELETE /api/office/services/:id/archivals": { body: null; query: null; out: null };
	/** Add the usual levels and templates that are not there yet. */
	"POST /api/office/standard-services": { body: null; query: null; out: ServicePage };
	/** What technicians can be asked for. */
	"GET /api/office/skills": { body: null; query: null; out: SkillPage };
	/** What technicians can be asked for. */
	"GET /api/office/skills.csv": { body: null; query: null; out: string };
	/** Name a skill or certificate. */
	"POST /api/office/skills": { body: SkillWish; query: null; out: Skill };
	/** Rename a skill, or put it aside. */
	"PUT /api/office/skills/:id": { body: SkillChange; query: null; out: Skill };
	/** The next days that a rule would give. */
	"GET /api/office/previews": { body: null; query: PreviewQuery; out: Preview };
	/** The agreements of a customer. */
	"GET /api/office/agreements": { body: null; query: AgreementsQuery; out: AgreementPage };
	/** An agreement with all its terms. */
	"GET /api/office/agreements/:id": { body: null; query: null; out: Agreement };
	/** Promise repeated work; its visits are made at once. */
	"POST /api/office/agreements": { body: AgreementWish; query: null; out: Agreement };
	/** Other terms from a day on; visits that nobody touched follow. */
	"PUT /api/office/agreements/:id/terms": { body: TermChange; query: null; out: Agreement };
	/** Nobody comes for a while. */
	"POST /api/office/agreements/:id/holds": { body: AgreementHold; query: null; out: Agreement };
	/** Take back the hold that begins on a day. */
	"DELETE /api/office/agreements/:id/holds": { body: null; query: HoldQuery; out: Agreement };
	/** End it with a last day. */
	"POST /api/office/agreements/:id/endings": { body: AgreementEnding; query: null; out: Agreement };
	/** All visits of some days, in the order of the plan. */
	"GET /api/office/visits": { body: null; query: VisitsQuery; out: VisitPage };
	/** How much there is on each day for each person. */
	"GET /api/office/visit-loads": { body: null; query: VisitsQuery; out: VisitLoadPage };
	/** One visit. */
	"GET /api/office/visits/:id": { body: null; query: null; out: VisitLine };
	/** The visits of an agreement that are to come. */
	"GET /api/office/agreements/:id/visits": { body: null; query: null; out: VisitPage };
	/** Plan one visit by hand. */
	"POST /api/office/visits": { body: VisitWish; query: null; out: VisitLine };
	/** Change the window, length or note of a visit. */
	"PUT /api/office/visits/:id": { body: VisitEdit; query: null; out: VisitLine };
	/** Move a visit to another day or person, once or for good. */
	"POST /api/office/visits/:id/moves": { body: VisitMove; query: null; out: VisitLine };
	/** Skip a visit, with the reason. */
	"POST /api/office/visits/:id/skips": { body: VisitSkip; query: null; out: VisitLine };
	/** Do a skipped visit after all. */
	"DELETE /api/office/visits/:id/skips": { body: null; query: null; out: VisitLine };
	/** A day as it runs: technicians, their stops with expected and real times, what is nobody's. */
	"GET /api/office/board": { body: null; query: BoardQuery; out: Board };
	/** The version of each technician's day: what changed is asked for again. */
	"GET /api/office/board-heads": { body: null; query: BoardQuery; out: BoardHeads };
	/** Say what became of a visit: done, no access, skipped, cancelled, opened again. */
	"POST /api/office/visits/:id/steps": { body: VisitStep; query: null; out: VisitLine };
	/** Every step of a visit: by whom, when by their clock, and what became of it. */
	"GET /api/office/visits/:id/log": { body: null; query: null; out: LogPage };
	/** The best three places for a visit on its day, and why not the others. */
	"GET /api/office/visits/:id/offers": { body: null; query: null; out: BoardOffers };
	/** Give a visit to somebody who was offered, or to the best. */
	"POST /api/office/visits/:id/takings": { body: OfferTake; query: null; out: VisitLine };
	/** Put a visit on a day, to somebody, before one of their stops. */
	"POST /api/office/visits/:id/places": { body: VisitPut; query: null; out: VisitLine };
	/** A stop at the supply house before this one: what is fetched there; nothing: no such stop. */
	"POST /api/office/visits/:id/errands": { body: VisitFetch; query: null; out: VisitLine };
	/** Give everything that is nobody's on a day to the best. */
	"POST /api/office/placements": { body: PlaceAll; query: null; out: Placed };
	/** What somebody should look at now, or what was seen to, newest first. */
	"GET /api/office/alerts": { body: null; query: AlertQuery; out: AlertPage };
	/** Alerts as their list is filtered. */
	"GET /api/office/alerts.csv": { body: null; query: AlertQuery; out: string };
	/** An alert has been seen to. */
	"POST /api/office/alerts/:id/closings": { body: AlertSeen; query: null; out: null };
	/** An alert has not been seen to after all. */
	"POST /api/office/alerts/:id/openings": { body: AlertSeen; query: null; out: null };
	/** Answer the technician, who reads it in the app. */
	"POST /api/office/alerts/:id/answers": { body: AlertAnswerIn; query: null; out: AlertLine };
	/** What becomes an alert, from which limit on, and who is told how. */
	"GET /api/office/alert-rules": { body: null; query: null; out: AlertRulesPage };
	/** Change what becomes an alert, and who is told how. */
	"PUT /api/office/alert-rules": { body: AlertRulesIn; query: null; out: AlertRulesPage };
	/** Who has the missing part, how long fetching it takes, and which other days there are. */
	"GET /api/office/alerts/:id/parts": { body: null; query: PartQuery; out: PartChoices };
	/** Send the van that has it, let it be fetched, or come another day; the window follows. */
	"POST /api/office/alerts/:id/parts": { body: PartChoice; query: null; out: VisitLine };
	/** The rest of a day that runs late, so that fewer windows are missed. */
	"GET /api/office/replans": { body: null; query: ReplanQuery; out: ReplanOffer };
	/** Take such a plan, or take it back: the answer is what undoes it. */
	"POST /api/office/replans": { body: Replan; query: null; out: Replan };
	/** A stream of hints that something changed; what it was is asked for. */
	"GET /api/office/live": { body: null; query: null; out: string };
	/** Who drives, and for how long on each of some days. */
	"GET /api/office/technicians": { body: null; query: TechniciansQuery; out: TechnicianPage };
	/** What somebody is to the plan: profile, skills, hours, time off. */
	"GET /api/office/staff/:id/work": { body: null; query: null; out: StaffWork };
	/** Change colour, vehicle, telephone, where the day starts and ends. */
	"PUT /api/office/staff/:id/work": { body: StaffWorkChange; query: null; out: StaffWork };
	/** Say what somebody can be sent to, and until when. */
	"PUT /api/office/staff/:id/skills": { body: StaffSkillsChange; query: null; out: StaffWork };
	/** Working hours of the week from a day on. */
	"PUT /api/office/staff/:id/hours": { body: StaffHoursChange; query: null; out: StaffWork };
	/** Time off: days, or hours of a day. */
	"POST /api/office/staff/:id/time-off": { body: TimeOffWish; query: null; out: StaffWork };
	/** Take time off back. */
	"DELETE /api/office/staff/:id/time-off/:id2": { body: null; query: null; out: StaffWork };
	/** A new secret address of somebody's calendar; the one before stops working. */
	"POST /api/office/staff/:id/calendars": { body: null; query: null; out: CalendarFeed };
	/** The address of the calendar stops working. */
	"DELETE /api/office/staff/:id/calendars": { body: null; query: null; out: null };
	/** How long people worked, took breaks, drove and were at stops, day by day. */
	"GET /api/office/times": { body: null; query: TimesQuery; out: TimesPage };
	/** Hours of work as a table, for the payroll. */
	"GET /api/office/times.csv": { body: null; query: TimesQuery; out: string };
	/** Put a time at work or a break right. */
	"PUT /api/office/times/:id": { body: TimeChange; query: null; out: null };
	/** All that is known of the water of a pool, and what is to come. */
	"GET /api/office/pools/:id/water": { body: null; query: null; out: WaterPage };
	/** What one pool is measured by otherwise than the others. */
	"GET /api/office/pools/:id/water-rules": { body: null; query: null; out: PoolRules };
	/** Measure one pool otherwise than the others. */
	"PUT /api/office/pools/:id/water-rules": { body: PoolRules; query: null; out: PoolRules };
	/** What the company reads of water, and which ranges it keeps to. */
	"GET /api/office/water-policy": { body: null; query: null; out: WaterPolicy };
	/** Change what the company reads of water. */
	"PUT /api/office/water-policy": { body: WaterPolicy; query: null; out: WaterPolicy };
	/** Write down a set of readings by hand. */
	"POST /api/office/readings": { body: ReadingWish; query: null; out: Reading };
	/** Correct a set of readings; what it was is kept. */
	"PUT /api/office/readings/:id": { body: ReadingEdit; query: null; out: Reading };
	/** Take a set of readings out of the history. */
	"POST /api/office/readings/:id/withdrawals": { body: WaterVersion; query: null; out: Reading };
	/** Let a set of readings count again. */
	"DELETE /api/office/readings/:id/withdrawals": { body: null; query: null; out: Reading };
	/** Somebody looked at a doubtful reading: it is all right. */
	"POST /api/office/readings/:id/trusts": { body: WaterVersion; query: null; out: Reading };
	/** Readings that cannot quite be believed. */
	"GET /api/office/doubts": { body: null; query: DoubtQuery; out: DoubtPage };
	/** Readings that cannot quite be believed. */
	"GET /api/office/doubts.csv": { body: null; query: DoubtQuery; out: string };
	/** What to pour: from the last readings of a pool, or from values given here. */
	"POST /api/office/dose-plans": { body: DoseQuestion; query: null; out: DoseAdvice };
	/** Write down what was poured. */
	"POST /api/office/doses": { body: DoseWish; query: null; out: DoseMade };
	/** It was not poured after all: the stock has it back. */
	"POST /api/office/doses/:id/undoings": { body: WaterVersion; query: null; out: null };
	/** Chemicals and parts, in the company's order of preference. */
	"GET /api/office/items": { body: null; query: null; out: ItemPage };
	/** Add a chemical or a part. */
	"POST /api/office/items": { body: ItemWish; query: null; out: Item };
	/** Change, put aside or bring back a chemical or a part. */
	"PUT /api/office/items/:id": { body: ItemWish; query: null; out: Item };
	/** Add what nearly every company pours, where it is not there yet. */
	"POST /api/office/standard-items": { body: null; query: null; out: ItemPage };
	/** What is in the vans and in the warehouse; or only what is short. */
	"GET /api/office/stock": { body: null; query: StockQuery; out: StockPage };
	/** Move stock from one place to another, or buy some. */
	"POST /api/office/stock-moves": { body: StockMove; query: null; out: StockPage };
	/** Say how much is there, and below what it is short. */
	"POST /api/office/stock-counts": { body: StockCount; query: null; out: StockPage };
	/** Move all visits of some days to other days or somebody else; dry: only look. */
	"POST /api/office/shifts": { body: ShiftWish; query: null; out: Shift };
	/** Undo a mass shift; what was changed since stays. */
	"DELETE /api/office/shifts/:id": { body: null; query: null; out: ShiftUndo };
	/** What the next bill of a customer would say. */
	"GET /api/office/customers/:id/upcoming": { body: null; query: UpcomingQuery; out: Upcoming };
	/** Put a line onto a customer's next bill. */
	"POST /api/office/customers/:id/lines": { body: LineNew; query: null; out: Upcoming };
	/** Where a line comes from, and what it would be if it were reckoned again now. */
	"GET /api/office/lines/:id": { body: null; query: null; out: LineWhy };
	/** Change a line that no bill has taken yet. */
	"PUT /api/office/lines/:id": { body: LineEdit; query: null; out: Upcoming };
	/** Take a line off the next bill. */
	"POST /api/office/lines/:id/drops": { body: LineDrop; query: null; out: Upcoming };
	/** Issue everything upcoming as one document. */
	"POST /api/office/customers/:id/bills": { body: BillNew; query: null; out: BillPage };
	/** A customer's documents, newest first. */
	"GET /api/office/customers/:id/bills": { body: null; query: null; out: BillList };
	/** Documents of one kind and state, newest first. */
	"GET /api/office/bills": { body: null; query: BillsQuery; out: BillList };
	/** One document: its lines, its taxes, what was paid of it. */
	"GET /api/office/bills/:id": { body: null; query: null; out: BillPage };
	/** Take a document back of which nothing is paid. */
	"POST /api/office/bills/:id/voids": { body: BillEnding; query: null; out: BillPage };
	/** Ask no longer for what is open of a document. */
	"POST /api/office/bills/:id/write-offs": { body: BillEnding; query: null; out: BillPage };
	/** What a customer owes, how old it is, and what was paid. */
	"GET /api/office/customers/:id/account": { body: null; query: null; out: Account };
	/** Write down cash, a check, a transfer or a credit. */
	"POST /api/office/customers/:id/payments": { body: PaymentNew; query: null; out: PaymentPage };
	/** One payment, and what it pays. */
	"GET /api/office/payments/:id": { body: null; query: null; out: PaymentPage };
	/** Let a payment pay a bill. */
	"POST /api/office/payments/:id/applications": { body: PaymentApply; query: null; out: PaymentPage };
	/** Take a payment off a bill. */
	"POST /api/office/payments/:id/unapplications": { body: PaymentUnapply; query: null; out: PaymentPage };
	/** Give free money back to the customer. */
	"POST /api/office/payments/:id/refunds": { body: PaymentEnding; query: null; out: PaymentPage };
	/** A check bounced: what it paid is open again. */
	"POST /api/office/payments/:id/returns": { body: PaymentEnding; query: null; out: PaymentPage };
	/** How the company bills. */
	"GET /api/office/billing": { body: null; query: null; out: Billing };
	/** Change how the company bills, or close a period. */
	"PUT /api/office/billing": { body: Billing; query: null; out: Billing };
	/** The company's rules of sales tax. */
	"GET /api/office/taxes": { body: null; query: null; out: TaxRulePage };
	/** The tax rules. */
	"GET /api/office/taxes.csv": { body: null; query: null; out: string };
	/** Add a rule of sales tax. */
	"POST /api/office/taxes": { body: TaxRuleNew; query: null; out: TaxRulePage };
	/** End a rule of sales tax. */
	"POST /api/office/taxes/:id/ends": { body: TaxRuleEnd; query: null; out: TaxRulePage };
	/** A customer's certificates of exemption. */
	"GET /api/office/customers/:id/exemptions": { body: null; query: null; out: ExemptionPage };
	/** What a customer is exempt from. */
	"GET /api/office/customers/:id/exemptions.csv": { body: null; query: null; out: string };
	/** Write down a certificate of exemption. */
	"POST /api/office/customers/:id/exemptions": { body: ExemptionNew; query: null; out: ExemptionPage };
	/** End a certificate of exemption. */
	"POST /api/office/customers/:id/exemption-ends": { body: ExemptionEnd; query: null; out: ExemptionPage };
	/** What holds for one customer instead of the company's rules of billing. */
	"GET /api/office/customers/:id/billing": { body: null; query: null; out: CustomerBilling };
	/** Let other rules of billing hold for one customer. */
	"PUT /api/office/customers/:id/billing": { body: CustomerBilling; query: null; out: CustomerBilling };
	/** Cities with their tax area, services with their tax code. */
	"GET /api/office/tax-places": { body: null; query: null; out: TaxPlaces };
	/** Let every place of a city lie in a tax area. */
	"PUT /api/office/tax-places": { body: TaxCityArea; query: null; out: TaxPlaces };
	/** Give a service its tax code. */
	"PUT /api/office/tax-services/:id": { body: TaxServiceCode; query: null; out: TaxPlaces };
	/** Who owes how much for how long, at the end of a day. */
	"GET /api/office/ageing": { body: null; query: AgeingQuery; out: AgeingPage };
	/** Work that was not billed, bills without work, money that pays nothing. */
	"GET /api/office/leaks": { body: null; query: LeakQuery; out: LeakPage };
	/** Money that would be lost, as its list shows it. */
	"GET /api/office/leaks.csv": { body: null; query: LeakQuery; out: string };
	/** Put right what slipped through, by what it is. */
	"POST /api/office/leaks/:id/mends": { body: LeakMending; query: null; out: LeakPage };
	/** Whether customers can pay by card here, and whether the provider agrees with our book. */
	"GET /api/office/processor": { body: null; query: null; out: Processor };
	/** Open the company's account at the payment provider, or go on with its form. */
	"POST /api/office/processor/connections": { body: null; query: null; out: Processor };
	/** The way to that form, once. */
	"POST /api/office/processor/links": { body: null; query: null; out: ProcessorLink };
	/** Give money of a card or bank payment back through the provider. */
	"POST /api/office/payments/:id/provider-refunds": { body: ProviderRefund; query: null; out: null };
	/** Cards and bank accounts that a customer left, what may be drawn from each, and what was agreed to. */
	"GET /api/office/customers/:id/methods": { body: null; query: null; out: CustomerMethods };
	/** Write down what a customer allows us to draw, or that they allow it no longer. */
	"PUT /api/office/customers/:id/methods/:id2": { body: CustomerAutopay; query: null; out: CustomerMethods };
	/** What moved a customer's balance between two days, with what was carried over. */
	"GET /api/office/customers/:id/statement": { body: null; query: StatementQuery; out: Statement };
	/** What moved a customer's balance between two days. */
	"GET /api/office/customers/:id/statement.csv": { body: null; query: StatementQuery; out: string };
	/** Send a document by mail, again if need be. */
	"POST /api/office/bills/:id/sendings": { body: BillSending; query: null; out: null };
	/** A document as PDF. */
	"GET /api/office/bills/:id/paper": { body: null; query: null; out: string };
	/** A document as it was signed: poolctl verify checks it offline. */
	"GET /api/office/bills/:id/proof": { body: null; query: null; out: string };
	/** Draw a document that has no PDF yet. */
	"POST /api/office/bills/:id/papers": { body: null; query: null; out: null };
	/** What the company pays for Poolhouse, how it stands, and its bills. */
	"GET /api/office/subscription": { body: null; query: null; out: Subscription };
	/** Order a way to the payment provider's page: to subscribe, or to change card and end. */
	"POST /api/office/subscription/pages": { body: null; query: null; out: null };
	/** That way, once. */
	"POST /api/office/subscription/links": { body: null; query: null; out: SubscriptionLink };
	/** The last bill runs, the newest first. */
	"GET /api/office/bill-runs": { body: null; query: null; out: BillRuns };
	/** The last bill runs. */
	"GET /api/office/bill-runs.csv": { body: null; query: null; out: string };
	/** Reckon what everybody would be billed; nothing is billed yet. */
	"POST /api/office/bill-runs": { body: BillRunNew; query: null; out: BillRun };
	/** One bill run: its sums and how far it is. */
	"GET /api/office/bill-runs/:id": { body: null; query: null; out: BillRun };
	/** Its customers, with what is different from the last time. */
	"GET /api/office/bill-runs/:id/rows": { body: null; query: BillRunRowsQuery; out: BillRunRows };
	/** The customers of a bill run, before anything is billed. */
	"GET /api/office/bill-runs/:id/rows.csv": { body: null; query: BillRunPartQuery; out: string };
	/** Bill everybody in it, or go on after a stop. */
	"POST /api/office/bill-runs/:id/starts": { body: null; query: null; out: BillRun };
	/** Stop it; what is billed stays billed. */
	"POST /api/office/bill-runs/:id/stops": { body: null; query: null; out: BillRun };
	/** Leave one customer out of it, or take them in again. */
	"POST /api/office/bill-runs/:id/holds": { body: BillRunHold; query: null; out: BillRun };
	/** Reckon one customer of it anew, or take in one who was not there. */
	"POST /api/office/bill-runs/:id/reckonings": { body: BillRunAgain; query: null; out: BillRun };
	/** Draw what a customer would get, marked as a draft. */
	"POST /api/office/bill-runs/:id/drafts": { body: BillRunDraftNew; query: null; out: null };
	/** Whether the draft of a customer is drawn. */
	"GET /api/office/bill-runs/:id/drafts": { body: null; query: BillRunDraftQuery; out: BillRunDraft };
	/** The draft of a customer as PDF. */
	"GET /api/office/bill-runs/:id/paper": { body: null; query: BillRunDraftQuery; out: string };
	/** Lists that were sent, the newest first; counts of rows are with each one. */
	"GET /api/office/imports": { body: null; query: ImportsQuery; out: ImportPage };
	/** Send a CSV file in a form, at most 10 MiB and 50,000 rows; its columns are guessed. */
	"POST /api/office/imports": { body: FormData; query: null; out: Import };
	/** A list to fill in. */
	"GET /api/office/imports/sample.csv": { body: null; query: null; out: string };
	/** Lists that were sent, and what became of them. */
	"GET /api/office/imports.csv": { body: null; query: ImportsQuery; out: string };
	/** One import: how far it is and what becomes of its rows. */
	"GET /api/office/imports/:id": { body: null; query: null; out: Import };
	/** What each column is taken for, with the first that stands in it. */
	"GET /api/office/imports/:id/columns": { body: null; query: null; out: ImportColumns };
	/** Say what the columns mean; it is remembered, and the practice begins. */
	"PUT /api/office/imports/:id": { body: ImportMapping; query: null; out: Import };
	/** What becomes of each row, a hundred at a time. */
	"GET /api/office/imports/:id/rows": { body: null; query: ImportLinesQuery; out: ImportLines };
	/** Say of rows whether they are somebody we know. */
	"POST /api/office/imports/:id/answers": { body: ImportAnswers; query: null; out: Import };
	/** The rows that have a problem, with it, to be corrected and sent again. */
	"GET /api/office/imports/:id/problems.csv": { body: null; query: null; out: string };
	/** Bring the list in. */
	"POST /api/office/imports/:id/starts": { body: ImportVersion; query: null; out: Import };
	/** Take an import back as a whole, within 30 days. */
	"POST /api/office/imports/:id/undoings": { body: ImportVersion; query: null; out: Import };
	/** Forget a list that was not brought in. */
	"DELETE /api/office/imports/:id": { body: null; query: null; out: null };
	/** Threads with customers and strangers, the last one first. */
	"GET /api/office/inbox": { body: null; query: InboxQuery; out: InboxPage };
	/** How many wait for an answer. */
	"GET /api/office/inbox/counts": { body: null; query: null; out: InboxCounts };
	/** The thread of a customer, to write first. */
	"POST /api/office/threads": { body: ThreadStart; query: null; out: Thread };
	/** What was said, the last sixty words of it or those before, and how to answer. */
	"GET /api/office/threads/:id": { body: null; query: ThreadQuery; out: Thread };
	/** Answer by text, mail or on the customer's pages; or note something for the office. */
	"POST /api/office/threads/:id/messages": { body: ThreadSay; query: null; out: Thread };
	/** Who looks after it, until when it rests, whether it is done. */
	"PUT /api/office/threads/:id": { body: ThreadSet; query: null; out: Thread };
	/** The hour that was offered there is anybody's again. */
	"DELETE /api/office/threads/:id/kept": { body: null; query: null; out: Thread };
	/** Somebody has read it. */
	"POST /api/office/threads/:id/looks": { body: null; query: null; out: null };
	/** Somebody is writing an answer. */
	"POST /api/office/threads/:id/typings": { body: null; query: null; out: null };
	/** A stranger becomes a customer, or is one that we know. */
	"POST /api/office/threads/:id/leads": { body: ThreadLead; query: null; out: Thread };
	/** Try an address again that mail came back from. */
	"POST /api/office/addresses/lifts": { body: AddressLift; query: null; out: null };
	/** Say yes to a message that waits for it, or to other words of it. */
	"POST /api/office/messages/:id/releases": { body: MessageRelease; query: null; out: Thread };
	/** Say no to a message that waits. */
	"POST /api/office/messages/:id/withdrawals": { body: MessageHeld; query: null; out: Thread };
	/** Show the code of a gate that was said; who saw it is recorded. */
	"POST /api/office/messages/:id/codes": { body: null; query: null; out: MessageCode };
	/** Answers that were saved. */
	"GET /api/office/saved-replies": { body: null; query: null; out: SavedReplies };
	/** Save an answer. */
	"POST /api/office/saved-replies": { body: SavedReplyIn; query: null; out: SavedReplies };
	/** Change a saved answer. */
	"PUT /api/office/saved-replies/:id": { body: SavedReplyIn; query: null; out: SavedReplies };
	/** Forget a saved answer. */
	"DELETE /api/office/saved-replies/:id": { body: null; query: MessageHeld; out: SavedReplies };
	/** What the last words that ask for work ask for, or those of one message, as fields of a job. */
	"GET /api/office/threads/:id/drafts": { body: null; query: DraftQuery; out: MessageDraft };
	/** What is good to know before a customer is answered: visits, and what is owed to whoever may see it. */
	"GET /api/office/customers/:id/glances": { body: null; query: null; out: CustomerGlance };
	/** Make a job of a message, with its pictures. A message becomes one job. */
	"POST /api/office/messages/:id/jobs": { body: VisitWish; query: null; out: VisitLine };
	/** What is said to customers when, by what, in which words. */
	"GET /api/office/occasions": { body: null; query: OccasionQuery; out: OccasionPage };
	/** Change one occasion: off, on or after a yes, and its words; of all visits, or of those of one service. */
	"PUT /api/office/occasions": { body: OccasionRule; query: OccasionQuery; out: OccasionPage };
	/** A service says again what the company says. */
	"DELETE /api/office/occasions": { body: null; query: OccasionDrop; out: OccasionPage };
	/** How words look with the name of a customer, and what a text of them costs. */
	"POST /api/office/occasion-looks": { body: WordsTry; query: null; out: WordsShown };
	/** Where customers write about the company. */
	"PUT /api/office/review-page": { body: ReviewPage; query: null; out: OccasionPage };
	/** The last texts to many, and how far each is. */
	"GET /api/office/broadcasts": { body: null; query: BroadcastsQuery; out: Broadcasts };
	/** One text to these customers; dry: only look at how many, what it costs and how it reads. */
	"POST /api/office/broadcasts": { body: BroadcastWish; query: null; out: BroadcastLook };
	/** One text to everybody who matches; dry: only look. */
	"POST /api/office/broadcasts/matching": { body: BroadcastMatching; query: CustomersFilter; out: BroadcastLook };
	/** The same words to whoever asks, and to nobody else. */
	"POST /api/office/broadcast-tests": { body: BroadcastWords; query: null; out: BroadcastLook };
	/** How far a text to many is. */
	"GET /api/office/broadcasts/:id": { body: null; query: null; out: BroadcastLine };
	/** Call it off: what has not left yet stays here. */
	"DELETE /api/office/broadcasts/:id": { body: null; query: null; out: BroadcastLine };
	/** How pleased customers were with whom and with what, and their last words of it. */
	"GET /api/office/ratings": { body: null; query: RatingsQuery; out: RatingsPage };
	/** The same by technician and service, to take away. */
	"GET /api/office/ratings.csv": { body: null; query: RatingsQuery; out: string };
	/** Plan the routes of a day, or the master routes of the week; a job searches. */
	"POST /api/office/route-plans": { body: RouteWish; query: null; out: RoutePlan };
	/** The plans of the last weeks, newest first. */
	"GET /api/office/route-plans": { body: null; query: null; out: RoutePlanPage };
	/** The plans of the last weeks. */
	"GET /api/office/route-plans.csv": { body: null; query: null; out: string };
	/** A plan with every stop, before and after, and why it changes. */
	"GET /api/office/route-plans/:id": { body: null; query: null; out: RoutePlan };
	/** How far a plan is, without its stops. */
	"GET /api/office/route-plans/:id/state": { body: null; query: null; out: RoutePlan };
	/** Give a plan up before it is published. */
	"DELETE /api/office/route-plans/:id": { body: null; query: null; out: null };
	/** Stop searching and take the best plan so far. */
	"POST /api/office/route-plans/:id/endings": { body: null; query: null; out: RoutePlan };
	/** Refuse exactly these changes of a plan; the figures follow. */
	"PUT /api/office/route-plans/:id/refusals": { body: RouteRefusals; query: null; out: RoutePlan };
	/** Make a plan true: a day at once, a week from its day on, as one act. */
	"POST /api/office/route-plans/:id/publications": { body: RoutePublishing; query: null; out: RoutePlan };
	/** Undo a published plan; what was changed since stays. */
	"DELETE /api/office/route-plans/:id/publications": { body: null; query: null; out: RoutePlan };
	/** Where a new stop fits in the next weeks, with exactly what it adds. */
	"GET /api/office/route-offers": { body: null; query: RouteOffersQuery; out: RouteOfferPage };
	/** Miles and fuel of each technician and day, planned and driven. */
	"GET /api/office/route-miles": { body: null; query: RouteMilesQuery; out: RouteMilesPage };
	/** Miles and fuel of each technician and day. */
	"GET /api/office/route-miles.csv": { body: null; query: RouteMilesQuery; out: string };
	/** Fuel, usual hours, pace, and whether a road map is asked. */
	"GET /api/office/route-settings": { body: null; query: null; out: RouteSettings };
	/** Change what fuel costs and how people usually work. */
	"PUT /api/office/route-settings": { body: RouteSettingsChange; query: null; out: RouteSettings };
	/** Whose address mails come from, and what its domain must say. */
	"GET /api/office/sender": { body: null; query: null; out: Sender };
	/** Mails are to come from this address. */
	"PUT /api/office/sender": { body: SenderSet; query: null; out: Sender };
	/** Ask the domain now. */
	"POST /api/office/sender/checks": { body: null; query: null; out: Sender };
	/** The company's own domain, and what it must say. */
	"GET /api/office/domain": { body: null; query: null; out: OwnDomain };
	/** Customers' pages are to be at this domain. */
	"PUT /api/office/domain": { body: DomainSet; query: null; out: OwnDomain };
	/** Ask the domain now. */
	"POST /api/office/domain/checks": { body: null; query: null; out: OwnDomain };
	/** Customers by the filters of their list, 5,000 rows a part; X-Next begins the next. */
	"GET /api/office/customers.csv": { body: null; query: ExportCustomersQuery; out: string };
	/** All people of all customers, and what they are told how. */
	"GET /api/office/contacts.csv": { body: null; query: ExportQuery; out: string };
	/** All places that are served, 5,000 rows a part; no codes. */
	"GET /api/office/properties.csv": { body: null; query: ExportQuery; out: string };
	/** All bodies of water with their places, 5,000 rows a part. */
	"GET /api/office/pools.csv": { body: null; query: ExportQuery; out: string };
	/** All equipment, its warranty and next service. */
	"GET /api/office/equipment.csv": { body: null; query: ExportQuery; out: string };
	/** The people who work here. */
	"GET /api/office/staff.csv": { body: null; query: ExportQuery; out: string };
	/** Services and job templates. */
	"GET /api/office/services.csv": { body: null; query: ExportQuery; out: string };
	/** What is promised to whom today, at what rate. */
	"GET /api/office/agreements.csv": { body: null; query: ExportQuery; out: string };
	/** The visits of some days, at most 10,000. */
	"GET /api/office/visits.csv": { body: null; query: ExportDaysQuery; out: string };
	/** Bills as their list is filtered. */
	"GET /api/office/bills.csv": { body: null; query: ExportBillsQuery; out: string };
	/** Who owes what, by age. */
	"GET /api/office/debts.csv": { body: null; query: ExportDebtsQuery; out: string };
	/** All payments, and what of them is not applied yet. */
	"GET /api/office/payments.csv": { body: null; query: ExportQuery; out: string };
	/** Chemicals and parts with cost and price. */
	"GET /api/office/items.csv": { body: null; query: ExportQuery; out: string };
	/** What is in the vans and in the warehouse. */
	"GET /api/office/stock.csv": { body: null; query: ExportStockQuery; out: string };
	/** Who is sent visit reports, and what of a stop goes into its sealed record. */
	"GET /api/office/proof-policy": { body: null; query: null; out: ProofPolicy };
	/** Change that. */
	"PUT /api/office/proof-policy": { body: ProofPolicy; query: null; out: ProofPolicy };
	/** The address of the customer's report of this visit, good for 28 days. */
	"GET /api/office/visits/:id/report": { body: null; query: null; out: ReportLink };
	/** Offers in one state, newest first, page by page; found by a word. */
	"GET /api/office/quotes": { body: null; query: QuotesQuery; out: QuoteList };
	/** Offers in one state as a table. */
	"GET /api/office/quotes.csv": { body: null; query: QuotesQuery; out: string };
	/** A customer's offers, newest first. */
	"GET /api/office/customers/:id/quotes": { body: null; query: null; out: QuoteList };
	/** Draft an offer: lines, options, photos, a deposit. */
	"POST /api/office/customers/:id/quotes": { body: QuoteEdit; query: null; out: QuotePage };
	/** One offer: what it says, what was asked, what became of it. */
	"GET /api/office/quotes/:id": { body: null; query: null; out: QuotePage };
	/** Change an offer that was not sent yet. */
	"PUT /api/office/quotes/:id": { body: QuoteEdit; query: null; out: QuotePage };
	/** Number an offer, seal it, and mail it with the link that answers it. */
	"POST /api/office/quotes/:id/issues": { body: QuoteIssue; query: null; out: QuotePage };
	/** Withdraw an offer that nobody has answered. */
	"POST /api/office/quotes/:id/voids": { body: QuoteEnding; query: null; out: QuotePage };
	/** Answer what the customer asked about an offer. */
	"POST /api/office/quotes/:id/replies": { body: QuoteReply; query: null; out: QuotePage };
	/** Write down the yes or no that a customer gave by word of mouth. */
	"POST /api/office/quotes/:id/answers": { body: QuoteAnswer; query: null; out: QuotePage };
	/** How people book online: what, where, how soon, and what stays free. */
	"GET /api/office/booking": { body: null; query: null; out: BookingPage };
	/** Change how people book online. */
	"PUT /api/office/booking": { body: BookingPageIn; query: null; out: BookingPage };
	/** What a job is to be done with, what that costs and comes to. */
	"GET /api/office/visits/:id/job": { body: null; query: null; out: JobPage };
	/** Add a part, labour or an item that a job needs. */
	"POST /api/office/visits/:id/wants": { body: JobLineNew; query: null; out: JobPage };
	/** It is needed, bought, on the van, installed. */
	"PUT /api/office/wants/:id": { body: JobLineStep; query: null; out: JobPage };
	/** A job needs this no longer. */
	"POST /api/office/wants/:id/drops": { body: JobLineDrop; query: null; out: JobPage };
	/** A job under a warranty, a go-back, or charged after all. */
	"PUT /api/office/visits/:id/job": { body: JobFree; query: null; out: JobPage };
	/** Jobs of some days, page by page: work that belongs to no agreement. */
	"GET /api/office/jobs": { body: null; query: JobsQuery; out: JobList };
	/** Jobs of some days as a table. */
	"GET /api/office/jobs.csv": { body: null; query: JobsQuery; out: string };
	/** Warranty and go-back jobs as a table. */
	"GET /api/office/free-jobs.csv": { body: null; query: FreeJobsQuery; out: string };
	/** What jobs still need as a table. */
	"GET /api/office/wants.csv": { body: null; query: ShoppingQuery; out: string };
	/** What warranty and go-back jobs cost us. */
	"GET /api/office/free-jobs": { body: null; query: FreeJobsQuery; out: FreeJobs };
	/** What all jobs, or those of one customer, still need. */
	"GET /api/office/wants": { body: null; query: ShoppingQuery; out: ShoppingList };
	/** What a mark-up or a change would make of the prices; nothing is written. */
	"POST /api/office/price-previews": { body: PriceRule; query: null; out: PricePreview };
	/** These prices from that day on. */
	"POST /api/office/price-plans": { body: PricePlanNew; query: null; out: PricePlans };
	/** Prices that were changed many at once, and those that wait for their day. */
	"GET /api/office/price-plans": { body: null; query: null; out: PricePlans };
	/** The prices of before, where nobody has changed them since. */
	"POST /api/office/price-plans/:id/undos": { body: null; query: null; out: PricePlans };
	/** Who is signed in at the technicians' door. */
	"GET /api/tech/me": { body: null; query: null; out: TechMe };
	/** What one has reported, and what the office said to it. */
	"GET /api/tech/reports": { body: null; query: null; out: AlertPage };
	/** This phone may be pushed to: new, changed and removed stops. */
	"PUT /api/tech/phones/:id/push": { body: PushAddress; query: null; out: null };
	/** This phone is pushed to no more. */
	"DELETE /api/tech/phones/:id/push": { body: null; query: null; out: null };
	/** The key under which this phone keeps the codes of today. */
	"POST /api/tech/phones/:id/keys": { body: PhoneHello; query: null; out: PhoneKey };
	/** A PIN was chosen on this phone, and stays there; another one wants the password. */
	"POST /api/tech/phones/:id/pins": { body: PhoneHello; query: null; out: PhoneKey };
	/** The own stops of a day with all that one must know of them; today if no day is named. */
	"GET /api/tech/today": { body: null; query: TechDayQuery; out: TechDay };
	/** What a phone kept, in order; each verb is done once and answered. */
	"POST /api/tech/sync": { body: SyncIn; query: null; out: SyncOut };
	/** The phone holds this version of the day: its briefs are delivered. */
	"POST /api/tech/receipts": { body: DayReceipt; query: null; out: null };
	/** The codes of an own stop of today or tomorrow; who has them is written down. */
	"POST /api/tech/stops/:id/codes": { body: null; query: null; out: StopCodes };
	/** Keep a photo of an own stop; the phone made its id. */
	"POST /api/tech/photos": { body: FormData; query: PhotoNew; out: Photo };
	/** The next piece of a photo of an own stop, or none, and how much is here: where to go on. The last one keeps the photo. */
	"POST /api/tech/photos/:id/pieces": { body: FormData; query: PhotoPiece; out: PhotoHere };
	/** The small picture of a photo of an own stop. */
	"GET /api/tech/photos/:id/small": { body: null; query: null; out: string };
	/** A stream of hints that something changed; what it was is asked for. */
	"GET /api/tech/live": { body: null; query: null; out: string };
	/** The water of a pool where one has a stop today or tomorrow. */
	"GET /api/tech/pools/:id/water": { body: null; query: null; out: WaterPage };
	/** Write down what was read at one of one's own stops. */
	"POST /api/tech/readings": { body: ReadingWish; query: null; out: Reading };
	/** Correct what one read oneself; what it was is kept. */
	"PUT /api/tech/readings/:id": { body: ReadingEdit; query: null; out: Reading };
	/** What to pour at one of one's own stops. */
	"POST /api/tech/dose-plans": { body: DoseQuestion; query: null; out: DoseAdvice };
	/** Write down what was poured at one of one's own stops; the own van has less. */
	"POST /api/tech/doses": { body: DoseWish; query: null; out: TechDoseMade };
	/** It was not poured after all. */
	"POST /api/tech/doses/:id/undoings": { body: WaterVersion; query: null; out: null };
	/** What is in the own van. */
	"GET /api/tech/van": { body: null; query: null; out: StockPage };
	/** The stops of one technician as a calendar, for whoever has the address. */
	"GET /api/tech/calendar.ics": { body: null; query: CalendarQuery; out: string };
	/** Is this host a company's own domain? Then its customers' page. */
	"GET /api/portal/page": { body: null; query: PageQuery; out: string };
	/** The customer who is signed in. */
	"GET /api/portal/me": { body: null; query: null; out: PortalMe };
	/** What a customer wants to see first: visits, what is owed, bills and payments. */
	"GET /api/portal/home": { body: null; query: null; out: PortalHome };
	/** One bill with its lines, and what was paid of it. */
	"GET /api/portal/bills/:id": { body: null; query: null; out: PortalBill };
	/** Visits that are over, the newest first. */
	"GET /api/portal/visits": { body: null; query: PortalVisitsQuery; out: PortalVisits };
	/** One visit: readings, what was poured, photos, the technician's words, the way to the sealed report. */
	"GET /api/portal/visits/:id": { body: null; query: null; out: PortalVisitPage };
	/** A photo of one of their visits. */
	"GET /api/portal/photos/:id": { body: null; query: null; out: string };
	/** The same in a small size. */
	"GET /api/portal/photos/:id/small": { body: null; query: null; out: string };
	/** Begin a payment, or leave a card for later; its page follows in a moment. */
	"POST /api/portal/payments": { body: PayNew; query: null; out: PayState };
	/** How far one of their payments is, and where its page is. */
	"GET /api/portal/payments/:id": { body: null; query: null; out: PayState };
	/** The sum was read, with the surcharge of the card that was left for it: pay it. */
	"POST /api/portal/payments/:id/agreements": { body: PayAgree; query: null; out: PayState };
	/** Cards and bank accounts that the customer left, and whether paying here is possible. */
	"GET /api/portal/methods": { body: null; query: null; out: PayMethods };
	/** Let what is due be drawn from it, whole or by place and kind of charge, or no longer. */
	"PUT /api/portal/methods/:id": { body: PayAutopay; query: null; out: PayMethods };
	/** Take a card or bank account away. */
	"DELETE /api/portal/methods/:id": { body: null; query: null; out: PayMethods };
	/** The people of one's own account, and which messages each receives. */
	"GET /api/portal/contacts": { body: null; query: null; out: PortalContacts };
	/** Add a person to one's own account. */
	"POST /api/portal/contacts": { body: PortalContactNew; query: null; out: PortalContacts };
	/** Change how a person of one's own account is reached, and what they want to hear of. */
	"PUT /api/portal/contacts/:id": { body: PortalContactChange; query: null; out: PortalContacts };
	/** End news by the link of a mail. */
	"POST /api/portal/unsubscribes": { body: Unsubscribe; query: null; out: null };
	/** What is asked for by a mailed link: a sum, nothing else. */
	"GET /api/portal/bill-links": { body: null; query: BillLinkQuery; out: BillLink };
	/** Begin to pay it; the provider's page follows in a moment. */
	"POST /api/portal/bill-links/payments": { body: BillLinkPay; query: null; out: PayState };
	/** How far that payment is, and where its page is. */
	"GET /api/portal/bill-links/payments/:id": { body: null; query: BillLinkQuery; out: PayState };
	/** The sum was read, with the surcharge of the card that was left for it: pay it. */
	"POST /api/portal/bill-links/payments/:id/agreements": { body: BillLinkAgree; query: null; out: PayState };
	/** A photo for a visit that one asked for, while nobody has it yet. */
	"POST /api/portal/photos": { body: FormData; query: PortalPhotoNew; out: PortalPhotoKept };
	/** What may be asked for, where, and on which days. */
	"GET /api/portal/asking": { body: null; query: null; out: PortalAsking };
	/** Ask for a visit; the company confirms it. */
	"POST /api/portal/visits": { body: PortalAsk; query: null; out: PortalAsked };
	/** Say how a visit was, once. */
	"POST /api/portal/visits/:id/stars": { body: PortalRate; query: null; out: null };
	/** In which language the company writes to them. */
	"PUT /api/portal/me": { body: PortalSpeak; query: null; out: null };
	/** A picture of a text, by the address that the provider was given. */
	"GET /api/portal/media": { body: null; query: MediaQuery; out: string };
	/** What the customer wrote on these pages, and what was answered. */
	"GET /api/portal/messages": { body: null; query: null; out: PortalTalk };
	/** Write to the company. */
	"POST /api/portal/messages": { body: PortalSay; query: null; out: PortalTalk };
	/** Show the company a photo. */
	"POST /api/portal/message-photos": { body: FormData; query: PortalShow; out: PortalTalk };
	/** May anybody book here, and what; with the form's signed time. */
	"GET /api/portal/bookings": { body: null; query: null; out: BookingOpen };
	/** The times of some days that can really be served at an address. */
	"POST /api/portal/bookings/times": { body: BookingTimesQuery; query: null; out: BookingTimes };
	/** Keep one of these times for ten minutes. */
	"POST /api/portal/bookings/holds": { body: BookingHoldIn; query: null; out: BookingHeld };
	/** Book a time that is held. */
	"POST /api/portal/bookings": { body: BookingIn; query: null; out: Booked };
	/** What was booked, for whoever has its link. */
	"GET /api/portal/bookings/mine": { body: null; query: BookingTokenQuery; out: BookingMine };
	/** To which times a booking could be moved. */
	"POST /api/portal/bookings/mine/times": { body: BookingMoveTimes; query: null; out: BookingTimes };
	/** Move a booking to another time. */
	"POST /api/portal/bookings/mine/moves": { body: BookingMove; query: null; out: BookingMine };
	/** Cancel a booking. */
	"POST /api/portal/bookings/mine/cancellations": { body: BookingToken; query: null; out: BookingMine };
	/** A booking as a calendar file. */
	"GET /api/portal/bookings/calendar.ics": { body: null; query: BookingTokenQuery; out: string };
	/** A photo of what was booked for, by whoever has its link. */
	"POST /api/portal/bookings/photos": { body: FormData; query: BookingTokenQuery; out: BookingPhoto };
	/** Work that is due again at a place, for whoever has its link. */
	"GET /api/portal/due": { body: null; query: BookingTokenQuery; out: DueOpen };
	/** The times for it that can really be served. */
	"POST /api/portal/due/times": { body: BookingMoveTimes; query: null; out: BookingTimes };
	/** Book it: a time, and nothing else. */
	"POST /api/portal/due": { body: BookingMove; query: null; out: Booked };
	/** A message of the payment provider, signed by it. */
	"POST /api/hook/pay": { body: null; query: null; out: null };
	/** A mail that came in for a company, signed by the provider. */
	"POST /api/hook/mail": { body: null; query: null; out: null };
	/** A mail that came in for a company, from Postmark, which signs in. */
	"POST /api/hook/postmark": { body: null; query: null; out: string };
	/** What became of a mail of ours, from Postmark, which signs in. */
	"POST /api/hook/postmark-returns": { body: null; query: null; out: string };
	/** A text to a company's number, signed by the provider. */
	"POST /api/hook/sms": { body: null; query: null; out: string };
	/** What became of a text of ours, signed by the provider. */
	"POST /api/hook/sms-receipts": { body: null; query: null; out: string };
	/** One click in a program for mail ends news. */
	"POST /api/hook/unsubscribes": { body: null; query: UnsubscribeQuery; out: null };
	/** One turn of a call to a company's number, signed by the provider. */
	"POST /api/hook/voice": { body: null; query: null; out: string };
	/** What became of a call that was passed on, signed by the provider. */
	"POST /api/hook/voice-rung": { body: null; query: null; out: string };
	/** A caller has spoken after the tone, signed by the provider. */
	"POST /api/hook/voice-left": { body: null; query: null; out: string };
	/** The recording of a call is ready, signed by the provider. */
	"POST /api/hook/recordings": { body: null; query: RecordedQuery; out: string };
	/** A message after the tone is ready, signed by the provider. */
	"POST /api/hook/recordings-left": { body: null; query: RecordedQuery; out: string };
	/** A key was pressed in a call that we made, signed by the provider. */
	"POST /api/hook/call-keys": { body: null; query: null; out: string };
	/** What became of a call that we made, signed by the provider. */
	"POST /api/hook/call-receipts": { body: null; query: null; out: string };
	/** Who or what answered a call that we made, signed by the provider. */
	"POST /api/hook/call-machines": { body: null; query: MachineQuery; out: string };
	/** Is this sealed document whole? Says so, and what it says itself; nothing else. */
	"POST /api/portal/proof-checks": { body: ProofIn; query: null; out: ProofVerdict };
	/** The company's public keys, each certified by the house, and the last night whose ledger was sealed; also at /.well-known/pool-keys.json. */
	"GET /api/portal/proof-keys": { body: null; query: null; out: ProofKeys };
	/** How the water of one's own pools went. */
	"GET /api/portal/water": { body: null; query: null; out: PortalWater };
	/** The report of one visit, by the link that was mailed. */
	"GET /api/portal/reports": { body: null; query: ReportQuery; out: VisitReport };
	/** A photo that the sealed record of that visit names. */
	"GET /api/portal/reports/photos/:id": { body: null; query: ReportPhotoQuery; out: string };
	/** A bill as it was signed, by the code that is printed on it. */
	"GET /api/portal/papers": { body: null; query: PaperQuery; out: PaperProof };
	/** The customer's offers, each with the token of its link. */
	"GET /api/portal/offers": { body: null; query: null; out: OfferList };
	/** One offer, by the link that was mailed. */
	"GET /api/portal/offer": { body: null; query: OfferQuery; out: Offer };
	/** Approve or decline an offer; the same answer again changes nothing. */
	"POST /api/portal/offer/answers": { body: OfferAnswer; query: null; out: Offer };
	/** Ask the company something about an offer. */
	"POST /api/portal/offer/words": { body: OfferAsk; query: null; out: Offer };
	/** A photo of an offer. */
	"GET /api/portal/offer/photos/:id": { body: null; query: OfferPhotoQuery; out: string };
}
