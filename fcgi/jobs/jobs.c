/*
 * fcgi/jobs/jobs.c -- the list of jobs, and a job worker's day.
 *
 * 1. The due list (control schema) says where to look first. It is a hint: it may be late, wrong or
 * lost.
 * 2. The sweep looks at every live company once a minute, and plans the clockwork. It is the net.
 * 3. Fair: a company gets a slice of a few jobs, then goes to the end of the list. Ten thousand
 * mails of one company delay another's by one slice, whatever the number.
 */
#include "fcgi/jobs/jobs.h"

#include <link.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "domain/messaging/occasion.h"
#include "domain/messaging/template.h"
#include "fcgi/http/metrics.h"
#include "fcgi/jobs/chores.h"
#include "fcgi/jobs/clock.h"
#include "fcgi/jobs/list.h"
#include "fcgi/jobs/queue.h"
#include "fcgi/jobs/runner.h"
#include "fcgi/jobs/spool.h"
#include "fcgi/jobs/wake.h"
#include "sql/control/queries/due.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/log.h"

const struct job *const job_list[] = {
    &job_mail,
    &job_reset_letter,
    &job_portal_letter, &job_portal_text,
    &job_housekeeping,
    &job_company_mirror,
    &job_standing,
    &job_visits,
    &job_bill_visit,
    &job_called_off,
    &job_months,
    &job_paper, &job_bill_draft,
    &job_dunning,
    &job_bill_run,
    &job_bill_day,
    &job_photo,
    &job_photo_sweep,
    &job_prices,
    &job_cards,
    &job_import,
    &job_edit,
    &job_record,
    &job_live,
    &job_push,
    &job_sms, &job_call, &job_machine, &job_mail_in, &job_media_in, &job_sender_check, &job_domain_check, &job_message, &job_receipt,
    &job_fact, &job_tomorrow, &job_win_back, &job_broadcast,
    &job_brief,
    &job_late,
    &job_assign,
    &job_routes,
    &job_routes_publish,
    &job_roads,
    &job_processor_connect, &job_payment_page, &job_payment_charge, &job_payment_look, &job_payment_refund,
    &job_method_drop, &job_payment_sweep, &job_autopay, &job_autopay_one, &job_autopay_again, &job_autopay_notice, &job_processor_check,
    &job_subscription_page, &job_subscription_look,
    &job_places,
    &job_home,
    &job_reception,
    &job_recording,
    &job_booking_deposit,
    &job_due_work,
    &job_dayseal,
    NULL,
};

/* A slice: a few quick jobs, or as long as one slow one takes. */
#define SLICE_JOBS     8
#define SLICE_MS       2000
#define SWEEP_EVERY_MS 60000
/* A company that cannot be served (migrating, suspended, away) is asked again after this. */
#define AWAY_S       10
#define SLEEP_MAX_MS 60000
#define WORK_FIRST   (256 * 1024)
#define WORK_CEILING (64 * 1024 * 1024)
#define LIST_CEILING (1024 * 1024)
/* When a worker that has done some work is too large to sleep: a whole one may weigh 2.5 MB, and starts with about 1.5. */
#define GROWN_KB 384
/* "All clockwork of this company is planned until then": forgetting costs one query. */
#define PLANS 1024

struct plan {
	uint64_t tenant;
	int64_t until; /* seconds UTC */
};

struct loop {
	struct runner runner;
	struct wake wake;
	struct cdb *control;               /* of this turn */
	struct arena *list;                /* rows of the due list or of the sweep */
	int64_t sweep_at_ms, chores_at_ms; /* monotonic */
	bool sweeping;
	uint64_t swept; /* the last company of the sweep under way */
	bool away;      /* the database was away in the last turn: say it once */
	struct plan plan[PLANS];
};

static enum err check_tables(struct fault *f);
static void day(struct loop *l);
static bool turn(struct loop *l, int64_t *sleep_ms);
static enum err work_due(struct loop *l, int64_t now, unsigned *done);
static enum err visit(struct loop *l, const struct due_row *due, int64_t now, unsigned *done);
static enum err slice(struct loop *l, const struct tenant *t, unsigned *done);
static enum err
put_back(struct loop *l, const struct due_row *due, const struct tenant *t, unsigned done);
static enum err sweep_page(struct loop *l, int64_t now);
static enum err sweep_one(struct loop *l, uint64_t id, int64_t now);
static enum err plan_clockwork(struct loop *l, struct work *w, int64_t *until);
static enum err find(struct loop *l, uint64_t id, int64_t now, struct tenant *t);
static int64_t until_next(struct loop *l);
static void say(const char *verb, const struct fault *f);
static int64_t mono_ms(void);
static int64_t now_s(void);

int
jobs_main(struct house *h)
{
	struct fault f = {0};
	struct loop *l = arena_new(h->proc, struct loop);

	if (check_tables(&f) != OK) {
		say("jobs.start", &f);
		return 1;
	}
	l->runner = (struct runner){
	    .house = h,
	    .arena = arena_open(WORK_FIRST, WORK_CEILING, NULL),
	    .list = job_list,
	};
	l->list = arena_open(64 * 1024, LIST_CEILING, NULL);
	wake_open(&l->wake, h->config);
	day(l);
	wake_close(&l->wake);
	arena_close(l->list);
	arena_close(l->runner.arena);
	return 0;
}

static enum err
check_tables(struct fault *f)
{
	const char *wrong = job_law(job_list);

	if (wrong)
		return fail(f, E_BUG, "jobs", "%s", wrong);
	TRY(template_check_all(f));
	return occasion_check_all(f);
}

/*
 * Jobs differ so much in size that the heap ends in pieces which cannot be given back, and a letter brings what libcurl
 * and OpenSSL keep. Whoever has grown by GROWN_KB since the morning goes home before going to sleep; the master has a
 * fresh one at once. Only pages of its own count: what is mapped from files is one copy for the whole house.
 */
static long
own_kb(void)
{
	FILE *f = fopen("/proc/self/statm", "re");
	long total, resident, shared, own = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "%ld %ld %ld", &total, &resident, &shared) == 3)
		own = resident - shared;
	fclose(f);
	return own * (sysconf(_SC_PAGESIZE) / 1024);
}

/* Code and constants of one program or library, if no page of them can have been written: they come back from the file. */
static int
let_go(struct dl_phdr_info *of, size_t size, void *none)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

	(void)size;
	(void)none;
	for (unsigned i = 0; i < of->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &of->dlpi_phdr[i];
		const uintptr_t from = (of->dlpi_addr + part->p_vaddr) & ~(page - 1);
		const uintptr_t to = of->dlpi_addr + part->p_vaddr + part->p_memsz;

		if (part->p_type == PT_LOAD && !(part->p_flags & PF_W))
			(void)madvise((void *)from, to - from, MADV_DONTNEED);
	}
	return 0;
}

static void
day(struct loop *l)
{
	const long morning = own_kb();

	while (!wake_stop() && l->runner.works < l->runner.house->config->worker_works) {
		int64_t sleep_ms = 0;

		if (turn(l, &sleep_ms))
			continue;
		/* Whoever sleeps holds nothing of the last job; and what the libraries of a call or two left in pieces. */
		arena_reset(l->list);
		arena_reset(l->runner.arena);
		malloc_trim(0);
		/* Nor what only this worker has open of the libraries: libcurl, libssh2, half of libcrypto. */
		dl_iterate_phdr(let_go, NULL);
		if (l->runner.works > 0 && own_kb() > morning + GROWN_KB)
			return;
		wake_sleep(&l->wake, sleep_ms);
	}
}

/* turn -- true if there may be more to do at once; else *sleep_ms says how long there is not */
static bool
turn(struct loop *l, int64_t *sleep_ms)
{
	struct fault f = {0};
	unsigned done = 0;
	bool more = false;
	enum err e = house_control(l->runner.house, &l->control, &f);

	if (e == OK)
		more = spool_run(&l->runner);
	if (e == OK)
		e = work_due(l, now_s(), &done);
	if (e == OK && mono_ms() >= l->chores_at_ms) {
		chores_run(&l->runner);
		l->chores_at_ms = mono_ms() + CHORES_EVERY_S * 1000;
		e = house_control(l->runner.house, &l->control, &f);
	}
	if (e == OK && !l->sweeping && mono_ms() >= l->sweep_at_ms) {
		l->sweeping = true;
		l->swept = 0;
		l->sweep_at_ms = mono_ms() + SWEEP_EVERY_MS;
	}
	if (e == OK && l->sweeping)
		e = sweep_page(l, now_s());
	if (e != OK) {
		f.err = e;
		if (!l->away)
			say("jobs.turn", &f);
		l->away = true;
		*sleep_ms = WAKE_ALONE_MS;
		return false;
	}
	l->away = false;
	if (done || l->sweeping || more)
		return true;
	*sleep_ms = until_next(l);
	return *sleep_ms <= 0;
}

static enum err
work_due(struct loop *l, int64_t now, unsigned *done)
{
	struct due_row *due;
	size_t n;

	arena_reset(l->list);
	TRY(sql_dues_until(l->control, now, l->list, &due, &n));
	for (size_t i = 0; i < n && !wake_stop(); i++)
		TRY(visit(l, &due[i], now, done));
	return OK;
}

/* A company's failure is its own: only the control schema's ends the turn. */
static enum err
visit(struct loop *l, const struct due_row *due, int64_t now, unsigned *done)
{
	struct tenant t;
	uint64_t changed;
	unsigned mine = 0;
	enum err e = find(l, due->tenant_id, now, &t);

	if (e == E_NOT_FOUND || (e == OK && t.status >= TENANT_DELETING))
		return sql_due_forget(l->control, due->tenant_id, &changed);
	if (e != OK)
		return e;
	e = t.status == TENANT_LIVE ? slice(l, &t, &mine) : E_AWAY;
	*done += mine;
	if (e == OK)
		e = put_back(l, due, &t, mine);
	if (e == OK)
		return OK;
	/* A sign-up's first letter is written a moment before its company is live: look again at
	 * once. */
	return sql_due_move(l->control, due->tenant_id, due->version,
	    now + (t.status == TENANT_CLAIMED ? 1 : AWAY_S), &changed);
}

static enum err
slice(struct loop *l, const struct tenant *t, unsigned *done)
{
	const int64_t end_ms = mono_ms() + SLICE_MS;

	while (*done < SLICE_JOBS && mono_ms() < end_ms && !wake_stop()) {
		bool did;

		TRY(runner_one(&l->runner, t, &did));
		if (!did)
			return OK;
		(*done)++;
	}
	return OK;
}

/* put_back -- where the company stands in the list from now on; who hinted meanwhile has the last
 * word */
static enum err
put_back(struct loop *l, const struct due_row *due, const struct tenant *t, unsigned done)
{
	bool any = false;
	int64_t at = 0;
	uint64_t changed;
	struct desk d;
	struct work w;
	enum err e;

	arena_reset(l->runner.arena);
	runner_desk(&l->runner, 0, &d);
	TRY(work_open(&d, t, DB_READ_ONLY, &w));
	e = queue_next_due(&w, &any, &at);
	TRY(work_close(&w, e));
	if (!any)
		return sql_due_clear(l->control, due->tenant_id, due->version, &changed);
	/* Due, yet none could be claimed: another worker is at it. Not sooner than in a second. */
	if (at <= d.now)
		at = d.now + (done ? 0 : 1);
	return sql_due_move(l->control, due->tenant_id, due->version, at, &changed);
}

static enum err
sweep_page(struct loop *l, int64_t now)
{
	struct tenant_ref *ref;
	size_t n;

	arena_reset(l->list);
	TRY(sql_tenant_refs_after(l->control, TENANT_LIVE, l->swept, l->list, &ref, &n));
	for (size_t i = 0; i < n && !wake_stop(); i++) {
		enum err e;

		metrics_add(METRIC_SWEPT, 1);
		e = sweep_one(l, ref[i].id, now);
		if (e == E_AWAY && cdb_lost(l->control))
			return e;
		l->swept = ref[i].id;
	}
	if (n == 0)
		l->sweeping = false;
	return OK;
}

static enum err
sweep_one(struct loop *l, uint64_t id, int64_t now)
{
	struct plan *plan = &l->plan[id % PLANS];
	bool to_plan = plan->tenant != id || plan->until <= now, any = false;
	int64_t at = 0, until = INT64_MAX;
	uint64_t changed;
	struct tenant t;
	struct desk d;
	struct work w;
	enum err e;

	TRY(find(l, id, now, &t));
	if (t.status != TENANT_LIVE || !tenant_current(&t))
		return OK;
	arena_reset(l->runner.arena);
	runner_desk(&l->runner, 0, &d);
	TRY(work_open(&d, &t, to_plan ? DB_WRITE : DB_READ_ONLY, &w));
	e = to_plan ? plan_clockwork(l, &w, &until) : OK;
	if (e == OK)
		e = queue_next_due(&w, &any, &at);
	TRY(work_close(&w, e));
	if (to_plan)
		*plan = (struct plan){id, until};
	/* What falls due later than the next sweep is found by that one. */
	if (any && at <= now + SWEEP_EVERY_MS / 1000)
		return sql_due_hint(l->control, id, at, &changed);
	return OK;
}

static enum err
plan_clockwork(struct loop *l, struct work *w, int64_t *until)
{
	for (const struct job *const *j = l->runner.list; *j; j++) {
		unsigned minutes;
		struct occurrence o;

		if (!(*j)->at_local || !clock_read((*j)->at_local, &minutes))
			continue;
		o = clock_next(w->tenant->zone, w->now, minutes);
		TRY(queue_plan(w, (*j)->kind, o.day, o.at));
		if (o.at < *until)
			*until = o.at;
	}
	return OK;
}

/* The cache's tenant is borrowed until its next question: a copy. */
static enum err
find(struct loop *l, uint64_t id, int64_t now, struct tenant *t)
{
	struct fault f = {0};
	const struct tenant *found;
	enum err e = tenant_of_id(l->runner.house->tenants, l->control, id, now, &found, &f);

	cdb_fault(l->control, NULL);
	if (e == OK)
		*t = *found;
	return e;
}

static int64_t
until_next(struct loop *l)
{
	struct due_row *first = NULL;
	int64_t ms = SLEEP_MAX_MS, now_ms, s;

	arena_reset(l->list);
	if (sql_due_first(l->control, l->list, &first) != OK)
		return WAKE_ALONE_MS;
	now_read(&s, &now_ms);
	if (first && first->at * 1000 - now_ms < ms)
		ms = first->at * 1000 - now_ms;
	if (l->sweep_at_ms - mono_ms() < ms)
		ms = l->sweep_at_ms - mono_ms();
	if (l->chores_at_ms - mono_ms() < ms)
		ms = l->chores_at_ms - mono_ms();
	return ms;
}

static int64_t
now_s(void)
{
	int64_t s, ms;

	now_read(&s, &ms);
	return s;
}

static void
say(const char *verb, const struct fault *f)
{
	struct line l;

	line_open(&l);
	line_str(&l, "verb", str_of(verb));
	line_fault(&l, f);
	line_write(&l);
}

static int64_t
mono_ms(void)
{
	return mono_us() / 1000;
}
