#include "fcgi/http/shape.h"

/*
 * Runs before the JSON library sees a byte: 1 MiB of "{},{},..." would become 79 MiB of its heap.
 * Counts every bracket, string, number and word. What is not JSON is left for the library to
 * refuse.
 */

static size_t skip_string(struct str json, size_t i);
static size_t skip_word(struct str json, size_t i);

bool
json_scan(struct str json, unsigned depth_max, unsigned tokens_max)
{
	unsigned depth = 0, tokens = 0;
	size_t i = 0;

	while (i < json.n) {
		char c = json.p[i];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == ':') {
			i++;
			continue;
		}
		if (++tokens > tokens_max)
			return false;
		if (c == '{' || c == '[') {
			if (++depth > depth_max)
				return false;
			i++;
		} else if (c == '}' || c == ']') {
			if (depth > 0)
				depth--;
			i++;
		} else if (c == '"') {
			i = skip_string(json, i + 1);
		} else {
			i = skip_word(json, i + 1);
		}
	}
	return true;
}

static size_t
skip_string(struct str json, size_t i)
{
	while (i < json.n && json.p[i] != '"')
		i += json.p[i] == '\\' ? 2 : 1;
	return i + 1;
}

static size_t
skip_word(struct str json, size_t i)
{
	for (; i < json.n; i++)
		switch (json.p[i]) {
		case ' ':
		case '\t':
		case '\n':
		case '\r':
		case ',':
		case ':':
		case '{':
		case '}':
		case '[':
		case ']':
		case '"':
			return i;
		default:
			break;
		}
	return i;
}
