INSERT INTO customers (first_name, last_name, email) VALUES ('Edward', 'Walker', 'edward@example.org');
INSERT INTO orders (purchaser) VALUES (3);

UPDATE customers SET first_name = 'Anne Marie', balance = balance - 100.25 WHERE id = 1;

UPDATE customers SET id = 1004 WHERE id = 2;

DELETE FROM orders;
DELETE FROM customers WHERE id = 3;

INSERT INTO customers (first_name, last_name, email) VALUES ('Zoë', '', 'zoe@example.org');
