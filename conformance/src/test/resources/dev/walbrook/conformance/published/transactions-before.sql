CREATE SCHEMA hidden;
CREATE TABLE hidden.t (id int PRIMARY KEY);
CREATE TABLE nation (n_nationkey int PRIMARY KEY, n_name char(25), n_comment varchar(152));
CREATE TABLE lineitem (
    l_orderkey bigint, l_linenumber int, l_quantity numeric(15, 2), l_shipdate date, l_price double precision,
    PRIMARY KEY (l_orderkey, l_linenumber));
INSERT INTO nation VALUES (0, 'ALGERIA', NULL), (1, 'ARGENTINA', 'al foxes');
INSERT INTO lineitem VALUES (1, 1, 17.00, '1996-03-13', 21168.23);
