INSERT INTO lineitem VALUES (1, 2, 36, '1996-04-12', 45983.16), (2, 1, 38, 'infinity', 'NaN');
UPDATE nation SET n_comment = 'y' WHERE n_nationkey = 0;

UPDATE lineitem SET l_orderkey = 3 WHERE l_orderkey = 2;
INSERT INTO hidden.t VALUES (1);

INSERT INTO hidden.t VALUES (2);

DELETE FROM lineitem WHERE l_orderkey = 1;
DELETE FROM nation WHERE n_nationkey = 1;

INSERT INTO nation VALUES (2, 'BRAZIL', '');
