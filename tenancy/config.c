/*
 * tenancy/config.c -- the table of settings, and the two places where their values come from.
 *
 * How to add one: a member in config.h, a line in `settings`. The names of the environment, the file's
 * keys, bounds, defaults and the printed help all follow from that line.
 */
#include "tenancy/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_DEFAULT_FILE "/etc/poolhouse/poolhouse.conf"
#define PASSWORD_LIST_FILE "/usr/share/dict/cracklib-small" /* Debian's cracklib-runtime */
#define SETTINGS_MAX 80

enum setting_kind { TEXT = 1, NUMBER, SWITCH };

struct setting {
	const char *key;
	enum setting_kind kind;
	size_t offset;
	const char *preset; /* NULL: setting_preset finds it out at run time */
	uint32_t min, max;  /* of a NUMBER; of a TEXT's length, 0 = CONFIG_VALUE_MAX */
	bool secret;        /* printed as ***, and <key>_file may name a file that holds it */
	const char *help;
};

#define AT(m) #m, .offset = offsetof(struct config, m)
#define TEXT_(m, d, h) {.key = AT(m), .kind = TEXT, .preset = (d), .help = (h)}
#define SECRET_(m, h) {.key = AT(m), .kind = TEXT, .preset = "", .secret = true, .help = (h)}
#define NUMBER_(m, d, lo, hi, h) {.key = AT(m), .kind = NUMBER, .preset = (d), .min = (lo), .max = (hi), .help = (h)}
#define SWITCH_(m, d, h) {.key = AT(m), .kind = SWITCH, .preset = (d), .help = (h)}

static const struct setting settings[] = {
	TEXT_(db_socket, "/run/mysqld/mysqld.sock", "the database's unix socket; empty: db_host and db_port"),
	TEXT_(db_host, "127.0.0.1", "the database's host, if db_socket is empty"),
	NUMBER_(db_port, "3306", 1, 65535, "the database's port, if db_socket is empty"),
	TEXT_(db_prefix, "pool_", "how the names of our schemas and accounts begin"),
	TEXT_(db_operator, NULL, "poolctl's database account; by default the OS user, by unix_socket"),
	SECRET_(db_operator_password, "poolctl's database password; empty: unix_socket"),
	TEXT_(master_key_file, "/etc/poolhouse/master.key", "the root key: 64 hex digits, readable by its owner only"),
	TEXT_(run_dir, "", "folder of the sockets web.sock, auth.sock, jobs.sock and of pid files"),
	TEXT_(data_dir, "/var/lib/poolhouse", "folder of companies' files and exports"),
	TEXT_(press, NULL, "the program that draws photos and papers; by default poolpress, beside the program that asks"),
	NUMBER_(web_workers, "4", 1, 64, "processes of `poold web`"),
	NUMBER_(auth_workers, NULL, 1, 64, "processes of `poold auth`: passwords checked at one time; by default one per core"),
	NUMBER_(jobs_workers, "1", 1, 16, "processes of `poold jobs`"),
	NUMBER_(coats, "4", 1, COATS_MAX, "companies that a worker of `poold web` keeps connections of, one each"),
	NUMBER_(worker_works, "20000", 1, 1000000000, "a worker retires after so many pieces of work"),
	TEXT_(base_url, "http://localhost:8080", "the site's address; a company lives at <slug>.<domain>"),
	TEXT_(certificate_file, "", "TLS certificate that nginx serves, for poolctl health; empty: certbot's for the domain"),
	SWITCH_(dev, "0", "1 in development: links in the log, cookies that work without TLS"),
	TEXT_(live_url, "", "where hints for open pages are published (nginx/private.conf): http://127.0.0.1:9180/publish; empty: pages ask by the clock"),
	TEXT_(smtp_url, "", "where mail goes: smtp://host:port or smtps://host; empty: mail waits"),
	TEXT_(smtp_user, "", "account at the mail server"),
	SECRET_(smtp_password, "password at the mail server"),
	TEXT_(mail_from, "Poolhouse <no-reply@localhost>", "sender of our mail"),
	TEXT_(mail_in, "", "domain that customers' mails come in at, as in.example.org; its MX leads to whoever hands them to us; empty: none come in"),
	SECRET_(mail_in_secret, "what signs mails that a provider posts to /api/hook/mail (Mailgun's signing key); empty: none does"),
	SECRET_(mail_in_login, "what Postmark signs in with when it posts mails and returns, as name:password; empty: it does not"),
	TEXT_(mail_relay, "", "whose smtp_url is: postmark, to which a mail says what its returns are to name; empty: any other"),
	TEXT_(name_server, "", "whom jobs ask for records of companies' own domains, as 127.0.0.1:53; empty: the system's resolver"),
	TEXT_(push_contact, "", "whom a push service may write to: mailto:you@company.example or https://...; empty: base_url"),
	TEXT_(push_url, "", "an own push service, whose addresses may be on a private network; empty: public ones only"),
	TEXT_(sms_url, "", "where text messages go, in Twilio's format: https://api.twilio.com; empty: none are sent"),
	TEXT_(sms_account, "", "account there (AccountSid)"),
	SECRET_(sms_token, "password of that account (AuthToken)"),
	TEXT_(sms_from, "", "the number that texts come from (+1...), or a messaging service (MG...)"),
	TEXT_(model_url, "", "a language model for the receptionist, in OpenAI's format: https://api.openai.com/v1; empty: rules alone"),
	SECRET_(model_key, "key of that model"),
	TEXT_(model_name, "", "which model is asked there"),
	SWITCH_(model_completion_tokens, "0", "1 if it wants max_completion_tokens instead of max_tokens"),
	NUMBER_(model_wait_ms, "8000", 500, 20000, "so long it is waited for; then the rules answer"),
	NUMBER_(model_day_questions, "200", 0, 1000000, "questions that a company may cost there in a day"),
	NUMBER_(model_day_tokens, "200000", 0, 2000000000, "tokens that a company may cost there in a day"),
	TEXT_(geo_city_file, "", "MaxMind DB of cities: country and time zone of an address; empty: off"),
	TEXT_(geo_anonymous_file, "", "MaxMind DB of anonymous networks; empty: off"),
	TEXT_(roads_url, "", "road map that speaks OSRM (http://127.0.0.1:5000); empty: driving times are estimated"),
	TEXT_(tiles_url, "", "streets behind routes: https://tiles.example/{z}/{x}/{y}.png; the same host as TILES of ops/nginx.sh; empty: none"),
	TEXT_(tiles_credit, "", "what the maker of those pictures wants to be said beside them"),
	TEXT_(geocoder, "", "who finds addresses on the map: nominatim or census (US only); empty: nobody"),
	TEXT_(geocoder_url, "", "its address, e.g. https://geocoding.geo.census.gov/geocoder"),
	NUMBER_(geocoder_per_minute, "50", 1, 6000, "questions to it in a minute, of this machine; a public Nominatim allows 60"),
	TEXT_(stripe_url, "https://api.stripe.com", "the payment provider's address"),
	SECRET_(stripe_key, "our key at Stripe (sk_...); empty: customers cannot pay by card"),
	SECRET_(stripe_webhook_secret, "what signs its messages (whsec_...); several with commas, while one takes over"),
	TEXT_(stripe_version, "2026-08-26.dahlia", "the version of its interface that we speak"),
	NUMBER_(plan_cents, "0", 0, 100000000, "what a company pays this house each month, in cents, for everything; 0: nothing"),
	TEXT_(plan_currency, "USD", "the currency of that"),
	NUMBER_(plan_trial_days, "30", 0, 3650, "days that a new company pays nothing"),
	TEXT_(zoneinfo_dir, "/usr/share/zoneinfo", "folder of the system's time zones"),
	TEXT_(password_list, NULL, "common passwords, one a line; by default Debian's cracklib-small if it is there; empty: only the built-in few"),
	NUMBER_(company_cache_s, "30", 1, 300, "seconds that a worker believes what it read of a company: suspended, behind, paid"),
	NUMBER_(spares, "20", 1, 1000, "ready-made schemas that wait for sign-ups"),
	NUMBER_(signups_per_address_hour, "5", 1, 1000000, "sign-ups from one address (/64 for IPv6) in an hour"),
	NUMBER_(signups_per_network_hour, "30", 1, 1000000, "sign-ups from one network (/24, /48) in an hour"),
	NUMBER_(guesses_per_address_quarter, "150", 1, 1000000, "passwords, codes and links tried from one address in a quarter of an hour"),
	NUMBER_(guesses_per_network_quarter, "600", 1, 1000000, "the same from one network"),
	NUMBER_(letters_per_address_hour, "60", 1, 1000000, "letters with links asked for from one address in an hour"),
	NUMBER_(letters_per_network_hour, "240", 1, 1000000, "the same from one network"),
};
#define SETTINGS (sizeof(settings) / sizeof(settings[0]))
_Static_assert(SETTINGS <= SETTINGS_MAX, "the table of settings has outgrown its ceiling");

/* Where a setting's text stands while the sources are read. */
struct draft {
	struct str value;
	bool given;      /* by the environment or the file */
	const char *whence;
};

struct zone_cache {
	struct arena *arena;
	const char *dir;
	size_t n;
	const struct zone *zone[CONFIG_ZONES];
};

static void read_environment(struct arena *a, struct draft *d, struct draft *d_file);
static enum err read_file(const char *file, struct arena *a, struct draft *d, struct draft *d_file,
    struct fault *f);
static enum err read_line(const char *file, int line, struct str text, struct arena *a,
    struct draft *d, struct draft *d_file, struct fault *f);
static enum err read_secret(const struct setting *s, const struct draft *from, struct arena *a,
    struct draft *to, struct fault *f);
static struct str beside_us(struct arena *a, const char *name);
static struct str setting_preset(const struct setting *s, struct arena *a);
static enum err setting_store(const struct setting *s, const struct draft *d, struct arena *a,
    struct config *out, struct fault *f);
static enum err check_whole(const struct config *c, struct fault *f);
static enum err read_small_file(const char *path, char *out, size_t max, size_t *n);
static void setting_write(const struct setting *s, const struct config *c, struct buf *out);

enum err
config_load(const char *file, struct arena *a, struct config *out, struct fault *f)
{
	struct draft d[SETTINGS_MAX] = {{{NULL, 0}, false, NULL}};
	struct draft d_file[SETTINGS_MAX] = {{{NULL, 0}, false, NULL}};
	struct config c = {0};

	if (file == NULL)
		file = getenv("POOL_CONFIG");
	if (file != NULL && file[0] != '\0')
		TRY(read_file(file, a, d, d_file, f));
	else if (access(CONFIG_DEFAULT_FILE, F_OK) == 0)
		TRY(read_file(CONFIG_DEFAULT_FILE, a, d, d_file, f));
	read_environment(a, d, d_file);
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];

		if (d_file[i].given)
			TRY(read_secret(s, &d_file[i], a, &d[i], f));
		if (!d[i].given) {
			d[i].value = setting_preset(s, a);
			d[i].whence = "its default";
		}
		TRY(setting_store(s, &d[i], a, &c, f));
	}
	TRY(check_whole(&c, f));
	c.zones = arena_new(a, struct zone_cache);
	c.zones->arena = a;
	c.zones->dir = c.zoneinfo_dir;
	*out = c;
	return OK;
}

/* The environment overrides a file's line of the same setting, whichever way either gives a secret. */
static void
read_environment(struct arena *a, struct draft *d, struct draft *d_file)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		char name[64];
		size_t n = (size_t)snprintf(name, sizeof(name) - 8, "POOL_%s", settings[i].key);
		const char *value, *value_file = NULL;

		for (size_t j = 0; j < n; j++)
			name[j] = (char)toupper((unsigned char)name[j]);
		value = getenv(name);
		if (settings[i].secret) {
			memcpy(name + n, "_FILE", sizeof("_FILE"));
			value_file = getenv(name);
		}
		if (value == NULL && value_file == NULL)
			continue;
		d[i] = (struct draft){str_copy(a, str_of(value)), value != NULL, "the environment"};
		d_file[i] = (struct draft){
		    str_copy(a, str_of(value_file)), value_file != NULL, "the environment"};
	}
}

static enum err
read_file(const char *file, struct arena *a, struct draft *d, struct draft *d_file, struct fault *f)
{
	FILE *in = fopen(file, "re");
	char line[CONFIG_LINE_MAX];
	enum err e = OK;

	if (in == NULL)
		return fail(f, E_INVALID, "config", "The configuration file %s cannot be read: %s.",
		    file, strerror(errno));
	for (int n = 1; e == OK && fgets(line, sizeof(line), in) != NULL; n++) {
		size_t length = strlen(line);

		if (n > CONFIG_FILE_LINES)
			e = fail(f, E_INVALID, "config", "%s has more than %d lines.", file,
			    CONFIG_FILE_LINES);
		else if (length + 1 == sizeof(line) && line[length - 1] != '\n')
			e = fail(f, E_INVALID, "config", "%s, line %d: longer than %d bytes.", file,
			    n, CONFIG_LINE_MAX);
		else
			e = read_line(file, n, (struct str){line, length}, a, d, d_file, f);
	}
	if (e == OK && ferror(in))
		e = fail(f, E_INVALID, "config", "The configuration file %s cannot be read: %s.",
		    file, strerror(errno));
	(void)fclose(in);
	return e;
}

static enum err
read_line(const char *file, int line, struct str text, struct arena *a, struct draft *d,
    struct draft *d_file, struct fault *f)
{
	struct str value, key;

	text = str_trim(text);
	if (text.n == 0 || text.p[0] == '#')
		return OK;
	key = str_trim(str_cut(text, '=', &value));
	if (value.p == NULL)
		return fail(
		    f, E_INVALID, "config", "%s, line %d: expected `key = value`.", file, line);
	for (size_t i = 0; i < SETTINGS; i++) {
		struct str name = str_of(settings[i].key);
		bool plain = str_eq(key, name);
		bool by_file = settings[i].secret && str_starts(key, name) &&
		    str_eq(str_sub(key, name.n, key.n), STR("_file"));
		struct draft *to = plain ? &d[i] : &d_file[i];

		if (!plain && !by_file)
			continue;
		if (to->given)
			return fail(f, E_INVALID, settings[i].key,
			    "%s, line %d: %.*s is set a second time.", file, line, STR_ARG(key));
		*to = (struct draft){str_copy(a, str_trim(value)), true, "the configuration file"};
		return OK;
	}
	return fail(f, E_INVALID, "config", "%s, line %d: there is no setting %.*s.", file, line,
	    STR_ARG(key));
}

static enum err
read_secret(const struct setting *s, const struct draft *from, struct arena *a, struct draft *to,
    struct fault *f)
{
	char text[CONFIG_VALUE_MAX + 2];
	const char *path = from->value.n > 0 ? from->value.p : "";
	size_t n;

	if (to->given)
		return fail(f, E_INVALID, s->key,
		    "%s and %s_file are both set: one of them must go.", s->key, s->key);
	if (read_small_file(path, text, sizeof(text), &n) != OK)
		return fail(f, E_INVALID, s->key,
		    "%s_file: %s cannot be read, or is larger than a secret.", s->key, path);
	*to = (struct draft){str_copy(a, str_trim((struct str){text, n})), true, "its file"};
	explicit_bzero(text, sizeof(text));
	return OK;
}

/* Also when a release has just put other programs in our place. */
static struct str
beside_us(struct arena *a, const char *name)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *last;

	path[n > 0 ? n : 0] = '\0';
	last = strrchr(path, '/');
	return str_printf(a, "%.*s%s", last == NULL ? 0 : (int)(last - path + 1), path, name);
}

/* The defaults that depend on the machine. */
static struct str
setting_preset(const struct setting *s, struct arena *a)
{
	if (s->preset != NULL)
		return str_of(s->preset);
	if (s->offset == offsetof(struct config, auth_workers)) {
		long cores = sysconf(_SC_NPROCESSORS_ONLN);

		return str_printf(a, "%ld", cores < 1 ? 1L : cores > 64 ? 64L : cores);
	}
	if (s->offset == offsetof(struct config, password_list))
		return access(PASSWORD_LIST_FILE, R_OK) == 0 ? STR(PASSWORD_LIST_FILE) : STR("");
	if (s->offset == offsetof(struct config, press))
		return beside_us(a, "poolpress");
	const struct passwd *who = getpwuid(geteuid());

	return who != NULL ? str_copy(a, str_of(who->pw_name)) : STR("root");
}

static enum err
setting_store(const struct setting *s, const struct draft *d, struct arena *a, struct config *out,
    struct fault *f)
{
	char *member = (char *)out + s->offset;
	uint64_t n;

	if (d->value.n > CONFIG_VALUE_MAX ||
	    memchr(d->value.p != NULL ? d->value.p : "", '\n', d->value.n) != NULL)
		return fail(f, E_INVALID, s->key,
		    "%s from %s is too long, or has more than one line.", s->key, d->whence);
	switch (s->kind) {
	case TEXT:
		*(const char **)(void *)member = str_copy(a, d->value).p;
		return OK;
	case NUMBER:
		if (!str_u64(d->value, &n) || n < s->min || n > s->max)
			return fail(f, E_INVALID, s->key,
			    "%s from %s must be a number from %u to %u.", s->key, d->whence, s->min,
			    s->max);
		*(uint32_t *)(void *)member = (uint32_t)n;
		return OK;
	case SWITCH:
		if (!str_eq(d->value, STR("0")) && !str_eq(d->value, STR("1")))
			return fail(
			    f, E_INVALID, s->key, "%s from %s must be 0 or 1.", s->key, d->whence);
		*(bool *)(void *)member = str_eq(d->value, STR("1"));
		return OK;
	}
	return fail(f, E_BUG, s->key, "A setting without a kind.");
}

/* What later code relies upon without looking again. */
static enum err
check_whole(const struct config *c, struct fault *f)
{
	struct str url = str_of(c->base_url), host, prefix = str_of(c->db_prefix);
	size_t scheme = str_starts(url, STR("https://"))  ? 8
			: str_starts(url, STR("http://")) ? 7
							  : 0;

	host = str_sub(url, scheme, url.n);
	if (scheme == 0 || host.n == 0 || str_find(host, '/') != host.n)
		return fail(f, E_INVALID, "base_url",
		    "base_url must be http:// or https:// and a host, without a path.");
	for (size_t i = 0; i < host.n; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789.-:", host.p[i]) == NULL)
			return fail(f, E_INVALID, "base_url",
			    "base_url: a host has lower-case letters, digits, dots and dashes.");
	if (prefix.n == 0 || prefix.n > 16)
		return fail(f, E_INVALID, "db_prefix", "db_prefix must have 1 to 16 letters.");
	for (size_t i = 0; i < prefix.n; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789_", prefix.p[i]) == NULL)
			return fail(f, E_INVALID, "db_prefix",
			    "db_prefix has lower-case letters, digits and _ only.");
	return OK;
}

/* At most max - 1 bytes, NUL-terminated; a file that is longer is refused. */
static enum err
read_small_file(const char *path, char *out, size_t max, size_t *n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t got = 0;
	ssize_t part = 0;

	if (fd < 0)
		return E_NOT_FOUND;
	while (got < max && (part = read(fd, out + got, max - got)) != 0) {
		if (part < 0 && errno == EINTR)
			continue;
		if (part < 0)
			break;
		got += (size_t)part;
	}
	(void)close(fd);
	if (part < 0 || got == max)
		return E_INVALID;
	out[got] = '\0';
	*n = got;
	return OK;
}

void
config_print(const struct config *c, struct buf *out)
{
	for (size_t i = 0; i < SETTINGS; i++) {
		const struct setting *s = &settings[i];

		buf_printf(out, "%-26s ", s->key);
		setting_write(s, c, out);
		buf_printf(out, "\n%27s%s", "", s->help);
		if (s->preset == NULL)
			buf_add(out, STR("\n"));
		else
			buf_printf(
			    out, " (default: %s)\n", s->preset[0] != '\0' ? s->preset : "empty");
	}
}

static void
setting_write(const struct setting *s, const struct config *c, struct buf *out)
{
	const char *member = (const char *)c + s->offset;

	switch (s->kind) {
	case TEXT: {
		const char *text = *(const char *const *)(const void *)member;

		buf_add(out, s->secret && text[0] != '\0' ? STR("***") : str_of(text));
		return;
	}
	case NUMBER:
		buf_u64(out, *(const uint32_t *)(const void *)member);
		return;
	case SWITCH:
		buf_char(out, *(const bool *)(const void *)member ? '1' : '0');
		return;
	}
}

enum err
config_zone(const struct config *c, struct str name, const struct zone **out, struct fault *f)
{
	struct zone_cache *zc = c->zones;
	char bytes[ZONE_FILE_MAX + 1], path[CONFIG_VALUE_MAX + 80];
	struct zone *made;
	size_t n;

	if (!zone_name_valid(name))
		return fail(f, E_INVALID, "zone", "This is not a time zone we know.");
	for (size_t i = 0; i < zc->n; i++) {
		if (str_eq(zone_name(zc->zone[i]), name)) {
			*out = zc->zone[i];
			return OK;
		}
	}
	if (zc->n == CONFIG_ZONES)
		return fail(f, E_INVALID, "zone", "This is not a time zone we know.");
	(void)snprintf(path, sizeof(path), "%s/%.*s", zc->dir, STR_ARG(name));
	if (read_small_file(path, bytes, sizeof(bytes), &n) != OK)
		return fail(f, E_INVALID, "zone", "This is not a time zone we know.");
	/* A file that is no zone must not leave anything in an arena that lives as long as the process. */
	struct arena_mark mark = arena_mark(zc->arena);
	enum err e = zone_parse(name, (struct str){bytes, n}, zc->arena, &made, f);

	if (e != OK) {
		arena_rewind(zc->arena, mark);
		return e;
	}
	zc->zone[zc->n++] = made;
	*out = made;
	return OK;
}
