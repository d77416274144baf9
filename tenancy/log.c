#include "tenancy/log.h"

#include <unistd.h>

static void put(struct line *l, const char *p, size_t n);
static void put_key(struct line *l, const char *key);
static void put_letter(struct line *l, unsigned char c);
static bool is_plain(struct str value);

void
line_open(struct line *l)
{
	l->n = 0;
}

/* Two bytes stay free for a closing quote and the end of the line. */
static void
put(struct line *l, const char *p, size_t n)
{
	if (n > sizeof(l->text) - 2 - l->n)
		return;
	memcpy(l->text + l->n, p, n);
	l->n += n;
}

static void
put_key(struct line *l, const char *key)
{
	if (l->n > 0)
		put(l, " ", 1);
	put(l, key, strlen(key));
	put(l, "=", 1);
}

static bool
is_plain(struct str value)
{
	size_t i;

	for (i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\')
			return false;
	}
	return value.n > 0;
}

void
line_str(struct line *l, const char *key, struct str value)
{
	size_t i;

	value = str_sub(value, 0, LOG_VALUE_MAX);
	/* Whole values or none: a cut escape would swallow the closing quote. */
	if (l->n + strlen(key) + 4 * value.n + 4 > sizeof(l->text) - 2)
		return;
	put_key(l, key);
	if (is_plain(value)) {
		put(l, value.p, value.n);
		return;
	}
	put(l, "\"", 1);
	for (i = 0; i < value.n; i++)
		put_letter(l, (unsigned char)value.p[i]);
	put(l, "\"", 1);
}

static void
put_letter(struct line *l, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char escaped[4] = {'\\', 'x', hex[c >> 4], hex[c & 15]};
	char kept = (char)c;

	if (c == '"' || c == '\\') {
		put(l, "\\", 1);
		put(l, &kept, 1);
	} else if (c < 0x20 || c >= 0x7f) {
		put(l, escaped, sizeof(escaped));
	} else {
		put(l, &kept, 1);
	}
}

void
line_i64(struct line *l, const char *key, int64_t v)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%lld", (long long)v);

	put_key(l, key);
	put(l, text, (size_t)n);
}

void
line_ms(struct line *l, const char *key, int64_t us)
{
	char text[32];
	int n = snprintf(
	    text, sizeof(text), "%lld.%lld", (long long)(us / 1000), (long long)(us / 100 % 10));

	put_key(l, key);
	put(l, text, (size_t)n);
}

void
line_fault(struct line *l, const struct fault *f)
{
	char place[120];

	if (f->err == OK)
		return;
	line_str(l, "err", str_of(err_name(f->err)));
	if (f->field != NULL)
		line_str(l, "field", str_of(f->field));
	if ((f->err != E_BUG && f->err != E_AWAY) || f->file == NULL)
		return;
	snprintf(place, sizeof(place), "%s:%d", f->file, f->line);
	line_str(l, "at", str_of(place));
	/* The sentence without its values: those may be a person's data. */
	if (f->why != NULL)
		line_str(l, "why", str_of(f->why));
}

void
line_write(struct line *l)
{
	l->text[l->n] = '\n';
	/* A log that cannot be written has nobody to be told. */
	if (write(STDERR_FILENO, l->text, l->n + 1) < 0)
		return;
}

void
log_note(const char *who, const char *what, int64_t number)
{
	struct line l;

	line_open(&l);
	line_str(&l, "who", str_of(who));
	line_str(&l, "what", str_of(what));
	line_i64(&l, "n", number);
	line_write(&l);
}

int64_t
mono_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
