/*
 * fcgi/acts/tell.h -- the last word of an act: a job row in the same transaction, the audit line, and
 * the links that are sent to people.
 */
#ifndef FCGI_ACTS_TELL_H
#define FCGI_ACTS_TELL_H

#include "domain/access/audit.h"
#include "domain/customers/agreement.h"
#include "domain/base/proof.h"
#include "domain/customers/customer.h"
#include "domain/customers/field.h"
#include "domain/dispatch/board.h"
#include "domain/dispatch/fuel.h"
#include "domain/dispatch/shift.h"
#include "domain/messaging/mail.h"
#include "domain/messaging/occasion.h"
#include "domain/routing/way.h"
#include "domain/visits/visit.h"
#include "domain/visits/wish.h"
#include "domain/water/dose.h"
#include "domain/water/history.h"
#include "fcgi/http/shape.h"
#include "sql/tenant/day.h"
#include "sql/tenant/file.h"
#include "sql/tenant/water.h"
#include "tenancy/work.h"

/* tell -- write a job of that kind, due now, its payload (through the shape) sealed */
must_use enum err tell(struct work *w, const char *kind, const struct shape *s, const void *payload);

/* tell_later -- the same, due at that instant */
must_use enum err tell_later(struct work *w, const char *kind, const struct shape *s, const void *payload, int64_t at);
/* tell_once -- the same, and of that key there is one job at most, ever: a second one changes nothing */
must_use enum err tell_once(struct work *w, const char *kind, struct str key, const struct shape *s, const void *payload,
    int64_t at);

/* ---- photos and papers (tell_file.c); who asks for them: files.h ---- */

#define FILES_MAX 2000 /* of one customer */
#define FILE_NAME_MAX 160

/* Endings on disk. */
#define FILE_ENDING_RAW "raw"
#define FILE_ENDING_PHOTO "jpg"
#define FILE_ENDING_SMALL "small.jpg"
#define FILE_ENDING_PAPER "pdf"
#define FILE_ENDING_SOUND "mp3"
#define FILE_SOUND "audio/mpeg" /* a call, or a message after the tone; nobody sends one in */

struct file_new {
	enum record_kind on_kind;
	uint64_t on_id;
	struct str name; /* what is written under it; "" gives the file's own name */
};
/* The payload of the job "photo". */
struct photo_order {
	uint64_t file_id;
};
extern const struct shape photo_order_shape;
/*
 * tell_file -- keep what somebody sent, under that id
 *
 * own_name in  as the sender's machine called it; only its letters are used, and only as a caption
 *
 * Errors  E_NOT_FOUND no such record; E_INVALID "on_kind" "file" (file_look); E_LIMIT the customer has FILES_MAX;
 *         E_AWAY the disk
 */
must_use enum err tell_file(struct work *w, uint64_t id, const struct file_new *in, struct str own_name, struct str bytes,
    struct file_row *out);
/* tell_file_said -- the line of the timeline; none for what came with a stranger's words */
must_use enum err tell_file_said(struct work *w, const struct file_row *row, enum event_kind kind);

/* ---- words to our own people, wherever they are (tell_word.c) ---- */

/* What a phone shows, and what a tap on it opens. */
struct push_word {
	struct str title, body;
	struct str path;  /* "/tech/stops/..." */
	struct str topic; /* a later word of the same topic takes its place; A-Z a-z 0-9 - _, at most 32 */
};
/* A job of kind "push": one phone. */
struct push_order {
	uint64_t device_id;
	struct str title, body, path, topic;
};
extern const struct shape push_order_shape;
/* A job of kind "sms": one number. */
struct sms_order {
	struct str to, text;
};
extern const struct shape sms_order_shape;
/* A job of kind "call": one number is rung. */
struct call_order {
	struct str to, text;
	enum language language;
};
extern const struct shape call_order_shape;
/* tell_call -- somebody of ours is rung, and hears it; nothing is written if the house rings nobody, or there is no number */
must_use enum err tell_call(struct work *w, struct str to, struct str text, enum language l);
/* tell_push -- a push to each phone of this person that takes them; *phones (may be NULL) = how many there are */
must_use enum err tell_push(struct work *w, uint64_t staff_id, const struct push_word *what, size_t *phones);
/*
 * tell_lane_take -- words to our own people go one at a time to one number: so what is found at the provider after a lost answer, and
 * has no other name of ours, can only be this one
 *
 * job_id  in   the job that wants to say something now; it keeps the lane until it is done, or parked
 * known   out  the provider's names of what was said to that number lately; *mine false: somebody is under way, come again
 *
 * tell_lane_left -- it was said: the provider's name of it is kept, and the next one may
 */
struct said_lane {
	bool mine;
	struct str *known;
	size_t known_n;
};
must_use enum err tell_lane_take(struct work *w, const char *kind, struct str to, uint64_t job_id, struct said_lane *out);
must_use enum err tell_lane_left(struct work *w, const char *kind, struct str to, uint64_t job_id, struct str sid);
#define LANE_AGAIN_S 10 /* then whoever found it taken looks again */

/*
 * tell_machine -- in case that a machine answers that call: what it is to record. Nothing happens unless tell_machine_answers says so
 * in the next minutes, when its tone was heard
 */
#define MACHINE_WAIT_S 600
struct machine_order {
	struct str call, text; /* the provider's name of the call */
	enum language language;
};
extern const struct shape machine_order_shape;
/* tell_machine_url -- where the provider says so; the number that rings, which its form has not, goes along */
struct str tell_machine_url(struct work *w, struct str from);
must_use enum err tell_machine(struct work *w, const struct machine_order *o);
must_use enum err tell_machine_answers(struct work *w, struct str call);

/* tell_sms -- a text; nothing is written if the house sends none, or the number is empty */
must_use enum err tell_sms(struct work *w, struct str to, struct str text);

/* ---- what customers are told of (tell_fact.c) ---- */

/* A job of kind "fact". cause: what makes it another one of the same kind: a day, an instant. */
struct fact_order {
	enum occasion occasion;
	uint64_t id; /* of the visit; PAY_FAILED, REVIEW: of the payment */
	int64_t cause;
	bool said;   /* by text already, in a talk */
	struct maybe_bool kept; /* ASKED: somebody has the visit already, and a deposit will confirm it */
};
extern const struct shape fact_order_shape;
/* tell_fact -- customers may be told of it, at that instant or later: once for each cause, whatever runs twice */
must_use enum err tell_fact(struct work *w, const struct fact_order *o, int64_t at);
#define REVIEW_AFTER_S 86400 /* after a payment */
/* tell_visit_facts -- what a change of a visit is to its customer: on the way, skipped, done; tell_visit calls it */
must_use enum err tell_visit_facts(struct work *w, const struct visit *was, const struct visit *is);
/* tell_window -- the visit has another time than was promised: its customer hears of it */
must_use enum err tell_window(struct work *w, const struct visit *v);
/* fact_time -- the cause of words about an appointment: its day and hour */
int64_t fact_time(const struct visit *v);
#define LATE_WINDOW_MIN 60 /* how wide a new window is */
/*
 * fact_late -- the cause of words about a delay: its day and the minute up to which they are to wait
 * fact_late_told -- do they know already? Who comes within the window that was told last is not told again
 *
 * begin_s  in  when somebody is there, in seconds of the day; told  in  the cause of the last words, 0: none
 */
int64_t fact_late(struct day day, int32_t begin_s);
bool fact_late_told(int64_t told, struct day day, int32_t begin_s);
/* fact_late_of -- is it a word about that day? */
bool fact_late_of(int64_t cause, struct day day);
/* tell_window_say -- "between 9:00 AM and 11:00 AM" */
struct str tell_window_say(struct work *w, struct maybe_u32 from_minute, struct maybe_u32 to_minute, enum language l);

/* What happened to a technician's plan. */
enum brief_news { BRIEF_NEW = 1, BRIEF_CHANGED, BRIEF_GONE, BRIEF_MANY, BRIEF_NEWS };
/* A job of kind "brief": is it on their phone? step 0: push; 1, after two minutes: again, and a text; 2: the office. */
struct brief_order {
	uint64_t tech_id;
	struct day day;
	uint32_t version; /* of the day: a phone that holds it has the news */
	enum brief_news news;
	struct maybe_u64 visit_id;
	uint32_t step;
};
extern const struct shape brief_order_shape;
#define BRIEF_AGAIN_S 120
#define BRIEF_RED_S 300

/* The payload of a job of kind "mail". */
extern const struct shape mail_order_shape;

/*
 * tell_mail -- order a mail: a job of kind "mail" in this transaction
 *
 * v, n    in  exactly the values that the template lists (domain/messaging/template.h)
 *
 * Errors  E_INVALID "to" and those of template_fill: the message is composed here once, so that a value
 *         that does not fit is the caller's fault and not a parked job's
 */
must_use enum err tell_mail(struct work *w, enum mail_template t, struct str to, enum language l,
    const struct template_value *v, size_t n);

/* tell_mail_with -- the same with a paper: the PDF of that id (tenancy/files.h), if it is there when the mail goes */
must_use enum err tell_mail_with(struct work *w, enum mail_template t, struct str to, enum language l,
    const struct template_value *v, size_t n, struct maybe_u64 file_id);

/*
 * audit -- append one line to the company's hash-chained log (guard row: counter 'audit')
 *
 * verb    in  "staff.invited"; detail: names and figures, read in every language; never a secret
 * object  in  id of the row concerned, 0 if none
 */
must_use enum err audit(struct work *w, const char *verb, const char *noun, uint64_t object,
    struct str detail);

/* tell_actor -- the name of whoever does this work, as the log keeps it */
must_use enum err tell_actor(struct work *w, struct str *name);

/* Which record, of which customer; batch_id 0: by hand. */
struct record {
	uint64_t customer_id;
	enum record_kind kind;
	uint64_t id, batch_id;
};

/* One value that a sentence of the timeline names. Never a secret. */
struct event_value {
	struct str name, value;
};
#define EVENT_VALUES_MAX 6
#define EVENT_VALUE_MAX 80 /* characters; longer ones are cut */

/* One line of the timeline. property_id, pool_id: 0 if it is about none; ref: what it leads to. */
struct event {
	uint64_t customer_id, property_id, pool_id;
	enum event_kind kind;
	enum record_kind ref_kind;
	uint64_t ref_id;
	const struct event_value *values;
	size_t values_n;
};

/*
 * tell_owner -- whose record that is, and at which property and pool: fills these three of e
 *
 * Errors  E_NOT_FOUND; E_INVALID "on_kind" nothing hangs on that kind
 */
must_use enum err tell_owner(struct work *w, enum record_kind kind, uint64_t id, struct event *e);

/* tell_event -- write a line of the timeline, in this transaction, now, by the actor of this work */
must_use enum err tell_event(struct work *w, const struct event *e);
/* event_detail_shape -- what `event.detail` holds: {"rows":[{"name":...,"value":...}]}, struct event_detail */
struct event_detail {
	const struct event_value *rows;
	size_t rows_n;
};
extern const struct shape event_value_shape, event_detail_shape;

/* How a change is written: both texts; of a sealed one only that it changed; not at all, because it is already. */
enum change_how { CHANGE_PLAIN = 0, CHANGE_SEALED, CHANGE_TOLD };

/* One field: what it was and what it became. */
struct field_change {
	const char *field; /* ASCII, at most 40 */
	struct str was, became;
	enum change_how how;
};
#define CHANGE_TEXT_MAX 2000 /* characters; longer ones are cut */

/* tell_change -- one line for each of the n fields that differs; *changed (may be NULL) = how many did */
must_use enum err tell_change(struct work *w, const struct record *on, const struct field_change *c, size_t n,
    size_t *changed);

/*
 * tell_edit -- what an edit says: its changes, and one line of the timeline with the value "fields" (their
 * names with commas between) behind the event's own values. Nothing differs, nothing is said.
 */
must_use enum err tell_edit(struct work *w, const struct record *on, const struct event *e,
    const struct field_change *c, size_t n);

/* own_fields -- all of the company's own fields, in its order; archived ones too */
must_use enum err own_fields(struct work *w, const struct own_field **fields, size_t *n);

/* own_read -- the values in a column `own`; a text that we did not write is E_BUG */
must_use enum err own_read(struct work *w, struct str stored, const struct own_value **values, size_t *n);

/*
 * own_write -- check values against the company's fields, tell what changed, and give the text for the column
 *
 * on   in   the record they stand on; was: its column as it is now
 * Errors  those of own_check
 */
must_use enum err own_write(struct work *w, const struct record *on, struct str was, const struct own_value *values,
    size_t n, struct str *stored);
extern const struct shape own_value_shape, own_option_shape;

/* field_body_shape -- what `setting.body` of a field holds */
struct field_body {
	enum record_kind on;
	enum field_type type;
	const struct own_option *options;
	size_t options_n;
};
extern const struct shape field_body_shape;

/*
 * tell_standing -- derive the customer's standing from the facts as they are in this transaction
 *
 * To be called last by every act that archives a customer, makes or ends an agreement, gives it a
 * technician or takes it away. A customer who does not exist is no failure.
 */
must_use enum err tell_standing(struct work *w, uint64_t customer_id);

/*
 * tell_visits -- make the visits that follow from an agreement, up to the horizon (domain/visits/due.h)
 *
 * again_from  in  its terms changed from that day on: what nobody touched from there is made anew
 *
 * Whatever runs twice or dies in between, there is one visit for each of its days. Also closes an agreement
 * whose last day is over. Errors  E_NOT_FOUND; E_RETRY
 */
must_use enum err tell_visits(struct work *w, uint64_t agreement_id, struct maybe_day again_from);
/* tell_visits_of_place -- these people wish something else: what nobody touched from tomorrow on is made anew */
must_use enum err tell_visits_of_place(struct work *w, uint64_t customer_id, uint64_t property_id);

/* What services.c keeps as JSON, and a brief carries on as it is. */
extern const struct shape check_lines_shape, part_lines_shape;

/* One technician's day; tech_id 0: what is nobody's yet. */
struct tech_day {
	uint64_t tech_id;
	struct day day;
};
#define TECH_DAYS_MAX 2000

/* The days of which cards are kept; others are read from their sources. */
#define CARD_BACK_DAYS 1
#define CARD_AHEAD_DAYS 7

/* A line of the log: who, what, when. Zeros mean: from the office, now. */
struct visit_said {
	uint64_t id; /* the verb's own; 0: a fresh one */
	enum verb verb;
	uint64_t device_id;
	uint32_t n;
	int64_t device_at;
	int32_t skew_s;
	struct str body; /* JSON of verb_body_shape; empty: none */
};

/*
 * tell_visit -- what follows from every change of one visit, in its transaction: its line in the log, the
 * cards of the days it left and came to, a hint to the screens
 *
 * was   in   before; NULL if it is new
 * is    in   as it is saved now, its version too
 *
 * Whoever writes to `visit` calls this, or tell_days when many change at once. Errors  E_STALE "PRIMARY": a
 * verb of this id was told before; E_RETRY
 */
must_use enum err tell_visit(struct work *w, const struct visit *was, const struct visit *is,
    const struct visit_said *said);

/* tell_live -- whoever has a page open should look again; once for all that one transaction changes */
must_use enum err tell_live(struct work *w);
/* tell_days -- those days changed: their cards are made anew; any order, twice does no harm */
must_use enum err tell_days(struct work *w, const struct tech_day *d, size_t n);
/* tell_days_of_agreement -- adds the days on which it has visits now, within those that are kept */
must_use enum err tell_days_of_agreement(struct work *w, uint64_t agreement_id, struct tech_day *d, size_t *n);
/* tell_renumbered -- the same for one day whose stops were only counted anew: its technician is told by whoever did it */
must_use enum err tell_renumbered(struct work *w, const struct tech_day *d);
/* A report's link, as every link that opens without a sign-in; the portal keeps the report for good. */
#define REPORT_LINK_S (7 * 86400)
/*
 * tell_clock -- a span of work that began on this day changed: the version of the day moves on, and of the next one,
 * which shows what is open over midnight
 */
must_use enum err tell_clock(struct work *w, uint64_t tech_id, struct day day);
/* tell_notes_to_customer -- what technicians wrote to the customer at a stop, as it was put right last; the oldest first */
must_use enum err tell_notes_to_customer(struct work *w, uint64_t visit_id, struct str **notes, size_t *n);
/* tell_progress -- a line of the log that changed no visit (it was refused): its stop shows it */
must_use enum err tell_progress(struct work *w, uint64_t visit_id);
/* tell_services -- checklists, parts or names of services changed: all kept days are built anew, by a job */
must_use enum err tell_services(struct work *w);
/* tell_brief -- what a technician reads of this customer changed; tell_event calls it */
must_use enum err tell_brief(struct work *w, uint64_t customer_id);
/* tell_briefs -- the same for many: whoever of them has a stop on a kept day. ids: "[1,2]" */
must_use enum err tell_briefs(struct work *w, struct str ids);
/* tell_day_cards -- the cards as they must be, made from their sources and not kept: for days that are not, and for a law */
must_use enum err tell_day_cards(struct work *w, uint64_t tech_id, struct day day, struct card_row **rows, size_t *n);

/* The two JSON columns of a card, for tell_day.c: what is to be known before a stop; the fold of its log. */
/* tell_lines -- the checklist of a stop, as check_lines_shape writes it: with what is due, without what is not */
must_use enum err tell_lines(struct work *w, const struct brief_source *s, struct str *out);
must_use enum err brief_write(struct work *w, uint64_t visit_id, struct str *out);
must_use enum err progress_write(struct work *w, uint64_t visit_id, struct str *out);
extern const struct shape brief_shape, progress_shape, verb_body_shape;

/* What is said with a verb; which of it a verb needs: verb_check. */
struct verb_body {
	struct str text;                    /* of NOTE, FOLLOW_UP, PROBLEM, MISSING_PART, EQUIPMENT; USED: of what; SIGNED: by whom */
	struct maybe_str reason;            /* of FLAG, REASSIGN, NO_ACCESS, SKIP */
	struct maybe_str item;              /* of CHECK: the line's text; of PHOTO: what it shows */
	struct maybe_bool done;             /* of CHECK */
	struct maybe_bool for_customer;     /* of NOTE */
	struct maybe_i64 started_at, ended_at; /* of CORRECT */
	struct maybe_u64 file_id;           /* of PHOTO; of SIGNED: the name as it was drawn */
	struct maybe_u64 pool_id;           /* of READING, DOSE, CHECK */
	struct maybe_str what, unit;        /* of READING, CHECK: which measure, "<" ">"; of DOSE: id of the item */
	struct maybe_i64 amount;            /* hundredths: of the measure's unit, of the item's ml, g or pieces */
	struct maybe_i64 planned;           /* of DOSE: what was advised, likewise */
	struct maybe_u64 equipment_id;      /* of EQUIPMENT */
	struct maybe_u64 service_id;        /* of FOLLOW_UP */
	struct maybe_day day;               /* of FOLLOW_UP: before when */
	struct maybe_u64 replaces;          /* of READING, DOSE, NOTE: the verb that this one puts right */
	struct maybe_i64 lat_e6, lng_e6;    /* of ARRIVE: only near the stop, only if the company wishes */
};

/* One technician on one day of the board, with what follows from its stops (domain/dispatch/board.h). */
struct board_lane {
	uint64_t tech_id;
	struct str name;
	uint32_t colour;
	struct str vehicle;
	bool said; /* has anybody said when this person works? */
	uint32_t from_minute, to_minute, work_minutes;
	struct str off; /* why not */
	uint32_t version, seen_version;
	struct maybe_i64 seen_at;
	int32_t ends_s;
	struct maybe_i64 lat_e6, lng_e6; /* where the day starts */
	struct lane lane;
	struct board_row *rows; /* same index as lane.stop */
	struct lane_time *times;
};
/*
 * tell_board -- the lanes of that day: all technicians, or one
 *
 * nobody  out  what is nobody's; NULL: not wanted
 */
must_use enum err tell_board(struct work *w, struct day day, struct maybe_u64 tech, struct board_lane **lanes, size_t *n,
    struct board_row **nobody, size_t *nobody_n);

/* Who could take a visit on its day, and why not the others. */
struct board_offer {
	uint64_t tech_id;
	struct str tech;
	uint32_t colour;
	bool usual, by_hand; /* by_hand: somebody chose it, there is no other reason */
	bool other;          /* somebody else is usual here */
	struct str late;     /* the customer who becomes late most because of it; "": nobody, or this one itself */
	struct str lacks;    /* what is fetched at the supply house for it, since the van has it not; "": nothing */
	uint32_t stops, work_minutes, planned_minutes;
	struct lane_offer at;
};
struct board_refusal {
	uint64_t tech_id;
	struct str tech, why;
};
struct board_offers {
	struct board_offer *rows; /* best first */
	size_t rows_n;
	struct board_refusal *refused;
	size_t refused_n;
};
#define BOARD_OFFERS 3
#define BOARD_TECHS_MAX 1000
/* tell_offers -- by the company's rules: works then, has the skills, is wanted there; then the cheapest to reach */
must_use enum err tell_offers(struct work *w, const struct visit *v, struct maybe_u64 but, struct board_offers *out);

/* ---- what the vans have (tell_van.c) ---- */

struct vans;
/* tell_vans -- the parts of services, and what is in all vans, if any of these n takes parts; as long as w->arena lives */
must_use enum err tell_vans(struct work *w, const uint64_t *service, size_t n, struct vans **out);
/*
 * vans_take, vans_have -- how many of a name a visit of that service takes, a technician's van has; of what nobody ever
 * counted there it has more than anybody takes
 */
uint32_t vans_take(const struct vans *v, uint64_t service_id, struct str name);
uint32_t vans_have(const struct vans *v, uint64_t tech_id, struct str name);
/* vans_goods -- of all that visits of these services take, what falls shortest in any of these vans; how many */
size_t vans_goods(const struct vans *v, const uint64_t *service, size_t n, const uint64_t *tech, size_t techs,
    struct str good[DISPATCH_GOODS]);
/* vans_lack -- what this van would lack for one visit more (`but`, if it is theirs already): "2 × Salt, 1 × Filter"; "" */
struct str vans_lack(struct work *w, const struct vans *v, uint64_t service_id, const struct board_lane *l, uint64_t but);
#define VAN_PLENTY 1000000
/* fetch_list_names -- is that among what is fetched? */
bool fetch_list_names(struct str list, struct str what);
/* fetch_list_add -- one thing more on such a list, if there is room; n 0: what was said in words */
void fetch_list_add(struct buf *out, uint64_t n, struct str what);

/*
 * tell_fetch -- a stop at the supply house before this visit (read FOR UPDATE in this transaction); what "": no such stop
 *
 * minutes  in  that it takes there, at most SUPPLY_MINUTES_MAX; absent: as the company says
 *
 * Errors  E_STALE it is over
 */
must_use enum err tell_fetch(struct work *w, struct visit *v, struct str what, struct maybe_u32 minutes);
/* tell_fetch_lacking -- as much of it as the van of its technician has not; nothing if it has all, or is nobody's */
must_use enum err tell_fetch_lacking(struct work *w, struct visit *v);
/*
 * tell_window_follows -- a window that the board expects to be missed keeps its length and begins at the half hour before
 * the new time
 *
 * v      in/out  as it stands in the database
 * moved  out     it did: the customer is to hear of it (tell_window)
 */
must_use enum err tell_window_follows(struct work *w, struct visit *v, bool *moved);

/*
 * tell_assign -- give a visit (read FOR UPDATE in this transaction) the place of an offer; the reason stays on it
 *
 * was   in      as it was read; v: its day is the one it is to be on
 * said  in      NULL: the office's, VERB_MOVED
 */
must_use enum err tell_assign(struct work *w, struct visit *v, const struct visit *was, const struct board_offer *o,
    const struct visit_said *said);

/*
 * The reason kept on a job (visit.why_who): a sentence of the catalogue with its values, so that each reader has it in their
 * language. tell_why_keep -- as the column holds it. tell_why_say -- as this reader reads it; "" stays "".
 */
#define WHY_WHO_MAX 300 /* letters of its column */
struct str tell_why_keep(struct work *w, const struct fault *f);
struct str tell_why_say(struct work *w, struct str kept);
struct visit_line;
/* tell_visit_line -- one line of the calendar, as it is answered */
must_use enum err tell_visit_line(struct work *w, uint64_t id, struct visit_line *out);

/* tell_alert -- somebody should look; of one kind a visit has one open alert. text: plain words of a person, or "" */
must_use enum err tell_alert(struct work *w, enum alert_kind kind, const struct visit *v, uint64_t staff_id, struct str text);
/* tell_alert_customer -- the same about a customer, however many are open: each says something of its own */
must_use enum err tell_alert_customer(struct work *w, enum alert_kind kind, uint64_t customer_id, struct str text);
extern const char *const alert_kind_names[];
/* alert_says -- what it is, in a few words */
const char *alert_says(enum alert_kind k, enum language l);
/* What an alert says, and what was said to it. */
struct alert_answer {
	struct str text, by;
	int64_t at;
};
#define ALERT_ANSWERS_MAX 12
struct alert_body {
	struct str text;
	struct alert_answer *answers;
	size_t answers_n;
};
extern const struct shape alert_answer_shape, alert_rule_shape;
must_use enum err tell_alert_body(struct work *w, const struct alert_body *body, struct str *stored);
must_use enum err tell_alert_body_read(struct work *w, struct str stored, struct alert_body *out);
/* The company's rule for one kind of alert. */
struct alert_reader {
	uint64_t id;
};
#define ALERT_READERS_MAX 20
struct alert_rule {
	enum alert_kind kind;
	bool on;
	struct maybe_u32 limit; /* of LATE: minutes; of SLOW and FAST: percent of the plan */
	bool by_mail, by_sms, by_push;
	struct maybe_bool by_call; /* rules of before there were calls say nothing */
	struct alert_reader *persons; /* who is told, beside the list that all see */
	size_t persons_n;
};
struct alert_rules {
	struct alert_rule *rows; /* rows[kind - 1] */
	size_t rows_n;
	uint64_t id; /* 0: nobody has said anything yet */
	uint32_t version;
};
must_use enum err tell_alert_rules(struct work *w, struct alert_rules *out);
must_use enum err tell_alert_rules_keep(struct work *w, const struct alert_rules *r);
/* alert_limit -- the usual limit of that kind, 0: it has none; most (may be NULL): the highest */
uint32_t alert_limit(enum alert_kind k, uint32_t *most);
/* tell_watch -- look at who runs late at that instant (the job "late"); once in its five minutes */
must_use enum err tell_watch(struct work *w, int64_t at);

/*
 * tell_booked -- whoever booked that visit is told that it came in, or is confirmed; with the link that changes it and
 * its calendar file. said: in a talk, so that no text repeats it. tell_booking_ttl -- how long such a link lives
 */
must_use enum err tell_booked(struct work *w, const struct visit *v, bool confirmed, bool said);
int64_t tell_booking_ttl(const struct work *w, struct day day);
/* tell_reception -- a text was heard: the job "reception" looks whether the receptionist answers it */
struct reception_order {
	uint64_t conversation_id;
	struct maybe_u64 message_id; /* none: a call that waits for a model */
};
extern const struct shape reception_order_shape;
must_use enum err tell_reception(struct work *w, uint64_t conversation_id, uint64_t message_id);

/* tell_absent -- was it only that a row that the caller names is not there? The fault is free for the field. */
bool tell_absent(struct work *w, enum err e);

/*
 * tell_fits -- would this plan be all right with the people of the property and the technician?
 *
 * anyway  in  somebody decided to do it all the same: only that the technician works here is asked
 *
 * Errors  E_INVALID "day" "tech_id", with the reason in words
 */
must_use enum err tell_fits(struct work *w, const struct visit *v, bool anyway);
/* tell_fit_read -- the wishes of a place, and the skills and hours of a technician for such a service, from a day on */
must_use enum err tell_fit_read(struct work *w, uint64_t property_id, uint64_t service_id, struct maybe_u64 tech,
    struct day from, struct fit *out);

/* tell_term -- put it among what an agreement's days begin (term_with); the caller has locked the agreement */
must_use enum err tell_term(struct work *w, uint64_t agreement_id, const struct term *fresh);
/* tell_term_gone -- take it away again; *was: there was one */
must_use enum err tell_term_gone(struct work *w, uint64_t agreement_id, struct day from, enum term_kind kind, bool *was);

/* ---- documents that anybody can check (domain/base/proof.h): visit records, bills ---- */

/* The key that signs now. The document's bytes name its kid, and the hash of the one before it. */
struct signer {
	uint8_t public_key[PROOF_PUBLIC_BYTES];
	char kid[PROOF_KID_LETTERS + 1];
};
struct signature {
	uint8_t hash[PROOF_HASH_BYTES]; /* of the bytes: what the company's next document calls "previous" */
	uint8_t signature[PROOF_SIGNATURE_BYTES];
};
/*
 * tell_signer, tell_sign -- first the key, so that the bytes can name it; then the signature under the bytes
 *
 * Hold the guard of the chain (a counter's row) before, in the same transaction. Errors  E_RETRY a new key meanwhile
 */
must_use enum err tell_signer(struct work *w, struct signer *out);
must_use enum err tell_sign(struct work *w, const struct signer *s, enum proof_kind kind, struct str bytes,
    struct signature *out);
/* tell_record -- a stop that is over said something new: its record is sealed, by a job */
struct record_order {
	uint64_t visit_id;
};
extern const struct shape record_order_shape;
must_use enum err tell_record(struct work *w, uint64_t visit_id);
/* tell_landed -- new work is nobody's: a job gives it to the best, if the company wishes that */
must_use enum err tell_landed(struct work *w, const struct visit *is);
/* tell_proof -- a stored document with its kid and signature, as the text that somebody carries away */
must_use enum err tell_proof(struct work *w, enum proof_kind kind, struct str bytes, struct str kid, struct str signature,
    struct str *text);
/* tell_proof_keys -- the company's public keys, newest first */
must_use enum err tell_proof_keys(struct work *w, struct proof_key **keys, size_t *n);
/* tell_clash -- would its technician have two promises that nobody can keep? Errors  E_INVALID "from_minute" */
must_use enum err tell_clash(struct work *w, const struct visit *v);

/* ---- water ---- */

/* One value as it is sent and stored. */
struct water_value {
	enum measure measure;
	int32_t x100;
	enum reading_how how;
};
/* A measure that the company names itself. */
struct own_measure {
	enum measure measure;
	struct str name, unit;
	uint32_t decimals;
};
/* How the company sees water. version 0: nobody has said anything yet, and all is as usual. */
struct water_policy {
	enum fc_school school;
	enum balance_method method;
	enum water_units units;
	enum test_kit kit;
	int32_t fill_ch, fill_cya, fill_salt, fill_tds;
	struct measure_rule *rules;
	size_t rules_n;
	struct own_measure *own;
	size_t own_n;
	uint32_t version;
};
/* What one pool wants otherwise. */
struct pool_rules {
	struct measure_rule *rules;
	size_t rules_n;
	uint32_t version;
};
/* The rows as stored, newest first, and as domain/water reads them, oldest first. */
struct water_past {
	struct reading_row *readings;
	size_t readings_n;
	struct dose_row *doses;
	size_t doses_n;
	struct past *past;
	size_t past_n;
};
#define POOL_RULES_MAX 30
extern const struct shape measure_rule_shape, water_value_shape, own_measure_shape;

must_use enum err tell_policy(struct work *w, struct water_policy *out);
/* tell_unwanted -- is this product not wanted at a place? stored: its list of words */
bool tell_unwanted(struct work *w, struct str stored, struct str product, enum chemical c);
must_use enum err tell_pool_rules(struct work *w, uint64_t pool_id, struct pool_rules *out);
/* tell_policy_keep -- pool_id 0: of the company. Errors  E_STALE somebody else did; E_INVALID "rules" too long */
must_use enum err tell_policy_keep(struct work *w, uint64_t pool_id, const struct water_policy *p);
must_use enum err tell_past(struct work *w, const struct water_pool_row *pool, int64_t before, struct water_past *out);
/* tell_values -- the text of a reading's column, and the way back */
must_use enum err tell_values(struct work *w, const struct water_value *v, size_t n, struct str *body);
must_use enum err tell_values_read(struct work *w, struct str body, struct water_value **v, size_t *n);
/* tell_values_say -- "FC 1.5, pH 7.8": for the timeline and the log of changes */
struct str tell_values_say(struct work *w, const struct water_value *v, size_t n);
/* tell_values_told -- "Free chlorine 1.5, pH 7.8": for customers, in their words; empty: nothing that they would know */
struct str tell_values_told(struct work *w, enum language in, const struct water_value *v, size_t n);
/*
 * tell_water_visit -- may a reading or dose of this pool say it was of this visit?
 *
 * mine  in  it must be a stop of whoever does this work, not more than a week ago (phones without signal)
 *
 * Errors  E_INVALID "visit_id"; E_NOT_FOUND with `mine`: not their stop, or no visit named
 */
must_use enum err tell_water_visit(struct work *w, const struct water_pool_row *pool, struct maybe_u64 visit_id,
    bool mine);
/* tell_judge -- the text of a reading's column, and what speaks against it (bits of enum doubt). Errors as tell_values */
must_use enum err tell_judge(struct work *w, const struct water_pool_row *pool, const struct water_value *v, size_t n,
    int64_t at, uint32_t took_s, struct str *body, uint64_t *doubts);
/* tell_poured -- a line of the timeline: EVENT_DOSE_GIVEN or _UNDONE; and what it costs follows (tell_dose_charge) */
must_use enum err tell_poured(struct work *w, const struct water_pool_row *pool, uint64_t id, enum event_kind kind,
    const struct item_row *item, int64_t given_x100);
/*
 * tell_phone_water -- a verb READING or DOSE of a phone, of a stop of whoever does this work, becomes what the office sees
 *
 * id     in   of the verb: the set of readings (its first verb's id) or the dose gets it
 * b      in   pool_id (absent: the visit's); READING: what = name of a measure, amount = hundredths, unit "<" or ">" if
 *             beyond; DOSE: what = id of an item, amount = hundredths of its base, planned likewise, reason;
 *             `replaces`: the dose of that verb was not poured
 *
 * What names no measure and no item stays in the log alone. Errors  E_INVALID "body.amount" nobody has ever read that
 */
must_use enum err tell_phone_water(struct work *w, uint64_t id, enum verb verb, const struct visit *v, int64_t at,
    const struct verb_body *b);
/* tell_phone_used -- a verb EQUIPMENT or USED. Errors  E_INVALID "body.equipment_id" it stands elsewhere */
must_use enum err tell_phone_used(struct work *w, uint64_t id, enum verb verb, const struct visit *v, int64_t at,
    const struct verb_body *b);
/* tell_stock -- so much more (or less) of it is there; it may fall below 0: what was poured was poured */
must_use enum err tell_stock(struct work *w, uint64_t place_id, uint64_t item_id, int64_t delta_x100);

/* audit_line_hash -- the hash that a stored line must have; for verification */
void audit_line_hash(const struct audit_line *l, struct arena *a, uint8_t out[HASH_BYTES]);

/*
 * company_url  -- "http://<slug>.localhost:8080/<page>"; page without a leading '/'. A page that customers are sent to is at the
 *                 company's own domain, if it has proven one (domain_has)
 * company_page -- the same, at that domain or, if it is "", at the house's
 */
struct str company_url(struct work *w, const char *page);
struct str company_page(struct work *w, struct str domain, const char *page);

/*
 * link_issue -- a signed link that works once: "<company_url>/<page>#<token>"
 *
 * actor   in   whom it is for: id of a staff row, of a customer with LINK_PORTAL
 * token   out  the part behind '#'; may be NULL
 *
 * link_look and link_spend answer whose it is; after link_spend it is used up.
 * link_void makes all open ones of this purpose useless: send again, disable, change the password.
 *
 * Errors  E_INVALID "token": forged, of another purpose or company, used, replaced or expired
 */
must_use enum err link_issue(struct work *w, enum link_purpose p, uint64_t actor, int64_t ttl_s,
    const char *page, struct str *url, struct str *token);
must_use enum err link_look(struct work *w, enum link_purpose p, struct str token, uint64_t *actor);
must_use enum err link_spend(struct work *w, enum link_purpose p, struct str token, uint64_t *actor);
/* link_show, link_shown -- the same without a row: it opens as often as somebody looks, until its time is over */
must_use enum err link_show(struct work *w, enum link_purpose p, uint64_t object, int64_t ttl_s, const char *page,
    struct str *url);
must_use enum err link_shown(struct work *w, enum link_purpose p, struct str token, uint64_t *object);
must_use enum err link_void(struct work *w, enum link_purpose p, uint64_t actor);

/*
 * code_issue, code_spend -- six digits for that customer, once; a newer one replaces it. Who is nobody (0) has none, and
 * asking takes as long. How often may be tried is the caller's to count.
 *
 * Errors  E_INVALID "code" wrong, used, replaced or over
 */
#define CODE_DIGITS 6
must_use enum err code_issue(struct work *w, uint64_t actor, int64_t ttl_s, char code[CODE_DIGITS + 1]);
must_use enum err code_spend(struct work *w, uint64_t actor, struct str code);

/*
 * tell_search -- find a customer by what is written of them now; tell_event calls it for all that changes it
 *
 * What is indexed (the first 4,000 letters): names, addresses, telephones, e-mails, tags, notes, makes and serials. Never a code.
 */
must_use enum err tell_search(struct work *w, uint64_t customer_id);
/* tell_searches -- many at once; n at most SEARCHED_AT_ONCE, each once */
#define SEARCHED_AT_ONCE 500
must_use enum err tell_searches(struct work *w, const uint64_t *customer_id, size_t n);

/*
 * tell_place -- an address is new or another: the job "places" looks where it lies; nothing without a geocoder
 *
 * property_id  in  0: all that have no place yet
 */
struct place_order {
	uint64_t after; /* the cursor */
	bool only;      /* the one behind it, and no other */
};
extern const struct shape place_order_shape;
must_use enum err tell_place(struct work *w, uint64_t property_id);

/* tell_home -- somebody's day starts or ends at an address whose place nobody has said; without a geocoder nothing happens */
struct home_order {
	uint64_t staff_id;
	struct str address;
};
extern const struct shape home_order_shape;
must_use enum err tell_home(struct work *w, uint64_t staff_id, struct str address);

/* ---- what routes are counted by (tell_roads.c) ---- */

enum route_units { UNITS_MILES = 0, UNITS_KM, UNITS_KINDS };
extern const char *const route_units_names[];
#define LUNCH_MINUTES_MAX 120

struct route_figure_settings {
	struct maybe_u64 id;        /* of the setting's row; none: nobody changed anything */
	uint32_t version;
	enum route_units units;
	uint32_t fuel_price_cents;
	enum fuel_unit fuel_unit;
	uint32_t fuel_use_x10;
	enum fuel_use fuel_use;
	struct usual_hours usual;
	struct pace pace;
	uint32_t pace_drives;       /* that it was measured by */
	bool roads;                 /* a road map is asked */
	bool has_supply;            /* a supply house is known */
	struct spot supply;
	uint32_t supply_minutes;
	bool places;                /* new work that is nobody's is given to the best by itself */
};
#define SUPPLY_MINUTES_MAX 240
must_use enum err tell_route_figures(struct work *w, struct route_figure_settings *out);

/* One way that the road map may know. */
struct way_asked {
	uint32_t from, to; /* of `ways` */
	struct spot a, b;
};
/* tell_ways_know -- what the road map said of these ways, in one look; the others stay as they are */
must_use enum err tell_ways_know(struct work *w, struct ways *ways, const struct way_asked *asked, size_t n);
/* tell_route_figures_keep -- Errors  E_STALE: somebody changed them since they were read */
must_use enum err tell_route_figures_keep(struct work *w, const struct route_figure_settings *s);
/*
 * tell_lane_ways -- l->ways: estimates at the company's pace, and what the road map said of those that are driven
 *
 * fresh  in  a stop that is not there yet: its ways to and from all others; NULL: none
 */
must_use enum err tell_lane_ways(struct work *w, const struct route_figure_settings *s, const struct lane_stop *fresh,
    struct lane *l);

#endif
