/*
 * fcgi/acts/bookings.h -- what strangers book: rules, times that can be served, a hold, the job,
 * changes.
 *
 * Split by subject: bookings.c rules and the page · bookings_times.c where it fits ·
 * bookings_make.c hold and book · bookings_change.c the signed link · bookings_talk.c the
 * receptionist · bookings_calls.c on the telephone · bookings_guess.c what a language model is
 * asked for it, and what that may cost; holds are kept by tell_hold.c.
 *
 * The guard of a technician's day is the head of its cards (`stop_card`, seq 0): whoever holds a
 * time there moves its version on, so that of two who looked at the same day one looks again.
 */
#ifndef FCGI_ACTS_BOOKINGS_H
#define FCGI_ACTS_BOOKINGS_H

#include "domain/dispatch/booking.h"
#include "domain/reception/calls.h"
#include "domain/reception/talk.h"
#include "domain/visits/wish.h"
#include "fcgi/acts/tell_booking.h"
#include "fcgi/acts/tell_hold.h"
#include "fcgi/acts/tell_message.h"
#include "fcgi/acts/tell_roads.h"
#include "sql/tenant/booking.h"
#include "sql/tenant/queries/bookings.h"
#include "sql/tenant/schedule.h"
#include "tenancy/work.h"

struct booking_service {
	uint64_t id;
	struct str name;
	enum service_kind kind;
	uint32_t minutes;
	int64_t price_cents;
	uint32_t due_months; /* after it was done it is offered again; 0: never */
	struct str about;    /* what whoever books reads of it; semicolons part the lines */
};

struct booking_settings {
	struct booking_rules rules;
	struct booking_service *services; /* that may be booked */
	size_t services_n;
	bool prices; /* they are shown, and said on the telephone */
	bool reception; /* texts and calls are answered by the receptionist */
	bool model;     /* it may ask a language model, if the house has one */
	struct call_rules calls;
	int64_t deposit_cents; /* wanted with each booking; 0: none */
	uint64_t id;                      /* of the setting's row; 0: nobody said anything yet */
	uint32_t version;
};
/* bookings_settings -- only the services that are there */
must_use enum err bookings_settings(struct work *w, struct booking_settings *out);

/* ---- the office's screen ---- */

struct booking_choice {
	uint64_t id;
	struct str name;
	bool on;
	struct maybe_u32 due_months; /* is offered again after so many; 0: not */
	struct maybe_str about;
};
struct booking_page {
	bool open, prices;
	struct maybe_bool reception, model;
	enum booking_confirm confirm;
	uint32_t window_minutes, notice_hours, ahead_days, reserve_minutes, change_hours, within_km;
	struct str postcodes;
	struct maybe_i64 deposit_cents;
	struct maybe_bool record; /* calls are, as their rules are (domain/reception/calls.h) */
	struct maybe_str ring, night;
	struct maybe_u32 ring_from, ring_to;
	struct maybe_u32 ring_days;
	struct booking_choice *services;
	size_t services_n;
	struct str url, script; /* the page; the tag for the company's own site */
	bool model_there;       /* the house has a language model */
	uint32_t model_today, model_most; /* questions that it was asked today, of how many */
	uint32_t version;
};
struct booking_ref {
	uint64_t id;
	struct maybe_u32 due_months;
	struct maybe_str about;
};
struct booking_page_in {
	bool open, prices;
	struct maybe_bool reception, model;
	enum booking_confirm confirm;
	uint32_t window_minutes, notice_hours, ahead_days, reserve_minutes, change_hours, within_km;
	struct str postcodes;
	struct maybe_i64 deposit_cents;
	struct maybe_bool record;
	struct maybe_str ring, night;
	struct maybe_u32 ring_from, ring_to;
	struct maybe_u32 ring_days;
	struct booking_ref *services;
	size_t services_n;
	uint32_t version;
};
must_use enum err act_booking_page(struct work *w, struct booking_page *out);
/* Errors  E_INVALID "services" "postcodes"; E_STALE */
must_use enum err
act_booking_page_change(struct work *w, const struct booking_page_in *in, struct booking_page *out);

/* ---- the public page ---- */

struct booking_open {
	bool open;
	struct str company, phone, accent, currency, language, zone;
	bool prices, at_once;
	uint32_t change_hours;
	int64_t deposit_cents; /* that has to be paid, or the time is free again after BOOKING_DEPOSIT_S */
	struct booking_service *services;
	size_t services_n;
	struct str form; /* when this page was given out, signed */
};
must_use enum err act_booking_open(struct work *w, struct booking_open *out);

struct booking_place {
	struct str street, city, region, postcode;
};
struct booking_times_query {
	uint64_t service_id;
	struct str street, city, region, postcode;
	struct maybe_day from_day;
};
struct booking_time {
	struct day day;
	uint32_t from_minute, to_minute;
	struct str tech; /* who would come, by first name */
	bool on_way;     /* it lies on their way */
};
struct booking_closed {
	struct day day;
};
struct booking_times {
	struct booking_time *rows;
	size_t rows_n;
	struct booking_closed *closed; /* nobody works then; without a time, and open: full */
	size_t closed_n;
	struct day from_day;   /* of this look */
	struct maybe_day next; /* goes into `from_day` */
};
/* Errors  E_NOT_FOUND booking is off; E_INVALID "service_id" "postcode": not served */
must_use enum err
act_booking_times(struct work *w, const struct booking_times_query *q, struct booking_times *out);

struct booking_hold_in {
	uint64_t service_id;
	struct str street, city, region, postcode;
	struct day day;
	uint32_t from_minute;
	struct maybe_str instead; /* an earlier hold of this visitor: free again */
};
struct booking_held {
	struct str hold;
	struct day day;
	uint32_t from_minute, to_minute;
	int64_t until;
};
/* Errors  as act_booking_times; E_STALE somebody else took it; E_RETRY two at once */
must_use enum err
act_booking_hold(struct work *w, const struct booking_hold_in *in, struct booking_held *out);

struct booking_in {
	struct str hold, form;
	struct str name, phone, email;
	enum language language;
	struct str note;
	struct maybe_str gate; /* sealed on the property */
	struct str website;    /* nobody sees this field; whoever fills it in is a machine */
};
struct booked {
	struct str token; /* of LINK_BOOKING */
	bool asked;       /* the company will confirm */
	struct day day;
	uint32_t from_minute, to_minute;
	struct str service, company;
	int64_t deposit_cents; /* still to be paid */
	struct str pay;        /* where; "": nothing is wanted */
};
/* Errors  E_STALE the hold is over; E_INVALID "form" "phone" "email" "name" */
must_use enum err act_booking_make(struct work *w, const struct booking_in *in, struct booked *out);

/* ---- by the link in the mail ---- */

struct booking_mine {
	struct str service, street, city, company, phone, accent, language;
	struct maybe_str tech;
	struct day day;
	uint32_t from_minute, to_minute;
	enum visit_state state;
	bool asked, may_change;
	uint32_t change_hours, photos;
};
must_use enum err act_booking_mine(struct work *w, struct str token, struct booking_mine *out);
struct booking_move_times {
	struct str token;
	struct maybe_day from_day;
};
must_use enum err act_booking_mine_times(
    struct work *w, const struct booking_move_times *q, struct booking_times *out);
struct booking_move {
	struct str token;
	struct day day;
	uint32_t from_minute;
};
/* Errors  E_STALE too late, or somebody else took that time */
must_use enum err
act_booking_move(struct work *w, const struct booking_move *in, struct booking_mine *out);
must_use enum err act_booking_cancel(struct work *w, struct str token, struct booking_mine *out);
/* act_booking_file -- the calendar file of one booking */
must_use enum err act_booking_file(struct work *w, struct str token, struct str *out);
#define BOOKING_PHOTOS_MAX 6
/* act_booking_owner -- whose booking it is: for its photos. Errors  E_LIMIT "file":
 * BOOKING_PHOTOS_MAX */
must_use enum err act_booking_owner(struct work *w, struct str token, uint64_t *visit_id);

/* ---- what the parts share ---- */

/* What is asked for, with what is looked up once. */
struct booking_ask {
	struct booking_settings settings;
	const struct booking_service *service;
	struct booking_place place;
	bool placed;
	struct spot at;
	uint64_t property_id; /* 0: one that we do not know */
	uint64_t but_visit;   /* is to be moved: its own place is free */
	struct route_figure_settings figures;
	struct fit *fit; /* by technician, as they are met */
	uint64_t *fit_of;
	size_t fits;
	struct booking_hold_row *holds;
	size_t holds_n;
	bool closed; /* the day that was looked at last: nobody works then */
};
struct booking_slot {
	struct booking_window window;
	uint64_t tech_id;
	struct str tech;
	struct lane_offer at;
	bool on_way; /* the place is known, and costs somebody who is out already a few minutes of driving */
};
/* bookings_ask -- Errors  E_NOT_FOUND off; E_INVALID "service_id" "postcode" */
must_use enum err bookings_ask(
    struct work *w, uint64_t service_id, const struct booking_place *p, struct booking_ask *out);
/*
 * bookings_slots -- the windows of a day that can be served, each with the technician for whom it
 * costs least
 *
 * out  out  room for BOOKING_WINDOWS_MAX
 */
must_use enum err bookings_slots(
    struct work *w, struct booking_ask *x, struct day day, struct booking_slot *out, size_t *n);
/* bookings_times_of -- a look at BOOKING_LOOK_DAYS from a day on; none: the first that is allowed
 */
must_use enum err bookings_times_of(
    struct work *w, struct booking_ask *x, struct maybe_day from, struct booking_times *out);

/* bookings_hold_of -- the day's guard is moved on, and the time is this visitor's for ten minutes
 */
must_use enum err bookings_hold_of(struct work *w, struct booking_ask *x, struct day day,
    uint32_t from_minute, uint64_t *id, struct booking_hold *out);
/*
 * bookings_book -- what is held becomes a customer, a place and a job
 *
 * v  in  customer_id, property_id: 0 if they are to be found or made
 */
must_use enum err bookings_book(struct work *w, uint64_t hold_id, struct booking_hold *h, const struct booking_in *in,
    struct str phone, struct str email, struct visit *v, bool *asked);
/* ---- a deposit (bookings_deposit.c) ---- */

#define BOOKING_DEPOSIT_S (45 * 60) /* then the time is free again */
struct deposit_order {
	uint64_t visit_id, bill_id;
};
extern const struct shape deposit_order_shape;
/* bookings_deposit -- what is wanted: nothing, where cards cannot be taken */
must_use enum err bookings_deposit(struct work *w, const struct booking_settings *s, int64_t *cents);
must_use enum err bookings_deposit_ask(struct work *w, const struct visit *v, struct str service, int64_t cents, uint64_t *bill_id);
/* bookings_deposit_link -- what of it is still to be paid, and where; 0, "": nothing */
must_use enum err bookings_deposit_link(struct work *w, uint64_t bill_id, int64_t *cents, struct str *url);
/* act_booking_deposit -- the job's look: paid, to be waited for, or to be given back */
must_use enum err act_booking_deposit(struct work *w, const struct deposit_order *o);
/* bookings_call_off -- the visit is off, for that reason; as the customer */
must_use enum err bookings_call_off(struct work *w, const struct booking_row *b, struct str reason);

/* ---- work that is due again (bookings_due.c) ---- */

/* act_due_work -- by the clock, once a day: to whoever a place belongs that is due, if the company's rules of messages say so */
must_use enum err act_due_work(struct work *w);
struct due_open {
	struct str company, phone, accent, currency, zone, language, service, street, city;
	int64_t price_cents, deposit_cents;
};
must_use enum err act_due_open(struct work *w, struct str token, struct due_open *out);
must_use enum err act_due_times(struct work *w, const struct booking_move_times *q, struct booking_times *out);
/* act_due_book -- Errors  E_STALE somebody else took that time, or it is booked already */
must_use enum err act_due_book(struct work *w, const struct booking_move *in, struct booked *out);

/* bookings_answer -- what whoever booked is told */
must_use enum err bookings_answer(struct work *w, const struct booking_hold *h, struct booked *out);
/* bookings_mine_ask -- the ask of what was booked: its own place in the day is free */
must_use enum err bookings_mine_ask(struct work *w, const struct booking_row *b, struct booking_ask *out);
/* bookings_move, bookings_cancel -- by whoever booked. Errors  E_STALE too late, or that time is taken */
must_use enum err bookings_move(struct work *w, const struct booking_row *b, struct day day, uint32_t from_minute, struct visit *v);
must_use enum err bookings_cancel(struct work *w, const struct booking_row *b);

/* ---- the receptionist (bookings_talk.c, bookings_guess.c) ---- */

/* What one turn asks of a language model, and what came back. */
struct reception_asking {
	enum guess_need need; /* GUESS_NONE: nothing is asked */
	struct str question, words;
	uint64_t *service;    /* what the numbers of the list stand for */
	size_t services;
	uint32_t turn;        /* of a call */
	bool heard;           /* guess is what it believes */
	struct guess guess;
	uint32_t tokens;      /* that it cost */
};
/*
 * act_reception_ask -- is a model to be asked about this text, or this turn of a call (no message)? Counted as asked,
 * before it is: the company's day has an end
 */
must_use enum err act_reception_ask(struct work *w, const struct reception_order *o, struct reception_asking *out);
/* act_reception_cost -- what it cost is written down. act_reception_believed -- a call waits for it */
must_use enum err act_reception_cost(struct work *w, uint32_t tokens);
must_use enum err act_reception_believed(struct work *w, const struct reception_order *o, const struct reception_asking *x);
/*
 * act_reception -- answer one text, once; nothing if nobody wants it, or a person has taken over
 *
 * x  in  what a model believes; NULL or not heard: rules alone
 */
must_use enum err act_reception(struct work *w, const struct reception_order *o, const struct reception_asking *x);

/* One thing said on the telephone; words "" is silence, or the call that begins. */
struct call_heard {
	struct str from, sid, words;
	struct str region; /* where the provider believes the caller is: "AZ" */
};
struct call_said {
	struct str say;
	enum language language;
	struct str ring; /* a number to connect to; "" none */
	bool over;       /* hang up */
	bool wait;       /* come again in a second: a model is being asked */
	bool record;     /* from now on */
	bool tone;       /* a message is taken after the tone */
};
/* act_reception_call -- one turn of a call; rules answer at once, a model is waited for a few seconds */
must_use enum err act_reception_call(struct work *w, const struct call_heard *in, struct call_said *out);
/* act_call_rung -- a call was passed on. answered: somebody spoke for so many seconds; else a message is taken */
must_use enum err act_call_rung(struct work *w, const struct call_heard *in, bool answered, uint32_t seconds, struct call_said *out);
/* act_call_left -- a message was left, or not: good bye */
must_use enum err act_call_left(struct work *w, const struct call_heard *in, struct call_said *out);

/* A recording that lies at the provider. */
struct recording_order {
	struct str call, recording; /* their names there */
	uint32_t seconds;
	bool left;                  /* after the tone: it waits for an answer */
};
/* act_call_recorded -- once for each: a job fetches it */
must_use enum err act_call_recorded(struct work *w, const struct recording_order *o);
struct recording_parcel {
	struct recording_order order;
	uint64_t conversation_id; /* 0: of no call of ours, or kept already: nothing is to be done */
	bool declined;            /* the caller did not want it: it is only deleted there */
	struct str bytes;         /* what came; empty: nothing did, and nothing will */
};
must_use enum err act_recording_want(struct work *w, struct str payload, struct recording_parcel *out);
must_use enum err act_recording_keep(struct work *w, const struct recording_parcel *p);

enum call_recording { RECORDING_NONE = 0, RECORDING_SAID, RECORDING_ON, RECORDING_DECLINED, RECORDINGS };

/* A turn of a call for which a model is asked. */
struct talk_pending {
	struct str words;
	uint32_t turn;
	int64_t at;
	bool answered;
	struct guess *guess; /* at most one */
	size_t guess_n;
};
/* One talk while it is looked at. */
struct reception {
	struct conversation_row c;
	struct booking_settings settings;
	struct talk talk;
	struct talk_facts facts;
	uint64_t last_id;  /* of the message that was answered last */
	uint64_t visit_id; /* the caller's next one */
	uint64_t property_id;
	struct str call; /* on the telephone: its id */
	bool same_call;
	uint32_t recording; /* enum call_recording */
	enum talk_outcome was;  /* before this turn */
	struct talk_pending *pending; /* at most one */
	size_t pending_n;
};
/* reception_read, reception_keep -- the talk of r->c. reception_facts -- what the house knows: of the company, and of this caller alone */
must_use enum err reception_read(struct work *w, struct reception *r);
must_use enum err reception_keep(struct work *w, const struct reception *r);
must_use enum err reception_facts(struct work *w, struct reception *r, enum talk_channel channel);
/*
 * reception_answer -- one turn of the talk, and all that it wants done. x: what a model believes; may be NULL
 * reception_hand_over -- what a person has to see to goes on waiting in the inbox, though it was answered
 */
must_use enum err reception_answer(struct work *w, struct reception *r, struct str words, const struct reception_asking *x, struct talk_out *out);
must_use enum err reception_hand_over(struct work *w, struct reception *r, struct str words, const struct talk_out *out);
/* reception_text -- the text that is to be answered. go: false: nobody wants that, or it was */
must_use enum err reception_text(struct work *w, const struct reception_order *o, struct reception *r, struct message_row *m, bool *go);
/* reception_may_ask -- the house has a model, the company wants it, and the day has room */
must_use enum err reception_may_ask(struct work *w, const struct reception *r, bool *may);
/* reception_used -- questions of today */
must_use enum err reception_used(struct work *w, uint32_t *questions);

must_use enum err bookings_token(
    struct work *w, enum link_purpose p, uint64_t object, int64_t ttl_s, struct str *token);
int64_t bookings_instant(const struct work *w, struct day day, uint32_t minute);

#endif
