#include "domain/customers/likeness.h"

#include <assert.h>
#include <stdlib.h>

#include "domain/customers/gram.h"
#include "domain/customers/slips.h"

#define WORDS_MAX 12
#define NAME_MAX 60
#define NEIGHBOURS 6
#define KEYS_PER_CUSTOMER 24
#define FOUND_MAX (16 * LIKE_PAIRS_MAX)
/* Of the telephones, e-mails and addresses of one customer so many are looked at for a slip. */
#define NEAR_TEXTS 3

const char *const like_why_names[] = {
	"phone", "email", "address", "name", "near_name", "near_email", "near_address", "near_phone", NULL};
static const unsigned weight[LIKE_WHYS] = {8, 8, 6, 4, 2, 5, 4, 1};
static_assert(sizeof(like_why_names) / sizeof(char *) == LIKE_WHYS + 1, "each has its name");

/* Something that two customers may share. */
struct key {
	uint64_t hash;
	uint32_t row;
	enum like_why why;
};

struct sorted_name {
	struct str text;
	uint32_t row;
};

struct found {
	struct like_pair *v;
	size_t n, max;
};

static size_t keys_of(const struct like_facts *f, uint32_t row, struct key *key, struct arena *a);
static void same_keys(const struct like_facts *f, struct key *key, size_t n, struct found *out);
static void near_names(const struct like_facts *f, size_t n, bool backwards, struct arena *a, struct found *out);
static size_t texts_of(const struct like_facts *f, size_t n, enum like_why near, struct sorted_name *text, struct arena *a);
static void one_slip(const struct like_facts *f, size_t n, enum like_why near, struct arena *a, struct found *out);
static bool counts(enum like_why near);
static bool same_digits(struct str a, struct str b);
static uint64_t hash_without(struct str s, size_t left_out);
static void add(const struct like_facts *x, const struct like_facts *y, enum like_why why, struct found *out);
static size_t joined(struct found *found);
static uint64_t hash_of(struct str s);
static struct str word_short(struct str word);
static int by_word(const void *x, const void *y);
static int by_key(const void *x, const void *y);
static int by_text(const void *x, const void *y);
static int by_ids(const void *x, const void *y);
static int by_score(const void *x, const void *y);

struct like_pair *
like_pairs(const struct like_facts *f, size_t n, struct arena *a, size_t *pairs)
{
	struct key *key = arena_array(a, struct key, n * KEYS_PER_CUSTOMER + 1);
	struct found found = {arena_array(a, struct like_pair, FOUND_MAX), 0, FOUND_MAX};
	size_t keys = 0;

	for (uint32_t i = 0; i < n; i++)
		keys += keys_of(&f[i], i, key + keys, a);
	qsort(key, keys, sizeof(*key), by_key);
	same_keys(f, key, keys, &found);
	near_names(f, n, false, a, &found);
	near_names(f, n, true, a, &found);
	for (enum like_why near = LIKE_NEAR_NAME; near < LIKE_WHYS; near++)
		one_slip(f, n, near, a, &found);
	found.n = joined(&found);
	qsort(found.v, found.n, sizeof(*found.v), by_score);
	*pairs = found.n < LIKE_PAIRS_MAX ? found.n : LIKE_PAIRS_MAX;
	return found.v;
}

static size_t
keys_of(const struct like_facts *f, uint32_t row, struct key *key, struct arena *a)
{
	const struct {
		struct str list;
		char between;
		enum like_why why;
	} lists[] = {{f->phones, ' ', LIKE_PHONE}, {f->emails, ' ', LIKE_EMAIL}, {f->addresses, '\n', LIKE_ADDRESS}};
	struct str name = like_name(f->name, a);
	size_t n = 0;

	if (name.n > 0)
		key[n++] = (struct key){hash_of(name), row, LIKE_NAME};
	for (size_t i = 0; i < 3; i++) {
		struct str rest = lists[i].list;

		while (rest.n > 0 && n < KEYS_PER_CUSTOMER) {
			struct str postcode, one = str_cut(rest, lists[i].between, &rest);

			if (lists[i].why == LIKE_ADDRESS) {
				one = str_cut(one, '|', &postcode);
				one = str_trim(one).n == 0 ? STR("") : like_street(one, postcode, a);
			}
			if (lists[i].why == LIKE_EMAIL)
				one = text_fold(one, a);
			if (one.n > 0)
				key[n++] = (struct key){hash_of(one), row, lists[i].why};
		}
	}
	return n;
}

static void
same_keys(const struct like_facts *f, struct key *key, size_t n, struct found *out)
{
	for (size_t from = 0, to; from < n; from = to) {
		size_t different = 1;

		for (to = from + 1; to < n && key[to].why == key[from].why && key[to].hash == key[from].hash; to++)
			different += key[to].row != key[to - 1].row;
		if (different < 2 || different > LIKE_SHARED_MAX)
			continue;
		for (size_t i = from; i < to; i++)
			for (size_t j = i + 1; j < to; j++)
				if (key[i].row != key[j].row)
					add(&f[key[i].row], &f[key[j].row], key[i].why, out);
	}
}

static void
near_names(const struct like_facts *f, size_t n, bool backwards, struct arena *a, struct found *out)
{
	struct sorted_name *name = arena_array(a, struct sorted_name, n);

	for (size_t i = 0; i < n; i++) {
		struct str text = like_name(f[i].name, a);
		char *letters = (char *)(uintptr_t)text.p;

		for (size_t k = 0; backwards && k < text.n / 2; k++) {
			char c = letters[k];

			letters[k] = letters[text.n - 1 - k];
			letters[text.n - 1 - k] = c;
		}
		name[i] = (struct sorted_name){text, (uint32_t)i};
	}
	qsort(name, n, sizeof(*name), by_text);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n && j <= i + NEIGHBOURS; j++)
			if (!str_eq(name[i].text, name[j].text) && same_digits(name[i].text, name[j].text) &&
			    like_near(name[i].text, name[j].text))
				add(&f[name[i].row], &f[name[j].row], LIKE_NEAR_NAME, out);
}

/* What is compared for a slip: names as they are sorted, e-mails folded, streets shortened, digits. */
static size_t
texts_of(const struct like_facts *f, size_t n, enum like_why near, struct sorted_name *text, struct arena *a)
{
	size_t texts = 0;

	for (uint32_t i = 0; i < n; i++) {
		struct str rest = near == LIKE_NEAR_NAME ? f[i].name : near == LIKE_NEAR_EMAIL ? f[i].emails :
		    near == LIKE_NEAR_ADDRESS ? f[i].addresses : f[i].phones;

		for (size_t k = 0; k < NEAR_TEXTS && rest.n > 0; k++) {
			struct str one = rest, postcode;

			if (near == LIKE_NEAR_NAME) {
				one = like_name(rest, a);
				rest.n = 0;
			} else if (near == LIKE_NEAR_ADDRESS) {
				one = str_cut(str_cut(rest, '\n', &rest), '|', &postcode);
				one = str_trim(one).n == 0 ? STR("") : like_street(one, postcode, a);
			} else
				one = str_cut(rest, ' ', &rest);
			if (near == LIKE_NEAR_EMAIL)
				one = text_fold(one, a);
			if (one.n >= 4 && one.n <= NAME_MAX)
				text[texts++] = (struct sorted_name){one, i};
		}
	}
	return texts;
}

/* Two texts with one slip between them are the same with one letter left out of either or both. */
static void
one_slip(const struct like_facts *f, size_t n, enum like_why near, struct arena *a, struct found *out)
{
	struct arena_mark mark = arena_mark(a);
	struct sorted_name *text = arena_array(a, struct sorted_name, n * NEAR_TEXTS);
	const size_t texts = texts_of(f, n, near, text, a);
	size_t keys = 0;
	struct key *key;

	for (size_t i = 0; i < texts; i++)
		keys += text[i].text.n + 1;
	key = arena_array(a, struct key, keys);
	keys = 0;
	for (uint32_t i = 0; i < texts; i++)
		for (size_t left_out = 0; left_out <= text[i].text.n; left_out++)
			key[keys++] = (struct key){hash_without(text[i].text, left_out), i, near};
	qsort(key, keys, sizeof(*key), by_key);
	for (size_t from = 0, to; from < keys; from = to) {
		for (to = from + 1; to < keys && key[to].hash == key[from].hash; to++)
			continue;
		for (size_t i = from; i < to && to - from <= LIKE_CROWD; i++)
			for (size_t j = i + 1; j < to; j++) {
				const struct sorted_name *x = &text[key[i].row], *y = &text[key[j].row];

				if (x->row != y->row && (!counts(near) || same_digits(x->text, y->text)) &&
				    !str_eq(x->text, y->text) && like_near(x->text, y->text))
					add(&f[x->row], &f[y->row], near, out);
			}
	}
	arena_rewind(a, mark);
}

/* Where a number stands in a name or a street, another number is another: "Unit 12" is not nearly "Unit 14". */
static bool
counts(enum like_why near)
{
	return near == LIKE_NEAR_ADDRESS || near == LIKE_NEAR_NAME;
}

static bool
same_digits(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.n && (a.p[i] < '0' || a.p[i] > '9'))
			i++;
		while (j < b.n && (b.p[j] < '0' || b.p[j] > '9'))
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (a.p[i++] != b.p[j++])
			return false;
	}
}

static void
add(const struct like_facts *x, const struct like_facts *y, enum like_why why, struct found *out)
{
	/* A near name alone says something only of neighbours, a near number nothing. */
	const bool city = x->city.n > 0 && str_eq_nocase(x->city, y->city);

	if (out->n == out->max || x->id == y->id)
		return;
	out->v[out->n++] = (struct like_pair){x->id < y->id ? x->id : y->id, x->id < y->id ? y->id : x->id, UINT64_C(1) << why,
	    why == LIKE_NEAR_NAME && city ? 1 : 0};
}

/* One line for each pair, with all that they share; what says nothing alone falls away if it is alone. */
static size_t
joined(struct found *found)
{
	static const enum like_why nearly[][2] = {{LIKE_PHONE, LIKE_NEAR_PHONE}, {LIKE_EMAIL, LIKE_NEAR_EMAIL},
	    {LIKE_ADDRESS, LIKE_NEAR_ADDRESS}, {LIKE_NAME, LIKE_NEAR_NAME}};
	size_t n = 0;

	qsort(found->v, found->n, sizeof(*found->v), by_ids);
	for (size_t from = 0, to; from < found->n; from = to) {
		struct like_pair p = found->v[from];

		for (to = from + 1; to < found->n && found->v[to].a == p.a && found->v[to].b == p.b; to++) {
			p.why |= found->v[to].why;
			p.score += found->v[to].score;
		}
		/* What is the same is not also nearly the same. */
		for (unsigned w = 0; w < sizeof(nearly) / sizeof(*nearly); w++)
			if ((p.why >> nearly[w][0] & 1) != 0)
				p.why &= ~(UINT64_C(1) << nearly[w][1]);
		if ((p.why == UINT64_C(1) << LIKE_NEAR_NAME && p.score == 0) || p.why == UINT64_C(1) << LIKE_NEAR_PHONE)
			continue;
		p.score = 0;
		for (unsigned w = 0; w < LIKE_WHYS; w++)
			p.score += (p.why >> w & 1) != 0 ? weight[w] : 0;
		found->v[n++] = p;
	}
	return n;
}

struct str
like_name(struct str name, struct arena *a)
{
	struct str word[WORDS_MAX], rest = text_fold(str_sub(name, 0, NAME_MAX), a);
	struct buf b = buf_open(a, rest.n + 1, rest.n + WORDS_MAX + 1);
	size_t n = 0;

	while (rest.n > 0 && n < WORDS_MAX)
		word[n++] = str_cut(rest, ' ', &rest);
	qsort(word, n, sizeof(*word), by_word);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_add(&b, word[i]);
	}
	return buf_str(&b);
}

struct str
like_street(struct str street, struct str postcode, struct arena *a)
{
	struct str rest = text_fold(street, a);
	struct buf b = buf_open(a, rest.n + 16, rest.n + 64);

	while (rest.n > 0) {
		buf_add(&b, word_short(str_cut(rest, ' ', &rest)));
		buf_char(&b, ' ');
	}
	/* "85254-1234" and "85254" are one place. */
	buf_add(&b, text_fold(str_sub(str_trim(postcode), 0, 5), a));
	return buf_str(&b);
}

/* Source: USPS Publication 28, appendices B and C: the ones that people write both ways. */
static struct str
word_short(struct str word)
{
	static const char *const words[][2] = {{"street", "st"}, {"avenue", "ave"}, {"av", "ave"}, {"lane", "ln"},
	    {"road", "rd"}, {"drive", "dr"}, {"court", "ct"}, {"circle", "cir"}, {"boulevard", "blvd"}, {"place", "pl"},
	    {"terrace", "ter"}, {"parkway", "pkwy"}, {"highway", "hwy"}, {"trail", "trl"}, {"way", "wy"}, {"north", "n"},
	    {"south", "s"}, {"east", "e"}, {"west", "w"}, {"northeast", "ne"}, {"northwest", "nw"}, {"southeast", "se"},
	    {"southwest", "sw"}, {"apartment", "apt"}, {"unit", "apt"}, {"suite", "ste"}};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_eq(word, str_of(words[i][0])))
			return str_of(words[i][1]);
	return word;
}

bool
like_near(struct str a, struct str b)
{
	const size_t shorter = a.n < b.n ? a.n : b.n, longer = a.n < b.n ? b.n : a.n;
	const unsigned allowed = shorter < 8 ? 1 : 2;

	return shorter >= 4 && longer <= NAME_MAX && slips(a, b, false, allowed) <= allowed;
}

static uint64_t
hash_of(struct str s)
{
	return hash_without(s, s.n);
}

/* FNV-1a, 64 bits; left_out = s.n: nothing is left out. */
static uint64_t
hash_without(struct str s, size_t left_out)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < s.n; i++)
		if (i != left_out)
			h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return h;
}

static int
by_word(const void *x, const void *y)
{
	return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

static int
by_key(const void *x, const void *y)
{
	const struct key *a = x, *b = y;

	if (a->why != b->why)
		return a->why < b->why ? -1 : 1;
	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static int
by_text(const void *x, const void *y)
{
	return str_cmp(((const struct sorted_name *)x)->text, ((const struct sorted_name *)y)->text);
}

static int
by_ids(const void *x, const void *y)
{
	const struct like_pair *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

static int
by_score(const void *x, const void *y)
{
	const struct like_pair *a = x, *b = y;

	return a->score != b->score ? (a->score > b->score ? -1 : 1) : by_ids(x, y);
}
