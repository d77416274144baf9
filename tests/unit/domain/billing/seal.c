/* tests/unit/domain/billing/seal.c -- an issued document has one way to be written. */
#include "domain/billing/seal.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(a)

static void
a_document_is_written_in_one_way(void **state)
{
	const struct bill_line line = {.id = 2, .kind = CHARGE_STOP, .text = STR("Pool \"A\"\n\\ é\x01"),
	    .quantity_milli = 1000, .unit_cents = 5000, .net_cents = 5000, .tax_cents = 413, .day = {20000}};
	const struct tax_sum tax = {1, 82500, STR("Texas"), 5000, 413};
	const struct sealed_bill b = {.company = STR("Blue"), .company_address = STR("1 Main"), .customer = STR("Ann"),
	    .customer_address = STR("2 Oak"), .id = 1, .customer_id = 3, .kind = BILL_INVOICE,
	    .number = STR("INV-000001"), .currency = STR("USD"), .kid = STR("k1"), .issued_at = 1750000000,
	    .day = {20000}, .due_day = {20014}, .line = &line, .n = 1, .sums = {5000, 413, 5413, &tax, 1}};
	struct str bytes;

	(void)state;
	assert_int_equal(seal_bill(&b, a, &bytes, NULL), OK);
	assert_string_equal(bytes.p,
	    "{\"company\":{\"address\":\"1 Main\",\"name\":\"Blue\"},\"currency\":\"USD\","
	    "\"customer\":{\"address\":\"2 Oak\",\"id\":\"0000000000003\",\"name\":\"Ann\"},\"day\":\"2024-10-04\","
	    "\"due\":\"2024-10-18\",\"id\":\"0000000000001\",\"issued_at\":1750000000,\"kid\":\"k1\","
	    "\"kind\":\"invoice\",\"lines\":[{\"day\":\"2024-10-04\",\"id\":\"0000000000002\",\"kind\":\"stop\","
	    "\"net\":5000,\"quantity_milli\":1000,\"tax\":413,\"text\":\"Pool \\\"A\\\"\\n\\\\ é\\u0001\","
	    "\"unit\":5000}],\"net\":5000,\"number\":\"INV-000001\",\"opening\":0,\"previous\":\""
	    "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
	    "000000000000000000000000000000000000000000000000\",\"tax\":413,"
	    "\"taxes\":[{\"base\":5000,\"name\":\"Texas\",\"rate_ppm\":82500,\"tax\":413}],\"total\":5413,\"v\":1}");
}

static void
a_statement_says_what_moved_since_the_one_before(void **state)
{
	const struct sealed_move move = {{20001}, POSTING_PAY, STR("INV-000001"), STR("1041"), -500};
	const struct sealed_bill b = {.kind = BILL_STATEMENT, .company = STR("Blue"), .company_address = STR(""), .customer = STR("Ann"),
	    .customer_address = STR(""), .number = STR("STM-000001"), .currency = STR("USD"), .kid = STR("k1"), .move = &move, .move_n = 1};
	const char *const want = "\"lines\":[],\"moves\":[{\"cents\":-500,\"day\":\"2024-10-05\",\"kind\":\"pay\","
	    "\"number\":\"INV-000001\",\"what\":\"1041\"}],\"net\":0";
	struct str bytes;

	(void)state;
	assert_int_equal(seal_bill(&b, a, &bytes, NULL), OK);
	assert_non_null(memmem(bytes.p, bytes.n, want, strlen(want)));
}

static void
a_document_over_its_ceiling_is_refused(void **state)
{
	struct bill_line *line = arena_array(a, struct bill_line, BILL_LINES_MAX);
	struct sealed_bill b = {.kind = BILL_INVOICE, .line = line, .n = BILL_LINES_MAX};
	struct str bytes, text = str_printf(a, "%0*d", 900, 1);

	(void)state;
	for (size_t i = 0; i < b.n; i++)
		line[i] = (struct bill_line){.kind = CHARGE_ITEM, .text = text};
	assert_int_equal(seal_bill(&b, a, &bytes, NULL), E_LIMIT);
	for (size_t i = 0; i < b.n; i++)
		line[i].text = str_sub(text, 0, BILL_TEXT_MAX / 2);
	assert_int_equal(seal_bill(&b, a, &bytes, NULL), OK);
}

static void
a_state_follows_only_where_it_may(void **state)
{
	(void)state;
	for (enum bill_kind k = BILL_QUOTE; k < BILL_KINDS; k++)
		for (enum bill_state from = BILL_DRAFT; from < BILL_STATES; from++)
			for (enum bill_state to = BILL_DRAFT; to < BILL_STATES; to++) {
				const bool may = (from == BILL_DRAFT && to == BILL_ISSUED) ||
				    (to == BILL_VOID && (from == BILL_ISSUED || (k == BILL_QUOTE && from == BILL_DRAFT))) ||
				    (k == BILL_QUOTE && from == BILL_ISSUED && (to == BILL_APPROVED || to == BILL_DECLINED));

				assert_int_equal(bill_may(k, from, to, NULL), may ? OK : E_STALE);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_is_written_in_one_way),
		cmocka_unit_test(a_statement_says_what_moved_since_the_one_before),
		cmocka_unit_test(a_document_over_its_ceiling_is_refused),
		cmocka_unit_test(a_state_follows_only_where_it_may),
	};
	return cmocka_run_group_tests_name("domain/billing/seal", tests, open_arena, close_arena);
}
