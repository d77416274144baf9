#!/usr/bin/env bash
# The generators refuse what they promise to refuse, with every awk that is here; and point into the .sql.
. "$(dirname "$0")/lib.sh"

# gen AWK < sql -- run the generator on text, as if it were a file of tenant queries
gen() { "$1" -v src=sql/tenant/queries/seed.sql -v out="$seed/seed" -f sql/gen.awk -f sql/gen_check.awk; }

refuses() { # NAME WORDS, the query on stdin
	local text
	text=$(cat)
	for awk in "${awks[@]}"; do
		catches "$awk: $1" "$2" gen "$awk" <<< "$text"
	done
}

awks=()
for awk in mawk gawk; do command -v $awk > /dev/null && awks+=($awk); done

refuses "a parameter that is not listed" "seed.sql:3: error: parameter :b" << 'EOS'
-- name: x :any
-- in: int32_t v
INSERT IGNORE INTO t (a) VALUES (:b);
EOS
refuses "a parameter that is not used" "parameter b is not used" << 'EOS'
-- name: x :insert
-- in: int32_t v, int32_t b
INSERT INTO t (a) VALUES (:v);
EOS
refuses "a parameter inside quotes is text" "parameter v is not used" << 'EOS'
-- name: x :insert
-- in: int32_t v
INSERT INTO t (a) VALUES (':v');
EOS
refuses "SELECT *" "no SELECT *" << 'EOS'
-- name: x :many struct t
-- bound: few
SELECT * FROM t;
EOS
refuses ":many without a bound" ":many needs a LIMIT" << 'EOS'
-- name: x :many struct t
SELECT id FROM t;
EOS
refuses "an unnamed expression" "name the column" << 'EOS'
-- name: x :one struct t
SELECT COUNT(*) FROM t;
EOS
refuses "a write without a class" "say the class" << 'EOS'
-- name: x :any
-- in: int32_t v
UPDATE t SET a = :v WHERE id = 1;
EOS
refuses "an upsert without a class" "say the class" << 'EOS'
-- name: x :any
-- in: int32_t v
INSERT INTO t (a) VALUES (:v) ON DUPLICATE KEY UPDATE a = :v;
EOS
refuses "compare without the version in WHERE" "version = :version" << 'EOS'
-- name: x :exactly-one
-- in: int32_t v, uint32_t version
-- class: compare
UPDATE t SET a = :v, version = version + 1 WHERE id = 1 AND a <> :version;
EOS
refuses "compare that does not bump the version" "SET version = version + 1" << 'EOS'
-- name: x :exactly-one
-- in: int32_t v, uint32_t version
-- class: compare
UPDATE t SET a = :v WHERE id = 1 AND version = :version;
EOS
refuses "compare that may match nothing" ":exactly-one" << 'EOS'
-- name: x :any
-- in: int32_t v, uint32_t version
-- class: compare
UPDATE t SET a = :v, version = version + 1 WHERE id = 1 AND version = :version;
EOS
refuses "add that sets" "sets x = x + :d and nothing else" << 'EOS'
-- name: x :exactly-one
-- in: int32_t v
-- class: add
UPDATE t SET a = a + :v, b = :v WHERE id = 1;
EOS
refuses "add that takes the last" "sets x = x + :d and nothing else" << 'EOS'
-- name: x :any
-- in: int32_t v
-- class: add
INSERT INTO t (n) VALUES (:v) ON DUPLICATE KEY UPDATE n = VALUES(n);
EOS
refuses "locked that does not bump the version" "bumps the row's version" << 'EOS'
-- name: x :exactly-one
-- in: int32_t v
-- class: locked
UPDATE t SET a = :v WHERE id = 1;
EOS
refuses "an UPDATE of everything" "has a WHERE" << 'EOS'
-- name: x :any
-- class: own
UPDATE t SET a = 1;
EOS
refuses "the server's clock" "NOW()" << 'EOS'
-- name: x :insert
INSERT INTO t (a) VALUES (NOW());
EOS
refuses "another schema" "never named with its schema" << 'EOS'
-- name: x :one struct t
SELECT id FROM pool_t000001.staff WHERE id = 1;
EOS
refuses "two statements" "one statement per name" << 'EOS'
-- name: x :insert
INSERT INTO t (a) VALUES (1); DELETE FROM t;
EOS
refuses "a statement without its end" "no statement ending in ;" << 'EOS'
-- name: x :insert
INSERT INTO t (a) VALUES (1)
EOS
refuses "a name that is taken" "is taken" << 'EOS'
-- name: x :insert
INSERT INTO t (a) VALUES (1);
-- name: x :insert
INSERT INTO t (a) VALUES (2);
EOS

# What the C compiler judges is reported against the .sql, at its line.
compile() {
	plant rows.h <<< '#include "sql/value.h"
struct seed_row { uint64_t id; double d; };'
	for awk in "${awks[@]}"; do
		gen "$awk" || return 1
		sed -i 's|"sql/tenant/queries/seed.h"|"seed.h"|' "$seed/seed.c"
		gcc -std=c11 -Wall -Wextra -Werror -I. -I"$seed" -fsyntax-only "$seed/seed.c" || return 1
	done
}
holds "a good file compiles" compile << 'EOS'
-- include rows.h
-- name: seeds :many struct seed_row
-- in: uint64_t id, struct str x
-- bound: few
SELECT s.id -- a comment; with :things 'in' it
  FROM seed s WHERE id > :id AND (:x = '' OR x = :x) AND y = 'it''s; :fine -- here' ORDER BY id;
EOS
holds "what comes to the same in any order is an add" compile << 'EOS'
-- include rows.h
-- name: seed_most :any
-- in: int32_t v, int32_t d
-- class: add
INSERT INTO seed (n, m) VALUES (:v, :d)
    ON DUPLICATE KEY UPDATE n = GREATEST(n, VALUES(n)), m = LEAST(m, :d), k = k + :d, version = version + 1;
EOS
catches "a misspelt column points into the .sql" "seed.sql:4" compile << 'EOS'
-- include rows.h
-- name: seeds :one struct seed_row
SELECT
  ident
  FROM seed LIMIT 1;
EOS
catches "a member of a type that meets no column" "seed.sql:3" compile << 'EOS'
-- include rows.h
-- name: seeds :one struct seed_row
SELECT d FROM seed LIMIT 1;
EOS
catches "a value of a type that meets no column" "seed.sql:4" compile << 'EOS'
-- include rows.h
-- name: seed_add :insert
-- in: float f
INSERT INTO seed (f) VALUES (:f);
EOS

# Migrations. Each is tried as a tree of its own, with a good first step.
migrate() {
	rm -rf "$seed/sql"
	plant sql/tenant/migrations/0001_a.sql << 'EOS'
-- why: a
-- phase: expand
-- verify: SELECT 1
CREATE TABLE a ( -- append-only
  id INT PRIMARY KEY
);
EOS
	plant "sql/tenant/migrations/$1"
	for awk in "${awks[@]}"; do
		(cd "$seed" && $awk -f "$OLDPWD/sql/migrations.awk" sql/tenant/migrations/*.sql > /dev/null) || return 1
	done
}
head='-- why: b
-- phase: expand
-- verify: SELECT 1'
holds "a good migration is taken" migrate 0002_b.sql <<< "$head
ALTER TABLE a ADD COLUMN b INT NULL, ALGORITHM=INSTANT;"
catches "a gap in the steps" "step 2 of tenant is missing" migrate 0003_b.sql <<< "$head
ALTER TABLE a ADD COLUMN b INT NULL, ALGORITHM=INSTANT;"
catches "an ALTER that is not INSTANT" "ALGORITHM=INSTANT" migrate 0002_b.sql <<< "$head
ALTER TABLE a ADD KEY b (id);"
catches "two statements in a migration" "one statement in a file" migrate 0002_b.sql <<< "$head
DROP TABLE a;
DROP TABLE b;"
catches "no reason" "the header has" migrate 0002_b.sql <<< "DROP TABLE a;"
catches "a phase that is none" "expand, fill or contract" migrate 0002_b.sql <<< "${head/expand/soon}
DROP TABLE a;"
catches "a table without a primary key" "PRIMARY KEY" migrate 0002_b.sql <<< "$head
CREATE TABLE b ( id INT, version INT UNSIGNED NOT NULL );"
catches "a table without a version" "a version" migrate 0002_b.sql <<< "$head
CREATE TABLE b ( id INT PRIMARY KEY );"
catches "a column that names the company" "names the company" migrate 0002_b.sql <<< "$head
CREATE TABLE b ( id INT PRIMARY KEY, tenant_id INT, version INT UNSIGNED NOT NULL );"
catches "another engine" "InnoDB" migrate 0002_b.sql <<< "$head
CREATE TABLE b ( id INT PRIMARY KEY, version INT UNSIGNED NOT NULL ) ENGINE=Aria;"
catches "DDL of another kind" "CREATE TABLE, ALTER TABLE or DROP TABLE" migrate 0002_b.sql <<< "$head
CREATE INDEX b ON a (id);"
exit $law_status
