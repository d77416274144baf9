-- The operator's account: poolctl logs in as the OS user poolop, over the socket, without a password. It makes
-- schemas and accounts, and can hand on what it has on our own schemas; it is the only account with DDL.
-- All other accounts are made by `poolctl init` and at provisioning: pool_control (its one schema), pool_login (no
-- rights at all: the coat's peg), and one per company with rights on that company's schema, table by table. No roles.
CREATE USER IF NOT EXISTS poolop@localhost IDENTIFIED VIA unix_socket;
GRANT CREATE USER, RELOAD, PROCESS ON *.* TO poolop@localhost;
GRANT SELECT ON mysql.* TO poolop@localhost;
GRANT ALL PRIVILEGES ON `pool\_%`.* TO poolop@localhost WITH GRANT OPTION;
