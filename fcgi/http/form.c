#include "fcgi/http/form.h"

#include "tenancy/crypto.h"

#define SIGNATURE_LETTERS 28

static enum err decode(struct str in, struct arena *a, struct str *out, struct fault *f);
static void sort(struct pair *p, size_t n);
static struct str with_port(struct arena *a, struct str url);
static void base64(const uint8_t in[SHA1_BYTES], char out[SIGNATURE_LETTERS + 1]);

enum err
form_read(struct str body, struct arena *a, struct form *out, struct fault *f)
{
	struct str rest = body;

	out->n = 0;
	if (body.n > FORM_BYTES)
		return fail(f, E_INVALID, "body", "The form is not valid.");
	while (rest.n > 0) {
		struct str value, one = str_cut(rest, '&', &rest), name = str_cut(one, '=', &value);

		if (one.n == 0)
			continue;
		if (out->n == FORM_PAIRS)
			return fail(f, E_INVALID, "body", "The form is not valid.");
		TRY(decode(name, a, &out->pair[out->n].name, f));
		TRY(decode(value, a, &out->pair[out->n].value, f));
		out->n++;
	}
	return OK;
}

static enum err
decode(struct str in, struct arena *a, struct str *out, struct fault *f)
{
	struct buf b = buf_open(a, in.n + 1, FORM_BYTES);

	for (size_t i = 0; i < in.n; i++) {
		unsigned char c = 0;
		size_t n;

		if (in.p[i] == '+') {
			buf_char(&b, ' ');
		} else if (in.p[i] != '%') {
			buf_char(&b, in.p[i]);
		} else {
			const struct str hex = str_lower(a, str_sub(in, i + 1, 2));

			if (hex.n != 2 || !str_unhex(hex, &c, 1, &n) || c == 0)
				return fail(f, E_INVALID, "body", "The form is not valid.");
			buf_char(&b, (char)c);
			i += 2;
		}
	}
	*out = buf_str(&b);
	return str_utf8(*out, NULL) ? OK : fail(f, E_INVALID, "body", "The form is not valid.");
}

struct str
form_value(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->pair[i].name, str_of(name)))
			return f->pair[i].value;
	return STR("");
}

bool
form_bytes(struct str body, const char *name, struct arena *a, size_t max, struct str *out)
{
	struct str rest = body, value = STR_NONE;
	struct buf b;

	while (rest.n > 0 && value.p == NULL) {
		struct str one = str_cut(rest, '&', &rest), of, is = str_cut(one, '=', &of);

		if (str_eq(is, str_of(name)))
			value = of.p != NULL ? of : STR("");
	}
	if (value.p == NULL)
		return false;
	b = buf_open(a, value.n < max ? value.n : max, max);
	for (size_t i = 0; i < value.n && !b.full; i++) {
		unsigned char c = (unsigned char)value.p[i];
		char low[2];
		size_t n;

		if (c == '%') {
			if (i + 2 >= value.n)
				return false;
			low[0] = (char)(value.p[i + 1] >= 'A' && value.p[i + 1] <= 'F' ? value.p[i + 1] | 0x20 : value.p[i + 1]);
			low[1] = (char)(value.p[i + 2] >= 'A' && value.p[i + 2] <= 'F' ? value.p[i + 2] | 0x20 : value.p[i + 2]);
			if (!str_unhex((struct str){low, 2}, &c, 1, &n))
				return false;
			i += 2;
		} else if (c == '+') {
			c = ' ';
		}
		buf_char(&b, (char)c);
	}
	*out = buf_str(&b);
	return !b.full;
}

bool
form_signed(const struct form *f, struct str tokens, struct str url, struct str signature, struct arena *a)
{
	struct pair *p = arena_array(a, struct pair, f->n + 1);
	bool good = false;

	if (signature.n != SIGNATURE_LETTERS || tokens.n == 0)
		return false;
	for (size_t i = 0; i < f->n; i++)
		p[i] = f->pair[i];
	sort(p, f->n);
	while (tokens.n > 0) {
		const struct str token = str_cut(tokens, ',', &tokens);
		const struct str form[] = {url, with_port(a, url)};

		for (size_t k = 0; token.n > 0 && k < 2; k++) {
			struct buf b = buf_open(a, 2048, 4 * FORM_BYTES);
			char wanted[SIGNATURE_LETTERS + 1];
			uint8_t mac[SHA1_BYTES];

			buf_add(&b, form[k]);
			for (size_t i = 0; i < f->n; i++) {
				const bool again = i > 0 && str_eq(p[i].name, p[i - 1].name);

				if (again && str_eq(p[i].value, p[i - 1].value))
					continue;
				buf_add(&b, p[i].name);
				buf_add(&b, p[i].value);
			}
			if (b.full || crypto_hmac_sha1(token.p, token.n, buf_str(&b).p, b.n, mac) != OK)
				continue;
			base64(mac, wanted);
			good |= crypto_same((const uint8_t *)wanted, (const uint8_t *)signature.p, SIGNATURE_LETTERS);
		}
	}
	return good;
}

/* By name, then by value: a hundred at most. */
static void
sort(struct pair *p, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct pair one = p[i];
		size_t k = i;

		for (; k > 0; k--) {
			const int c = str_cmp(p[k - 1].name, one.name);

			if (c < 0 || (c == 0 && str_cmp(p[k - 1].value, one.value) <= 0))
				break;
			p[k] = p[k - 1];
		}
		p[k] = one;
	}
}

/* "https://house.example/x" -> "https://house.example:443/x"; one that has a port stays. */
static struct str
with_port(struct arena *a, struct str url)
{
	struct str rest, scheme = str_cut(url, ':', &rest);
	const struct str after = str_sub(rest, 2, rest.n);
	const size_t slash = str_find(after, '/');
	const struct str host = str_sub(after, 0, slash);

	if (str_find(host, ':') < host.n)
		return url;
	return str_printf(a, "%.*s://%.*s:%s%.*s", STR_ARG(scheme), STR_ARG(host), str_eq(scheme, STR("https")) ? "443" : "80",
	    STR_ARG(str_sub(after, slash, after.n)));
}

static void
base64(const uint8_t in[SHA1_BYTES], char out[SIGNATURE_LETTERS + 1])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n = 0;

	for (size_t i = 0; i < SHA1_BYTES; i += 3) {
		const unsigned v = (unsigned)in[i] << 16 | (i + 1 < SHA1_BYTES ? (unsigned)in[i + 1] << 8 : 0) |
		    (i + 2 < SHA1_BYTES ? in[i + 2] : 0);

		out[n++] = letters[v >> 18 & 63];
		out[n++] = letters[v >> 12 & 63];
		out[n++] = i + 1 < SHA1_BYTES ? letters[v >> 6 & 63] : '=';
		out[n++] = i + 2 < SHA1_BYTES ? letters[v & 63] : '=';
	}
	out[n] = '\0';
}
