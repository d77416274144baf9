#!/usr/bin/env bash
# What the house's own Stripe hands out has the vendor's types: every object of ops/stripe/fixtures.mjs, and every answer and message
# of a whole life of it (stripe.mjs), is judged by the types of the vendor's SDK. A payment that works here because the fake has a
# field that Stripe has not would work nowhere else.
. "$(dirname "$0")/lib.sh"

tsc=web/node_modules/.bin/tsc
if [ ! -x "$tsc" ] || [ ! -d tests/node_modules/stripe ]; then
	echo "ok - the fake Stripe has the vendor's types # SKIP no node_modules: ops/dev/npm.sh web tests"
	exit 0
fi
# The file stands for itself in a folder of its own: laws are read side by side, and none must see another's trespass.
bent() { # a name or a value that is not the vendor's
	local folder=build/laws/stripe
	rm -rf "$folder" && mkdir -p "$folder"
	sed -e "$1" ops/stripe/fixtures.mjs > "$folder/fixtures.mjs"
	cmp -s "$folder/fixtures.mjs" ops/stripe/fixtures.mjs && echo "nothing was bent"
	cp ops/stripe/fixtures.d.ts "$folder"
	sed -e "s|\.\./\.\./tests|$PWD/tests|" ops/stripe/tsconfig.json > "$folder/tsconfig.json"
	"$tsc" -p "$folder"
}

catches "stripe: a field misspelt" "amount_refundet" bent 's/amount_refunded: 0/amount_refundet: 0/'
catches "stripe: a value the vendor does not know" "restrictd" bent 's/status: "restricted"/status: "restrictd"/'
catches "stripe: a field one level down" "bankname" bent 's/us_bank_account: { bank_name/us_bank_account: { bankname/'
# What the fake says is written down once: in its own words, and with the words bent.
rm -rf build/laws/stripe-said && mkdir -p build/laws/stripe-said
said() { # PROGRAM -- what it says when the sed program has been at it
	local folder=build/laws/stripe-said
	sed -e "$1" "$folder/all.ts" > "$folder/said.ts"
	sed -e "s|\.\./\.\./tests|$PWD/tests|" -e 's|"files":.*|"files": ["said.ts"]|' ops/stripe/tsconfig.json > "$folder/tsconfig.json"
	"$tsc" -p "$folder"
}
lived() { node tests/laws/stripe.mjs > build/laws/stripe-said/all.ts && said ''; }
holds "all that the fake Stripe says in a life has the vendor's types" lived
catches "stripe: a member that came to a thing later" "paid_in" said '0,/"reporting_category"/s//"paid_in": "po_1", "reporting_category"/'
catches "stripe: a message that holds something else" "charge" said '0,/"object": "charge"/s//"object": "invoice"/'
catches "stripe: a payment in a state that the vendor does not know" "requires_paiment_method" said 's/"status": "requires_payment_method"/"status": "requires_paiment_method"/'
holds "the fake Stripe has the vendor's types" "$tsc" -p ops/stripe/tsconfig.json
exit $law_status
