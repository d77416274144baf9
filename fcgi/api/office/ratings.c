/*
 * fcgi/api/office/ratings.c -- how pleased customers were.
 */
#include "fcgi/acts/ratings.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"
#include "fcgi/http/shape_csv.h"

extern const struct endpoint office_ratings[];

static enum err ratings_get(struct work *w, const struct call *c);

#define COUNT(s, m) FIELD_INT(s, m, 0, INT32_MAX)
static const struct field query_fields[] = {
	FIELD_MAYBE_DAY(struct ratings_query, from),
	FIELD_MAYBE_DAY(struct ratings_query, to),
	FIELD_MAYBE_ID(struct ratings_query, tech_id),
	FIELD_MAYBE_ID(struct ratings_query, service_id),
	FIELD_END
};
static const struct shape query_shape = {"RatingsQuery", sizeof(struct ratings_query), query_fields};
static const struct field row_fields[] = {
	FIELD_MAYBE_ID(struct rating_row, tech_id),
	FIELD_TEXT(struct rating_row, tech, 0, 120),
	FIELD_ID(struct rating_row, service_id),
	FIELD_TEXT(struct rating_row, service, 0, 120),
	COUNT(struct rating_row, ratings),
	COUNT(struct rating_row, stars),
	COUNT(struct rating_row, five),
	COUNT(struct rating_row, four),
	COUNT(struct rating_row, three),
	COUNT(struct rating_row, two),
	COUNT(struct rating_row, one),
	FIELD_END
};
static const struct shape row_shape = {"RatingRow", sizeof(struct rating_row), row_fields};
static const struct field word_fields[] = {
	FIELD_TIME(struct rating_word_row, at),
	FIELD_ID(struct rating_word_row, customer_id),
	FIELD_TEXT(struct rating_word_row, customer, 0, 120),
	FIELD_ID(struct rating_word_row, visit_id),
	FIELD_TEXT(struct rating_word_row, tech, 0, 120),
	FIELD_TEXT(struct rating_word_row, service, 0, 120),
	FIELD_INT(struct rating_word_row, stars, 0, 5),
	FIELD_LINES(struct rating_word_row, words, 0, 1000),
	FIELD_END
};
static const struct shape word_shape = {"RatingWords", sizeof(struct rating_word_row), word_fields};
static const struct field page_fields[] = {
	FIELD_LIST(struct ratings_page, rows, rows_n, &row_shape, RATINGS_MAX),
	FIELD_LIST(struct ratings_page, words, words_n, &word_shape, RATING_WORDS_MAX),
	FIELD_DAY(struct ratings_page, from),
	FIELD_DAY(struct ratings_page, to),
	FIELD_END
};
static const struct shape page_shape = {"RatingsPage", sizeof(struct ratings_page), page_fields};
static const struct columns columns = {&page_shape, "Technician,Service,Ratings,Stars together,5,4,3,2,1",
	"Técnico,Servicio,Valoraciones,Suma de estrellas,5,4,3,2,1", "tech,service,ratings,stars,five,four,three,two,one"};

#define STORY .story = "portal.test.mjs"
const struct endpoint office_ratings[] = {
	{GET, "/ratings", .may = MAY(MAY_SEE_REPORTS), .query = &query_shape, .out = &page_shape, .run = ratings_get,
	    .help = "How pleased customers were with whom and with what, and their last words of it.", STORY},
	{GET, "/ratings.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_SEE_REPORTS), .query = &query_shape, .file = CSV_TYPE,
	    .columns = &columns, .run = ratings_get, .help = "The same by technician and service, to take away.", STORY},
	{0}
};

static enum err
ratings_get(struct work *w, const struct call *c)
{
	struct ratings_page out;

	TRY(act_ratings(w, c->query, &out));
	return reply_shape(c, &page_shape, &out);
}
