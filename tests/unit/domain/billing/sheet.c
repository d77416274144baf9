/* tests/unit/domain/billing/sheet.c -- a document as lines of text: in the reader's language, and nobody's words make a line. */
#include "domain/billing/sheet.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static struct sheet
invoice(const struct sheet_line *line, size_t n)
{
	struct sheet s = {.file = STR("0abc.pdf"), .language = SPANISH, .accent = STR("#0f5e66"), .company = STR("Blue"),
	    .company_address = STR("1 Palm Way\nAustin TX"), .company_phone = STR(""), .customer = STR("Rosa"),
	    .customer_address = STR(""), .kind = BILL_INVOICE, .number = STR("INV-000001"), .currency = STR("USD"),
	    .title = STR(""), .note = STR(""), .line = line, .n = n, .net_cents = 10000, .tax_cents = 825,
	    .total_cents = 10825, .verify_url = STR("")};

	assert_true(day_read(STR("2026-06-05"), &s.day));
	s.due_day = day_add(s.day, 14);
	return s;
}

static struct str
written(const struct sheet *s)
{
	struct buf b = buf_open(a, 1024, SHEET_BYTES_MAX);

	assert_int_equal(sheet_write(s, a, &b, NULL), OK);
	return buf_str(&b);
}

static bool
says(struct str text, const char *what)
{
	return memmem(text.p, text.n, what, strlen(what)) != NULL;
}

static void
a_document_speaks_the_readers_language_and_explains_its_lines(void **state)
{
	const struct tax_sum tax = {1, 82500, STR("Texas"), 10000, 825};
	struct sheet_line line[3] = {{CHARGE_MONTH, STR("Weekly"), .part = 2, .of = 4, .rate_cents = 20000,
	    .quantity_milli = 1000, .net_cents = 10000}, {CHARGE_DISCOUNT, STR("Less"), .part = 100000, .of = 1000000,
	    .rate_cents = 5000, .quantity_milli = 1000, .net_cents = -500}, {CHARGE_DOSE, STR("Acid"), .part = 1, .of = 1,
	    .quantity_milli = 2500, .unit_cents = 200, .net_cents = 500}};
	struct sheet s = invoice(line, 3);
	struct str text;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		line[i].day = line[i].from_day = line[i].to_day = s.day;
	s.tax = &tax;
	s.tax_n = 1;
	text = written(&s);
	assert_true(str_starts(text, STR("file 0abc.pdf\n")) && str_ends(text, STR("\nend\n")));
	assert_true(says(text, "lang es\nname Factura INV-000001\n"));
	assert_true(says(text, "title Factura\n") && says(text, "fact Fecha\t5 jun 2026\n"));
	assert_true(says(text, "5 jun 2026 \xe2\x80\x93 5 jun 2026, 2/4 de $200.00\t"));
	assert_true(says(text, "\t10 % de $50.00\t"));
	assert_true(says(text, "\t2.5\t$2.00\t$5.00\n"));
	assert_true(says(text, "sum Texas 8.25 %\t$8.25\n") && says(text, "total Importe total\t$108.25\n"));
	assert_false(says(text, "\nsubject "));
	s.title = STR("Your pump");
	assert_true(says(written(&s), "\nsubject Your pump\nhead "));
	assert_true(says(text, "company 1 Palm Way\ncompany Austin TX\n"));
}

static void
a_draft_says_so_and_has_no_number(void **state)
{
	const struct sheet_line line = {CHARGE_ITEM, STR("Pump"), .quantity_milli = 1000, .net_cents = 1};
	struct sheet s = invoice(&line, 1);
	struct str text;

	(void)state;
	s.draft = true;
	s.number = STR("");
	text = written(&s);
	assert_true(says(text, "\nstamp Borrador\n") && says(text, "name Factura Borrador, sin emitir\n"));
	assert_true(says(text, "fact N\xc3\xbamero\tBorrador, sin emitir\n") && says(text, "foot Blue \xc2\xb7 Borrador, sin emitir\n"));
	assert_true(says(text, "\nsmall Esto es un borrador"));
	s.draft = false;
	assert_false(says(written(&s), "orrador"));
}

static void
nothing_that_somebody_typed_makes_a_line_or_a_cell(void **state)
{
	const struct sheet_line line = {CHARGE_ITEM, STR("Pump\nend\nfile ../evil\tx\r"), .quantity_milli = 1000, .net_cents = 1};
	struct sheet s = invoice(&line, 1);
	struct str text;

	(void)state;
	s.customer = STR("Rosa\ntotal All\t$0.00");
	text = written(&s);
	assert_true(says(text, "row Pump end file ../evil x \t"));
	assert_true(says(text, "to Rosa total All $0.00\n"));
	assert_false(says(text, "\nfile ..") || says(text, "\ntotal All"));
}

static void
a_statement_carries_over_and_a_receipt_says_what_it_pays(void **state)
{
	const struct sheet_paid paid = {STR("INV-000001"), {20000}, 5000};
	struct sheet s = invoice(NULL, 0);
	struct sheet_receipt r;
	struct buf b = buf_open(a, 1024, SHEET_BYTES_MAX);

	(void)state;
	s.kind = BILL_STATEMENT;
	const struct sheet_move moves[] = {{STR("Pago \xc2\xb7 Cheque \xc2\xb7 1041"), s.day, -3000}, {STR("Cr\xc3\xa9" "dito"), s.day, -500}};

	s.opening_cents = 1000;
	assert_true(says(written(&s), "total Saldo\t$118.25\n"));
	/* What was paid since is a line; together it is what the ledger says. */
	s.move = moves;
	s.move_n = 2;
	assert_true(says(written(&s), "row Pago \xc2\xb7 Cheque \xc2\xb7 1041\t5 jun 2026\t\t\t-$30.00\n"));
	assert_true(says(written(&s), "total Saldo\t$83.25\n") && says(written(&s), "fact Saldo\t$83.25\n"));
	/* Nobody is asked to pay what is theirs. */
	assert_true(says(written(&s), "fact Pagar hasta el\t"));
	s.opening_cents = -20000;
	assert_false(says(written(&s), "fact Pagar hasta el\t"));
	s.opening_cents = 1000;
	r = (struct sheet_receipt){.as = s, .way = STR("Cheque"), .reference = STR("1041"), .cents = 6000, .free_cents = 1000,
	    .paid = &paid, .n = 1};
	r.as.kind = BILL_RECEIPT;
	assert_int_equal(sheet_receipt_write(&r, a, &b, NULL), OK);
	assert_true(says(buf_str(&b), "row INV-000001\t\t") && says(buf_str(&b), "total Recibido\t$60.00\n"));
	assert_true(says(buf_str(&b), "small Cheque \xc2\xb7 1041\n"));
}

static void
what_does_not_fit_is_refused(void **state)
{
	struct sheet s = invoice(NULL, 0);
	struct buf b = buf_open(a, 16, 64);

	(void)state;
	assert_int_equal(sheet_write(&s, a, &b, NULL), E_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_speaks_the_readers_language_and_explains_its_lines),
		cmocka_unit_test(a_draft_says_so_and_has_no_number),
		cmocka_unit_test(nothing_that_somebody_typed_makes_a_line_or_a_cell),
		cmocka_unit_test(a_statement_carries_over_and_a_receipt_says_what_it_pays),
		cmocka_unit_test(what_does_not_fit_is_refused),
	};
	return cmocka_run_group_tests_name("domain/billing/sheet", tests, open_arena, close_arena);
}
