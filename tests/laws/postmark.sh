#!/usr/bin/env bash
# What our Postmark posts has the vendor's types: every report of tests/fakes/postmark.mjs is judged by the types of the vendor's
# library. A field that we read and Postmark does not have would be read nowhere else.
. "$(dirname "$0")/lib.sh"

tsc=web/node_modules/.bin/tsc
if [ ! -x "$tsc" ] || [ ! -d tests/node_modules/postmark ]; then
	echo "ok - the fake Postmark has the vendor's types # SKIP no node_modules: ops/dev/npm.sh web tests"
	exit 0
fi
judged() { # a file, by the strictest reading
	"$tsc" --strict --exactOptionalPropertyTypes --allowJs --checkJs --noEmit --target ES2023 --lib ES2023 --module NodeNext --moduleResolution NodeNext \
		--skipLibCheck --types "" "$1"
}
bent() { # a name or a value that is not the vendor's; the law's own copy, because laws are read side by side
	local folder=build/laws/postmark
	rm -rf "$folder" && mkdir -p "$folder"
	sed -e "$1" -e "s|import(\"postmark\")|import(\"$PWD/tests/node_modules/postmark/dist/index.js\")|" tests/fakes/postmark.mjs > "$folder/postmark.mjs"
	judged "$folder/postmark.mjs"
}

catches "postmark: a field misspelt" "OriginalRecipent" bent 's/OriginalRecipient: to/OriginalRecipent: to/'
catches "postmark: a kind of report that there is not" "Complaint" bent 's/RecordType: "SpamComplaint"/RecordType: "Complaint"/'
catches "postmark: a value of another kind" "MailboxHash" bent 's/MailboxHash: hash }/MailboxHash: 7 }/'
holds "the fake Postmark has the vendor's types" judged tests/fakes/postmark.mjs
exit $law_status
