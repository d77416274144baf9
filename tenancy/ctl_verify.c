/*
 * tenancy/ctl_verify.c -- poolctl verify: a sealed document is checked without a database and without a network.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/base/canon.h"
#include "domain/base/pdf.h"
#include "tenancy/ctl.h"
#include "tenancy/proofs.h"

#define FILE_BYTES_MAX (4 * 1024 * 1024) /* a paper of many pages with its proof */

static enum err verify(struct operator* op, struct words w);
static enum err read_file(struct operator* op, const char *path, struct str *out);
static enum err house_of(struct operator* op, const struct proof_file *p, const char *hex);

const struct command command_verify = {"verify", "FILE [--house HEX]",
    "Check a sealed visit record or bill, or the PDF that carries one, offline: the key is certified by this house (or by the one of --house), "
    "the document is the one it signed.",
    NEEDS_CONFIG, verify};

static enum err
verify(struct operator* op, struct words w)
{
	const char *house = words_value(&w, "--house");
	struct proof_file p;
	struct str text;
	int64_t at = 0;
	bool paper;

	TRY(words_done(op, &w, 1));
	if (w.n == 0)
		return fail(op->fault, E_INVALID, "words", "Which file?");
	TRY(read_file(op, w.word[0], &text));
	paper = str_starts(text, STR("%PDF-"));
	if (paper && !pdf_carried(text, &text))
		return fail(op->fault, E_INVALID, "proof", "This PDF carries no proof.");
	TRY(proof_read(text, &p, op->fault));
	TRY(house_of(op, &p, house));
	(void)canon_find_int(p.body, "issued_at", &at);
	printf("valid: a %s of %.*s, sealed at %lld by its key %.*s\n%.*s\n", proof_kind_names[p.kind],
	    STR_ARG(p.key.company), (long long)at, STR_ARG(p.key.kid), STR_ARG(p.body));
	if (paper)
		puts("What was sealed is what stands here: compare it with what is printed on the page.");
	return OK;
}

static enum err
house_of(struct operator* op, const struct proof_file *p, const char *hex)
{
	uint8_t house[PROOF_PUBLIC_BYTES];
	size_t n;

	if (hex == NULL) {
		TRY(keys_open(op->config, op->proc, &op->keys, op->fault));
		return proof_verify_here(p, op->keys, op->proc, op->fault);
	}
	if (!str_unhex(str_of(hex), house, sizeof(house), &n) || n != sizeof(house))
		return fail(op->fault, E_INVALID, "house", "A house's key is 64 hex digits.");
	return proof_verify(p, house, op->proc, op->fault);
}

static enum err
read_file(struct operator* op, const char *path, struct str *out)
{
	char *text = arena_array(op->proc, char, FILE_BYTES_MAX);
	size_t n = 0;
	ssize_t got = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	while (fd >= 0) {
		got = read(fd, text + n, FILE_BYTES_MAX - n);
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	if (fd >= 0)
		close(fd);
	if (got < 0)
		return fail(op->fault, E_AWAY, NULL, "The file %s cannot be read.", path);
	*out = (struct str){text, n};
	return OK;
}
