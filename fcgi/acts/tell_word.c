/*
 * fcgi/acts/tell_word.c -- words to our own people: a push to their phones, a text to their number.
 */
#include "fcgi/acts/tell_word.h"

#include "fcgi/acts/tell.h"

#include "fcgi/acts/tell_alert.h"
#include "fcgi/acts/tell_day.h"
#include "sql/tenant/queries/sync.h"

static const struct field push_order_fields[] = {FIELD_ID(struct push_order, device_id),
	FIELD_TEXT(struct push_order, title, 1, 120), FIELD_LINES(struct push_order, body, 0, 600),
	FIELD_TEXT(struct push_order, path, 0, 200), FIELD_TEXT(struct push_order, topic, 0, 32), FIELD_END};
const struct shape push_order_shape = {"PushOrder", sizeof(struct push_order), push_order_fields};

static const struct field sms_order_fields[] = {
	FIELD_TEXT(struct sms_order, to, 3, 24), FIELD_LINES(struct sms_order, text, 1, 1600), FIELD_END};
const struct shape sms_order_shape = {"SmsOrder", sizeof(struct sms_order), sms_order_fields};

static const char *const language_names[] = {"en", "es", NULL};
static const struct field call_order_fields[] = {FIELD_TEXT(struct call_order, to, 3, 24),
	FIELD_LINES(struct call_order, text, 1, 1600), FIELD_ENUM(struct call_order, language, language_names), FIELD_END};
const struct shape call_order_shape = {"CallOrder", sizeof(struct call_order), call_order_fields};

#define WATCH_S 300
struct watch {
	int64_t at;
};

static const char *const news_names[] = {"", "new", "changed", "gone", "many", NULL};
static const struct field brief_order_fields[] = {FIELD_ID(struct brief_order, tech_id),
	FIELD_DAY(struct brief_order, day), FIELD_INT(struct brief_order, version, 1, INT32_MAX),
	FIELD_ENUM(struct brief_order, news, news_names), FIELD_MAYBE_ID(struct brief_order, visit_id),
	FIELD_INT(struct brief_order, step, 0, 2), FIELD_END};
const struct shape brief_order_shape = {"BriefOrder", sizeof(struct brief_order), brief_order_fields};

enum err
tell_push(struct work *w, uint64_t staff_id, const struct push_word *what, size_t *phones)
{
	struct device_push_row *rows;
	size_t n;

	TRY(sql_devices_pushed(w->db, staff_id, w->now, w->arena, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		const struct push_order o = {rows[i].id, audit_cut(w->arena, what->title, 120),
		    audit_cut(w->arena, what->body, 600), what->path, what->topic};

		TRY(tell(w, "push", &push_order_shape, &o));
	}
	if (phones != NULL)
		*phones = n;
	return OK;
}

enum err
tell_sms(struct work *w, struct str to, struct str text)
{
	struct sms_order o = {.text = audit_cut(w->arena, text, 700)};
	struct str extension;

	/* An extension is for voices. */
	o.to = str_cut(to, 'x', &extension);
	if (o.to.n == 0 || w->house->config->sms_url == NULL || *w->house->config->sms_url == '\0')
		return OK;
	return tell(w, "sms", &sms_order_shape, &o);
}

enum err
tell_call(struct work *w, struct str to, struct str text, enum language l)
{
	const struct call_order o = {to, audit_cut(w->arena, text, 700), l};

	if (to.n == 0 || str_find(to, 'x') < to.n || w->house->config->sms_url == NULL || *w->house->config->sms_url == '\0')
		return OK;
	return tell(w, "call", &call_order_shape, &o);
}

enum err
tell_watch(struct work *w, int64_t at)
{
	static const struct field fields[] = {FIELD_TIME(struct watch, at), FIELD_END};
	static const struct shape shape = {"WatchOrder", sizeof(struct watch), fields};
	const struct str key = str_printf(w->arena, "late:%lld", (long long)(at / WATCH_S));

	return tell_once(w, "late", key, &shape, &(struct watch){at}, at);
}
