#include "fcgi/acts/arrivals.h"

#include "domain/base/country.h"
#include "sql/control/queries/tenants.h"
#include "tenancy/claim.h"

#define COUNTRY_AT_LAST "US"
#define SUGGESTIONS_TRIED 8

static enum err is_free(struct desk *d, struct str slug, bool *free_);
static enum err suggest(struct desk *d, struct str base, struct slug_answer *out);

void
act_proposal(const struct desk *d, struct str accept_language, struct proposal *out)
{
	char region[3];
	struct str code = str_of(d->from.country);
	struct country c;

	if (!country_valid(code)) {
		country_of_languages(accept_language, region);
		code =
		    str_copy(d->arena, region[0] != '\0' ? str_of(region) : STR(COUNTRY_AT_LAST));
	}
	c = country_entry(code);
	*out = (struct proposal){
	    .country = str_copy(d->arena, code),
	    .zone = d->from.zone[0] != '\0' ? str_of(d->from.zone) : str_of(c.zone),
	    .language = d->language,
	    .currency = str_of(c.currency),
	};
}

enum err
act_slug_look(struct desk *d, struct str slug, struct str company, struct slug_answer *out)
{
	struct str typed = str_trim(slug);
	struct fault wrong = {OK};

	*out = (struct slug_answer){.slug = typed.n > 0 ? typed : tenant_slug_suggest(d->arena, company)};
	if (tenant_slug_check(out->slug, &wrong) != OK) {
		out->why = (struct maybe_str){true, words_fault(d->arena, d->language, &wrong)};
	} else {
		TRY(is_free(d, out->slug, &out->free));
		if (!out->free)
			out->why = (struct maybe_str){
			    true, str_of(words_say(d->language, "This address is taken."))};
	}
	if (out->free)
		return OK;
	return suggest(d, tenant_slug_suggest(d->arena, typed.n > 0 ? typed : company), out);
}

static enum err
is_free(struct desk *d, struct str slug, bool *free_)
{
	struct tenant_row *row;

	TRY(sql_tenant_by_slug(d->control, slug, d->arena, &row));
	*free_ = row == NULL;
	return OK;
}

static enum err
suggest(struct desk *d, struct str base, struct slug_answer *out)
{
	static const char *const endings[SUGGESTIONS_TRIED] = {
	    "", "-pools", "-pool-care", "-service", "-2", "-3", "-blue", "-4"};

	out->suggestions = arena_array(d->arena, struct slug_line, SLUG_SUGGESTIONS);
	for (size_t i = 0; i < SUGGESTIONS_TRIED && out->suggestions_n < SLUG_SUGGESTIONS; i++) {
		struct str stem = str_sub(base, 0, SLUG_MAX - strlen(endings[i])), slug;
		struct fault wrong = {OK};
		bool ok;

		while (stem.n > 0 && stem.p[stem.n - 1] == '-')
			stem.n--;
		slug = str_printf(d->arena, "%.*s%s", STR_ARG(stem), endings[i]);
		if (tenant_slug_check(slug, &wrong) != OK)
			continue;
		TRY(is_free(d, slug, &ok));
		if (ok)
			out->suggestions[out->suggestions_n++].slug = slug;
	}
	return OK;
}

enum err
act_signup_reap(struct desk *d, unsigned *n)
{
	return claim_reap(d, n);
}
