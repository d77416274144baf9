/*
 * tenancy/credential.c -- what people prove themselves with: passwords, tokens, codes.
 *
 * The cost of a password is one choice everywhere (house.md section 20, rule 10). Passwords are taken
 * as the bytes they come in: the front normalises to NFC, which libc cannot.
 */
#include "tenancy/credential.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>

#include "tenancy/crypto.h"
#include "tenancy/lease.h"

#define PASSWORD_PASSES 3
#define PASSWORD_MEMORY (64u * 1024 * 1024)
#define PASSWORD_HASH_MAX crypto_pwhash_STRBYTES
#define TOTP_STEP_S 30
#define TOTP_DIGITS 6
#define RECOVERY_LETTERS 16

/*
 * Verified against when there is no such account, so that the answer costs the same. Made once from 32
 * random bytes that nobody kept: no password is right.
 */
static const char nobodys_hash[] =
    "$argon2id$v=19$m=65536,t=3,p=1$FAbLZQ2BYe7KVHooXiQ3SA$Zh3WIdenVgyo4FioKS+NXb1u6RZ/xsE2e48BCy03wLc";

/* Guessed first by everybody; enough for a house without a longer list. */
static const char *const few_common[] = {"password", "passwort", "passw0rd", "qwerty", "qwertyuiop",
    "qwertyui", "asdfghjkl", "asdfasdf", "zxcvbnm", "iloveyou", "letmein", "welcome", "admin",
    "administrator", "changeme", "sunshine", "princess", "football", "baseball", "superman", "starwars",
    "trustno1", "whatever", "dragon", "monkey", "master", "shadow", "secret", "computer", "internet",
    "swimming", "swimmingpool", "pool", "poolhouse", "poolpool", "contrasena", "bienvenido", "hola",
    "teamo", "piscina", "summer", "winter", "spring", "autumn", "michael", "jennifer", "jordan"};

struct password_list {
	size_t n;
	uint64_t *hash; /* rising */
};

static uint64_t word_hash(const char *p, size_t n);
static int compare_u64(const void *a, const void *b);
static bool list_has(const struct password_list *l, const char *p, size_t n);
static bool is_run(const char *p, size_t n);
static bool too_common(const struct password_list *l, struct str password);
static bool is_name_of(struct str password, struct str name);
static void hash_bytes(const uint8_t *bytes, size_t n, uint8_t out[HASH_BYTES]);

/* ---- passwords ---- */

static uint64_t
word_hash(const char *p, size_t n)
{
	uint8_t out[crypto_generichash_BYTES_MIN];
	uint64_t v;

	(void)crypto_generichash(out, sizeof(out), (const uint8_t *)p, n, NULL, 0);
	memcpy(&v, out, sizeof(v));
	return v;
}

static int
compare_u64(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

enum err
password_list_load(
    const char *path, struct arena *proc, struct password_list **out, struct fault *f)
{
	struct password_list *l = arena_new(proc, struct password_list);
	char line[PASSWORD_LINE_MAX + 2];
	size_t lines = 0;
	bool whole = true; /* the last piece read ended its line */
	FILE *in;

	*out = l;
	if (path == NULL || path[0] == '\0')
		return OK;
	in = fopen(path, "re");
	if (in == NULL)
		return fail(
		    f, E_INVALID, "password_list", "%s cannot be read: %s.", path, strerror(errno));
	while (lines <= PASSWORD_LIST_LINES && fgets(line, sizeof(line), in) != NULL)
		lines++;
	if (lines > PASSWORD_LIST_LINES) {
		(void)fclose(in);
		return fail(f, E_INVALID, "password_list", "%s has more than %d lines.", path,
		    PASSWORD_LIST_LINES);
	}
	l->hash = arena_array(proc, uint64_t, lines);
	rewind(in);
	while (l->n < lines && fgets(line, sizeof(line), in) != NULL) {
		struct str word = str_trim(str_of(line));
		bool started = whole;

		whole = strchr(line, '\n') != NULL || feof(in) != 0;
		if (!started || !whole || word.n == 0)
			continue;
		for (size_t i = 0; i < word.n; i++)
			line[(size_t)(word.p - line) + i] = (char)tolower((unsigned char)word.p[i]);
		l->hash[l->n++] = word_hash(word.p, word.n);
	}
	(void)fclose(in);
	qsort(l->hash, l->n, sizeof(*l->hash), compare_u64);
	return OK;
}

enum err
house_passwords(struct house *h, const struct password_list **out, struct fault *f)
{
	if (h->passwords == NULL) {
		struct arena_mark mark = arena_mark(h->proc);
		struct password_list *l;
		enum err e = password_list_load(h->config->password_list, h->proc, &l, f);

		if (e != OK) {
			arena_rewind(h->proc, mark);
			return e == E_INVALID ? E_BUG : e;
		}
		h->passwords = l;
	}
	*out = h->passwords;
	return OK;
}

static bool
list_has(const struct password_list *l, const char *p, size_t n)
{
	uint64_t h = word_hash(p, n);

	for (size_t i = 0; i < sizeof(few_common) / sizeof(few_common[0]); i++)
		if (strlen(few_common[i]) == n && memcmp(few_common[i], p, n) == 0)
			return true;
	return l != NULL && l->n > 0 && bsearch(&h, l->hash, l->n, sizeof(h), compare_u64) != NULL;
}

/* One letter over and over, or a run up or down: "aaaaaaaa", "12345678", "87654321", "1234567890". */
static bool
is_run(const char *p, size_t n)
{
	for (int step = -1; step <= 1; step++) {
		bool run = true;

		for (size_t i = 1; run && i < n; i++)
			run = p[i] - p[i - 1] == step ||
			      (step != 0 && p[i - 1] == (step > 0 ? '9' : '0') &&
				  p[i] == (step > 0 ? '0' : '9'));
		if (run)
			return true;
	}
	return false;
}

static bool
too_common(const struct password_list *l, struct str password)
{
	char low[PASSWORD_MAX];
	size_t from = 0, to = password.n;
	bool found;

	for (size_t i = 0; i < password.n; i++)
		low[i] = (char)tolower((unsigned char)password.p[i]);
	while (from < to && isalpha((unsigned char)low[from]) == 0 && (low[from] & 0x80) == 0)
		from++;
	while (to > from && isalpha((unsigned char)low[to - 1]) == 0 && (low[to - 1] & 0x80) == 0)
		to--;
	found = is_run(low, password.n) || list_has(l, low, password.n) ||
	    (to > from && list_has(l, low + from, to - from));
	sodium_memzero(low, sizeof(low));
	return found;
}

/* Names shorter than four letters are too likely a part of anything to mean something. */
static bool
is_name_of(struct str password, struct str name)
{
	return name.n >= 4 && str_eq_nocase(str_trim(password), str_trim(name));
}

enum err
password_check(const struct password_list *l, struct str password, bool second_factor,
    struct str email, struct str company, struct fault *f)
{
	size_t letters, least = second_factor ? PASSWORD_MIN_SECOND : PASSWORD_MIN_ALONE;

	if (password.n > PASSWORD_MAX)
		return fail(f, E_INVALID, "password", "A password can have at most %d bytes.",
		    PASSWORD_MAX);
	if (!str_utf8(password, &letters) ||
	    memchr(password.n > 0 ? password.p : "", '\0', password.n) != NULL)
		return fail(
		    f, E_INVALID, "password", "This password has characters that cannot be used.");
	if (letters < least)
		return fail(f, E_INVALID, "password", "The password needs at least %u characters.",
		    (unsigned)least);
	if (is_name_of(password, email) ||
	    is_name_of(password, str_sub(email, 0, str_find(email, '@'))) ||
	    is_name_of(password, company))
		return fail(f, E_INVALID, "password",
		    "The password must not be your e-mail address or your company's name.");
	if (too_common(l, password))
		return fail(f, E_INVALID, "password",
		    "This password is too easy to guess. Try a few words that only you would put "
		    "together.");
	return OK;
}

enum err
password_hash(struct str password, struct arena *a, struct str *out, struct fault *f)
{
	char hash[PASSWORD_HASH_MAX];

	if (crypto_pwhash_str_alg(hash, password.p, password.n, PASSWORD_PASSES, PASSWORD_MEMORY,
	    crypto_pwhash_ALG_ARGON2ID13) != 0) {
		if (f != NULL && f->err == OK)
			f->retry_after_s = 2;
		return fail(f, E_AWAY, NULL, "We are busy. Please try again in a moment.");
	}
	*out = str_copy(a, str_of(hash));
	return OK;
}

enum err
password_verify(struct str password, struct str hash, bool *right, struct fault *f)
{
	char text[PASSWORD_HASH_MAX] = {0};
	bool known = hash.n > 0;
	int answer;

	if (hash.n >= sizeof(text))
		return fail(f, E_BUG, NULL, "A password's hash is longer than any.");
	memcpy(text, known ? hash.p : nobodys_hash, known ? hash.n : sizeof(nobodys_hash));
	errno = 0;
	answer = crypto_pwhash_str_verify(text, password.p != NULL ? password.p : "", password.n);
	/* Without its 64 MiB the library answers "wrong": nobody must be locked out for that. */
	if (answer != 0 && errno == ENOMEM) {
		if (f != NULL && f->err == OK)
			f->retry_after_s = 2;
		return fail(f, E_AWAY, NULL, "We are busy. Please try again in a moment.");
	}
	*right = known && answer == 0;
	return OK;
}

bool
password_stale(struct str hash)
{
	char text[PASSWORD_HASH_MAX] = {0};

	if (hash.n >= sizeof(text))
		return true;
	memcpy(text, hash.p, hash.n);
	return crypto_pwhash_str_needs_rehash(text, PASSWORD_PASSES, PASSWORD_MEMORY) != 0;
}

/* ---- tokens ---- */

void
token_make(struct token *t)
{
	uint8_t bytes[32];

	randombytes_buf(bytes, sizeof(bytes));
	(void)sodium_bin2base64(t->text, sizeof(t->text), bytes, sizeof(bytes),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	hash_bytes(bytes, sizeof(bytes), t->hash);
	sodium_memzero(bytes, sizeof(bytes));
}

bool
token_hash(struct str text, uint8_t hash[HASH_BYTES])
{
	uint8_t bytes[32];
	size_t n;

	if (text.n != sizeof(((struct token *)NULL)->text) - 1 ||
	    !str_unbase64url(text, bytes, sizeof(bytes), &n) || n != sizeof(bytes))
		return false;
	hash_bytes(bytes, sizeof(bytes), hash);
	sodium_memzero(bytes, sizeof(bytes));
	return true;
}

static void
hash_bytes(const uint8_t *bytes, size_t n, uint8_t out[HASH_BYTES])
{
	(void)crypto_generichash(out, HASH_BYTES, bytes, n, NULL, 0);
}

bool
same_bytes(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

/* ---- second factor ---- */

void
totp_secret_make(uint8_t out[TOTP_SECRET_BYTES])
{
	randombytes_buf(out, TOTP_SECRET_BYTES);
}

uint32_t
totp_code(const uint8_t secret[TOTP_SECRET_BYTES], int64_t step)
{
	uint8_t counter[8], mac[SHA1_BYTES];
	uint32_t v;

	for (unsigned i = 0; i < sizeof(counter); i++)
		counter[i] = (uint8_t)((uint64_t)step >> (8 * (7 - i)));
	if (crypto_hmac_sha1(secret, TOTP_SECRET_BYTES, counter, sizeof(counter), mac) != OK)
		return UINT32_MAX; /* no code is that: out of memory refuses, it never lets in */
	uint8_t *at = mac + (mac[SHA1_BYTES - 1] & 15);

	v = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	return v % 1000000;
}

bool
totp_verify(const uint8_t secret[TOTP_SECRET_BYTES], struct str code, int64_t now,
    int64_t step_after, int64_t *step)
{
	bool right = false;

	if (code.n != TOTP_DIGITS)
		return false;
	for (int64_t s = now / TOTP_STEP_S - 1; s <= now / TOTP_STEP_S + 1; s++) {
		char text[16];
		uint32_t c = totp_code(secret, s);
		bool same;

		(void)snprintf(text, sizeof(text), "%06u", c);
		same = c < 1000000 && same_bytes(text, code.p, TOTP_DIGITS) && s > step_after;
		/* No early end: how long this takes does not tell which step it was. */
		if (same && !right)
			*step = s;
		right = right || same;
	}
	return right;
}

struct str
totp_uri(struct arena *a, struct str issuer, struct str account,
    const uint8_t secret[TOTP_SECRET_BYTES])
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@";
	struct buf b = buf_open(a, 256, 2048);
	struct str part[2] = {issuer, account}, key = str_base32(a, secret, TOTP_SECRET_BYTES);

	buf_add(&b, STR("otpauth://totp/"));
	for (int turn = 0; turn < 3; turn++) {
		struct str s = turn < 2 ? part[turn] : issuer;

		for (size_t i = 0; i < s.n; i++) {
			if (memchr(plain, s.p[i], sizeof(plain) - 1) != NULL)
				buf_char(&b, s.p[i]);
			else
				buf_printf(&b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
		}
		if (turn == 0)
			buf_char(&b, ':');
		else if (turn == 1)
			buf_printf(&b, "?secret=%.*s&issuer=", STR_ARG(key));
	}
	return buf_str(&b);
}

/* ---- recovery codes ---- */

static const char recovery_letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

void
recovery_make(struct token *out)
{
	char code[RECOVERY_LETTERS];
	size_t n = 0;

	/* 256 is a multiple of 32: each letter is five fair bits. */
	for (size_t i = 0; i < RECOVERY_LETTERS; i++)
		code[i] = recovery_letters[randombytes_random() & 31];
	for (size_t i = 0; i < RECOVERY_LETTERS; i++) {
		if (i > 0 && i % 4 == 0)
			out->text[n++] = '-';
		out->text[n++] = code[i];
	}
	out->text[n] = '\0';
	hash_bytes((const uint8_t *)code, sizeof(code), out->hash);
	sodium_memzero(code, sizeof(code));
}

bool
recovery_hash(struct str typed, uint8_t hash[HASH_BYTES])
{
	char code[RECOVERY_LETTERS];
	size_t n = 0;

	for (size_t i = 0; i < typed.n; i++) {
		char c = (char)tolower((unsigned char)typed.p[i]);

		if (c == '-' || c == ' ')
			continue;
		c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
		if (n == RECOVERY_LETTERS || c == '\0' || strchr(recovery_letters, c) == NULL)
			return false;
		code[n++] = c;
	}
	if (n != RECOVERY_LETTERS)
		return false;
	hash_bytes((const uint8_t *)code, sizeof(code), hash);
	return true;
}
