/* tests/unit/domain/imports/mapping.c -- headers of exports and lists find their fields; no field has two columns. */
#include "domain/imports/mapping.h"

#include "tests/unit/arena.h"
#include "tests/unit/test.h"

ARENA_OF_EACH_TEST(arena)

static struct mapping
guess(const char *header)
{
	struct mapping m;
	struct csv_table t;

	assert_int_equal(table_open(str_of(header), arena, &t, NULL), OK);
	mapping_guess(t.header, t.columns, arena, &m);
	return m;
}

static void
headers_find_their_fields(void **state)
{
	static const struct {
		const char *header, *want;
		enum import_source source;
	} row[] = {
		{"Name,Address,City,State,Zip", "name street city region postcode", SOURCE_PLAIN},
		{"street,city,state,zip,latitude,longitude,sq_ft,type",
		    "street city region postcode lat lng nothing nothing", SOURCE_PLAIN},
		{"Nombre;Apellidos;Correo electr\xc3\xb3nico;Tel\xc3\xa9" "fono;Direcci\xc3\xb3n;Ciudad;C\xc3\xb3" "digo Postal",
		    "first_name last_name email phone street city postcode", SOURCE_PLAIN},
		{"Cliente,Tel. m\xc3\xb3vil,Celular,Estado,Perros,D\xc3\xad" "a de servicio,T\xc3\xa9" "cnico,Mensualidad",
		    "name nothing phone region dogs service_day technician rate", SOURCE_PLAIN},
		{"Customer Id,First Name,Last Name,Display As Company,Billing Address,Billing City,Location Address,"
		 "Location City,Location Zip,Location Notes,Gate Code,Dog's Name,Mobile Phone 1,Email 1,Minutes At Stop,Gallons",
		    "external_id first_name last_name nothing bill_street bill_city street city postcode "
		    "note_technicians gate_code dogs phone email nothing volume", SOURCE_SKIMMER},
		{"J-ID,Display Name,First Name,Last Name,Company Name,Main Phone #s,E-mails,Billing Street 1,Billing Street 2,"
		 "Billing City,Billing State,Billing Zip code,Service Street 1,Service Street 2,Service City,Service State,"
		 "Service Zip code,Tags,Archived",
		    "external_id name first_name last_name company phone email bill_street nothing bill_city bill_region "
		    "bill_postcode street street_2 city region postcode tags nothing", SOURCE_JOBBER},
		{"First Name,Last Name,Company,Mobile Number,Home Number,Email,Additional Emails,Address_1 Street Line 1,"
		 "Address_1 City,Address_1 State,Address_1 Postal Code,Customer Notes",
		    "first_name last_name company phone nothing email nothing street city region postcode note_office",
		    SOURCE_HOUSECALL_PRO},
		{"Customer full name,Company name,Phone numbers,Email,Billing address,Shipping address,Open balance",
		    "name company phone email bill_street street nothing", SOURCE_QUICKBOOKS},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct mapping m = guess(row[i].header);
		struct buf b = buf_open(arena, 256, 4096);

		for (size_t k = 0; k < m.columns; k++) {
			buf_printf(&b, "%s%s", k > 0 ? " " : "", import_field_names[m.field[k]]);
			assert_true((m.field[k] == IMPORT_NOTHING) == (m.confidence[k] == 0) && m.confidence[k] <= 100);
		}
		assert_int_equal(m.source, row[i].source);
		assert_string_equal(buf_str(&b).p, row[i].want);
		assert_int_equal(mapping_check(&m, NULL), OK);
	}
}

static void
the_unit_is_read_off_the_header_of_the_volume(void **state)
{
	(void)state;
	assert_int_equal(guess("name,Pool Volume (gallons)").unit, UNIT_US_GALLONS);
	assert_int_equal(guess("nombre,Litros").unit, UNIT_LITRES);
	assert_int_equal(guess("name,Volume m3").unit, UNIT_CUBIC_METRES);
	assert_int_equal(guess("name,volume").unit, UNIT_UNSAID);
}

static void
no_field_has_two_columns_whatever_the_header(void **state)
{
	struct str header[TABLE_COLUMNS_MAX];
	static const char *const name[] = {"Email", "E-mail", "Phone", "Mobile", "Name", "Customer", "", "Zip", "Zip Code"};
	struct mapping m;

	(void)state;
	for (size_t i = 0; i < TABLE_COLUMNS_MAX; i++)
		header[i] = str_of(name[i * 7 % COUNT_OF(name)]);
	mapping_guess(header, TABLE_COLUMNS_MAX, arena, &m);
	assert_int_equal(mapping_check(&m, NULL), OK);
	assert_int_equal(mapping_column(&m, IMPORT_LAT), TABLE_COLUMNS_MAX);
	mapping_guess(header, 0, arena, &m);
	assert_int_equal(m.columns, 0);
}

static void
a_mapping_changed_by_hand_is_checked(void **state)
{
	struct mapping m = guess("name,email");
	struct fault f = {0};

	(void)state;
	m.field[0] = IMPORT_EMAIL;
	assert_int_equal(mapping_check(&m, &f), E_INVALID);
	assert_string_equal(f.field, "columns");
	m.field[0] = IMPORT_NOTHING;
	assert_int_equal(mapping_check(&m, NULL), E_INVALID);
	m.field[0] = IMPORT_STREET;
	assert_int_equal(mapping_check(&m, NULL), OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(headers_find_their_fields),
	    cmocka_unit_test(the_unit_is_read_off_the_header_of_the_volume),
	    cmocka_unit_test(no_field_has_two_columns_whatever_the_header),
	    cmocka_unit_test(a_mapping_changed_by_hand_is_checked),
	};

	return cmocka_run_group_tests_name("domain/imports/mapping", tests, open_arena, close_arena);
}
