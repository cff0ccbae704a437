CREATE TABLE customers (
    id serial PRIMARY KEY,
    first_name varchar(255) NOT NULL,
    last_name varchar(255) NOT NULL,
    email varchar(255) NOT NULL UNIQUE,
    created timestamptz DEFAULT '2024-02-29 12:00:00+01',
    balance numeric(12, 2) DEFAULT 0);
INSERT INTO customers (first_name, last_name, email, balance) VALUES
    ('Sally', 'Thomas', 'sally@example.org', 12.50),
    ('George', 'Bailey', 'george@example.org', NULL);

CREATE TABLE orders (id serial PRIMARY KEY, purchaser int REFERENCES customers);
INSERT INTO orders (purchaser) VALUES (1);
