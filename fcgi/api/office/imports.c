/*
 * fcgi/api/office/imports.c -- customers come in from a list: file, columns, practice, answers, start, undo.
 */
#include <assert.h>

#include "fcgi/acts/imports.h"
#include "fcgi/http/reply.h"
#include "fcgi/http/router.h"

/* What a person sees of an import: one flat thing. */
struct import_card {
	uint64_t id;
	enum batch_state state;
	struct str staff_name;
	int64_t made_at;
	struct maybe_i64 ended_at, undone_at, undo_until;
	uint32_t total, done;
	bool file;
	struct str name, delimiter, why;
	uint32_t bytes, customers, properties, pools, removed, kept, version;
	enum table_encoding encoding;
	enum import_source source;
	enum volume_unit unit;
	enum import_policy policy;
	int64_t create, change, skip, wrong, ask, made, changed, undone, stayed, odd;
};

struct import_cards {
	struct import_card *rows;
	size_t rows_n;
	struct maybe_u64 next;
};

static enum err imports_list(struct work *w, const struct call *c);
static enum err import_begin(struct work *w, const struct call *c);
static enum err import_sample(struct work *w, const struct call *c);
static enum err import_get(struct work *w, const struct call *c);
static enum err import_columns(struct work *w, const struct call *c);
static enum err import_map(struct work *w, const struct call *c);
static enum err import_lines(struct work *w, const struct call *c);
static enum err import_answer(struct work *w, const struct call *c);
static enum err import_problems(struct work *w, const struct call *c);
static enum err import_start(struct work *w, const struct call *c);
static enum err import_undo(struct work *w, const struct call *c);
static enum err import_drop(struct work *w, const struct call *c);
static enum err reply_import(struct work *w, const struct call *c, uint64_t id, bool fresh);
static struct import_card card_of(const struct import_view *v);

static const char *const batch_state_names[] = {"", "draft", "dry", "running", "done", "undoing", "undone", "failed", NULL};
static_assert(sizeof(batch_state_names) / sizeof(char *) == BATCH_STATES + 1, "each has its name");
static const char *const row_state_names[] = {"", "waiting", "create", "change", "skip", "wrong", "done", "undone", "ask",
    "made", "kept", NULL};
static_assert(sizeof(row_state_names) / sizeof(char *) == ROW_STATES + 1, "each has its name");

#define COUNT(m) FIELD_INT(struct import_card, m, 0, INT32_MAX)
static const struct field import_card_fields[] = {
	FIELD_ID(struct import_card, id),
	FIELD_ENUM(struct import_card, state, batch_state_names),
	FIELD_TEXT(struct import_card, staff_name, 0, 120),
	FIELD_TIME(struct import_card, made_at),
	FIELD_MAYBE_TIME(struct import_card, ended_at),
	FIELD_MAYBE_TIME(struct import_card, undone_at),
	FIELD_MAYBE_TIME(struct import_card, undo_until),
	COUNT(total),
	COUNT(done),
	FIELD_BOOL(struct import_card, file),
	FIELD_TEXT(struct import_card, name, 0, IMPORT_NAME_MAX),
	FIELD_TEXT(struct import_card, delimiter, 0, 4),
	FIELD_TEXT(struct import_card, why, 0, 300),
	COUNT(bytes),
	FIELD_ENUM(struct import_card, encoding, table_encoding_names),
	FIELD_ENUM(struct import_card, source, import_source_names),
	FIELD_ENUM(struct import_card, unit, volume_unit_names),
	FIELD_ENUM(struct import_card, policy, import_policy_names),
	COUNT(customers),
	COUNT(properties),
	COUNT(pools),
	COUNT(removed),
	COUNT(kept),
	COUNT(create),
	COUNT(change),
	COUNT(skip),
	COUNT(wrong),
	COUNT(ask),
	COUNT(made),
	COUNT(changed),
	COUNT(undone),
	COUNT(stayed),
	COUNT(odd),
	FIELD_INT(struct import_card, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape import_card_shape = {"Import", sizeof(struct import_card), import_card_fields};

static const struct field import_cards_fields[] = {
	FIELD_LIST(struct import_cards, rows, rows_n, &import_card_shape, IMPORTS_PAGE),
	FIELD_MAYBE_ID(struct import_cards, next),
	FIELD_END
};
static const struct shape import_cards_shape = {"ImportPage", sizeof(struct import_cards), import_cards_fields};
static const struct columns import_columns_of_list = {&import_cards_shape, "File,State,Sent,Ended,Undone,Rows,Done,New,Changed,Skipped,Wrong,Source",
	"Archivo,Estado,Enviado,Terminado,Deshecho,Filas,Hechas,Nuevas,Cambiadas,Omitidas,Con error,Origen", "name,state,made_at,ended_at,undone_at,total,done,made,changed,skip,wrong,source"};
static const struct field import_list_query_fields[] = {FIELD_MAYBE_ID(struct import_list_query, before), FIELD_END};
static const struct shape import_list_query_shape = {"ImportsQuery", sizeof(struct import_list_query),
    import_list_query_fields};

static const struct field import_column_view_fields[] = {
	FIELD_TEXT(struct import_column_view, header, 0, IMPORT_HEADER_MAX),
	FIELD_ENUM(struct import_column_view, field, import_field_names),
	FIELD_INT(struct import_column_view, confidence, 0, 100),
	FIELD_TEXT(struct import_column_view, sample, 0, IMPORT_SAMPLE_MAX),
	FIELD_END
};
static const struct shape import_column_view_shape = {"ImportColumnView", sizeof(struct import_column_view),
    import_column_view_fields};
static const struct field import_columns_fields[] = {
	FIELD_LIST(struct import_columns, rows, rows_n, &import_column_view_shape, TABLE_COLUMNS_MAX), FIELD_END};
static const struct shape import_columns_shape = {"ImportColumns", sizeof(struct import_columns), import_columns_fields};

static const struct field import_choice_fields[] = {
	FIELD_ENUM(struct import_choice, field, import_field_names), FIELD_END};
static const struct shape import_choice_shape = {"ImportChoice", sizeof(struct import_choice), import_choice_fields};
static const struct field import_mapping_fields[] = {
	FIELD_LIST(struct import_mapping, columns, columns_n, &import_choice_shape, TABLE_COLUMNS_MAX),
	FIELD_ENUM(struct import_mapping, unit, volume_unit_names),
	FIELD_ENUM(struct import_mapping, policy, import_policy_names),
	FIELD_INT(struct import_mapping, version, 1, INT32_MAX),
	FIELD_END
};
static const struct shape import_mapping_shape = {"ImportMapping", sizeof(struct import_mapping), import_mapping_fields};

static const struct field import_lines_query_fields[] = {
	FIELD_ENUM(struct import_lines_query, state, row_state_names),
	FIELD_INT(struct import_lines_query, after, 0, TABLE_ROWS_MAX),
	FIELD_END
};
static const struct shape import_lines_query_shape = {"ImportLinesQuery", sizeof(struct import_lines_query),
    import_lines_query_fields};
static const struct field import_line_fields[] = {
	FIELD_INT(struct import_line, n, 1, TABLE_ROWS_MAX),
	FIELD_ENUM(struct import_line, state, row_state_names),
	FIELD_MAYBE_ID(struct import_line, record_id),
	FIELD_INT(struct import_line, follows, 0, TABLE_ROWS_MAX),
	FIELD_TEXT(struct import_line, problem, 0, 300),
	FIELD_SHAPE(struct import_line, seen, &import_seen_shape),
	FIELD_END
};
static const struct shape import_line_shape = {"ImportLine", sizeof(struct import_line), import_line_fields};
static const struct field import_lines_fields[] = {
	FIELD_LIST(struct import_lines, rows, rows_n, &import_line_shape, IMPORT_LINES_PAGE),
	FIELD_INT(struct import_lines, next, 0, TABLE_ROWS_MAX),
	FIELD_END
};
static const struct shape import_lines_shape = {"ImportLines", sizeof(struct import_lines), import_lines_fields};

static const struct field import_answered_fields[] = {
	FIELD_INT(struct import_answered, n, 1, TABLE_ROWS_MAX),
	FIELD_ENUM(struct import_answered, answer, import_answer_names),
	FIELD_END
};
static const struct shape import_answered_shape = {"ImportAnswered", sizeof(struct import_answered), import_answered_fields};
static const struct field import_answers_fields[] = {
	FIELD_LIST(struct import_answers, rows, rows_n, &import_answered_shape, IMPORT_ANSWERS_MAX), FIELD_END};
static const struct shape import_answers_shape = {"ImportAnswers", sizeof(struct import_answers), import_answers_fields};

static const struct field import_version_fields[] = {
	FIELD_INT(struct import_version, version, 1, INT32_MAX), FIELD_END};
static const struct shape import_version_shape = {"ImportVersion", sizeof(struct import_version), import_version_fields};

#define STORY .story = "imports.test.mjs"
#define MAY_BRING .may = MAY(MAY_IMPORT)
const struct endpoint office_imports[] = {
	{GET, "/imports", MAY_BRING, .query = &import_list_query_shape, .out = &import_cards_shape, .run = imports_list,
	    .help = "Lists that were sent, the newest first; counts of rows are with each one.", STORY},
	{POST, "/imports", MAY_BRING, .upload = true, .out = &import_card_shape, .run = import_begin,
	    .help = "Send a CSV file in a form, at most 10 MiB and 50,000 rows; its columns are guessed.", STORY},
	{GET, "/imports/sample.csv", MAY_BRING, .file = "text/csv; charset=utf-8", .run = import_sample,
	    .help = "A list to fill in.", STORY},
	{GET, "/imports.csv", .may = MAY(MAY_EXPORT) | MAY(MAY_IMPORT), .query = &import_list_query_shape, .file = CSV_TYPE, .columns = &import_columns_of_list, .run = imports_list,
	    .help = "Lists that were sent, and what became of them.", .story = "exports.test.mjs"},
	{GET, "/imports/:id", MAY_BRING, .out = &import_card_shape, .run = import_get,
	    .help = "One import: how far it is and what becomes of its rows.", STORY},
	{GET, "/imports/:id/columns", MAY_BRING, .out = &import_columns_shape, .run = import_columns,
	    .help = "What each column is taken for, with the first that stands in it.", STORY},
	{PUT, "/imports/:id", MAY_BRING, .body = &import_mapping_shape, .out = &import_card_shape, .run = import_map,
	    .help = "Say what the columns mean; it is remembered, and the practice begins.", STORY},
	{GET, "/imports/:id/rows", MAY_BRING, .query = &import_lines_query_shape, .out = &import_lines_shape,
	    .run = import_lines, .help = "What becomes of each row, a hundred at a time.", STORY},
	{POST, "/imports/:id/answers", MAY_BRING, .body = &import_answers_shape, .out = &import_card_shape,
	    .run = import_answer, .help = "Say of rows whether they are somebody we know.", STORY},
	{GET, "/imports/:id/problems.csv", MAY_BRING, .file = "text/csv; charset=utf-8", .run = import_problems,
	    .help = "The rows that have a problem, with it, to be corrected and sent again.", STORY},
	{POST, "/imports/:id/starts", MAY_BRING, .body = &import_version_shape, .out = &import_card_shape,
	    .run = import_start, .help = "Bring the list in.", STORY},
	{POST, "/imports/:id/undoings", MAY_BRING, .body = &import_version_shape, .out = &import_card_shape,
	    .run = import_undo, .help = "Take an import back as a whole, within 30 days.", STORY},
	{DELETE, "/imports/:id", MAY_BRING, .run = import_drop, .help = "Forget a list that was not brought in.", STORY},
	{0}
};

static enum err
imports_list(struct work *w, const struct call *c)
{
	struct import_list list;
	struct import_cards out;

	TRY(act_imports(w, c->query, &list));
	out = (struct import_cards){arena_array(w->arena, struct import_card, list.rows_n), list.rows_n, list.next};
	for (size_t i = 0; i < list.rows_n; i++)
		out.rows[i] = card_of(&list.rows[i]);
	return reply_shape(c, &import_cards_shape, &out);
}

static enum err
import_begin(struct work *w, const struct call *c)
{
	struct part part[PARTS_MAX];
	uint64_t id;
	size_t n;

	TRY(multipart_parse(c->request->content_type, c->request->body, part, &n, &w->fault));
	for (size_t i = 0; i < n; i++)
		if (str_eq(part[i].name, STR("file"))) {
			TRY(act_import_begin(w, part[i].filename, part[i].data, &id));
			return reply_import(w, c, id, true);
		}
	return fail(&w->fault, E_INVALID, "file", "The form holds no file.");
}

static enum err
import_sample(struct work *w, const struct call *c)
{
	/* Both languages' headers are understood; the rows show what may be left out. */
	static const char en[] =
	    "Name,Company,Email,Phone,Street,City,State,ZIP,Latitude,Longitude,Gate code,Dogs,Tags,Pool type,Volume gallons,"
	    "Surface,Sanitizer,Tech notes,Office notes,Customer ID\r\n"
	    "Kathryn Ellison,,kathryn@example.com,(602) 555-0163,811 W Encanto Blvd,Phoenix,AZ,85007,,,4711,Pepper,\"weekly, vip\","
	    "pool,18000,plaster,salt,Latch on the left,Pays by check,A-1001\r\n"
	    "Luis Castellanos,Sunrise HOA,office@example.com,602-555-0110,5520 N 68th St,Scottsdale,AZ,85253,33.5147,-111.9334,,,,"
	    "spa,600,,bromine,,,A-1002\r\n";
	static const char es[] =
	    "Nombre,Empresa,Correo,Teléfono,Calle,Ciudad,Provincia,Código postal,Latitud,Longitud,Código del portón,Perros,"
	    "Etiquetas,Tipo de alberca,Volumen litros,Superficie,Desinfectante,Notas para el técnico,Notas de la oficina,Id cliente\r\n"
	    "Kathryn Ellison,,kathryn@example.com,(602) 555-0163,811 W Encanto Blvd,Phoenix,AZ,85007,,,4711,Pepper,\"semanal, vip\","
	    "piscina,68000,yeso,sal,Pestillo a la izquierda,Paga con cheque,A-1001\r\n"
	    "Luis Castellanos,Sunrise HOA,office@example.com,602-555-0110,5520 N 68th St,Scottsdale,AZ,85253,33.5147,-111.9334,,,,"
	    "spa,2300,,bromo,,,A-1002\r\n";

	return reply_file(c, "text/csv; charset=utf-8", w->actor.language == SPANISH ? "clientes.csv" : "customers.csv",
	    str_printf(w->arena, "\xef\xbb\xbf%s", w->actor.language == SPANISH ? es : en));
}

static enum err
import_get(struct work *w, const struct call *c)
{
	return reply_import(w, c, c->id, false);
}

static enum err
import_columns(struct work *w, const struct call *c)
{
	struct import_columns out;

	TRY(act_import_columns(w, c->id, &out));
	return reply_shape(c, &import_columns_shape, &out);
}

static enum err
import_map(struct work *w, const struct call *c)
{
	TRY(act_import_map(w, c->id, c->body));
	return reply_import(w, c, c->id, false);
}

static enum err
import_lines(struct work *w, const struct call *c)
{
	struct import_lines out;

	TRY(act_import_lines(w, c->id, c->query, &out));
	return reply_shape(c, &import_lines_shape, &out);
}

static enum err
import_answer(struct work *w, const struct call *c)
{
	TRY(act_import_answer(w, c->id, c->body));
	return reply_import(w, c, c->id, false);
}

static enum err
import_problems(struct work *w, const struct call *c)
{
	struct str csv;

	TRY(act_import_problems(w, c->id, &csv));
	return reply_file(c, "text/csv; charset=utf-8", "problems.csv", csv);
}

static enum err
import_start(struct work *w, const struct call *c)
{
	const struct import_version *in = c->body;

	TRY(act_import_start(w, c->id, in->version));
	return reply_import(w, c, c->id, false);
}

static enum err
import_undo(struct work *w, const struct call *c)
{
	const struct import_version *in = c->body;

	TRY(act_import_undo(w, c->id, in->version));
	return reply_import(w, c, c->id, false);
}

static enum err
import_drop(struct work *w, const struct call *c)
{
	TRY(act_import_drop(w, c->id));
	return reply_nothing(c);
}

static enum err
reply_import(struct work *w, const struct call *c, uint64_t id, bool fresh)
{
	struct import_view v;
	struct import_card out;

	TRY(act_import_one(w, id, &v));
	out = card_of(&v);
	return fresh ? reply_created(c, &import_card_shape, &out) : reply_shape(c, &import_card_shape, &out);
}

static struct import_card
card_of(const struct import_view *v)
{
	const struct import_batch_row *r = &v->row;
	const struct import_order *o = &v->order;

	return (struct import_card){.id = r->id, .state = r->state, .staff_name = r->staff_name.is ? r->staff_name.v : STR(""),
	    .made_at = r->made_at, .ended_at = r->ended_at, .undone_at = r->undone_at, .undo_until = v->undo_until,
	    .total = r->total, .done = r->done, .file = r->sheet, .name = o->name, .delimiter = o->delimiter, .why = o->why,
	    .bytes = o->bytes, .encoding = o->encoding == 0 ? TABLE_UTF8 : o->encoding, .source = o->source, .unit = o->unit,
	    .policy = o->policy, .customers = o->customers, .properties = o->properties, .pools = o->pools,
	    .removed = o->removed, .kept = o->kept, .create = v->create, .change = v->change, .skip = v->skip,
	    .wrong = v->wrong, .ask = v->ask, .made = v->made, .changed = v->changed, .undone = v->undone,
	    .stayed = v->stayed, .odd = v->odd, .version = r->version};
}
