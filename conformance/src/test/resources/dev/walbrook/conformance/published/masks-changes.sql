INSERT INTO inventory.orders VALUES (3, 'George', 'short', 3, 'y');
INSERT INTO inventory.shipment VALUES (3, 'George', NULL);
INSERT INTO inventory.secrets VALUES (3);

UPDATE inventory.orders SET "customerName" = 'Anne', internal_a = 4;
UPDATE inventory.customers SET email = NULL;
UPDATE inventory.customers SET pk2 = 'eleven';
UPDATE inventory.customers SET id = 2;

UPDATE inventory.purchaseorders SET pk4 = '2024-01-02';
DELETE FROM inventory.purchaseorders;
DELETE FROM inventory.customers;

UPDATE schema1.t SET n = 'two';
UPDATE schema2.table3 SET n = 'two';
UPDATE schema2.table3 SET id = 102;
DELETE FROM schema2.table3;
INSERT INTO schema2.table2 VALUES (5);

INSERT INTO inventory.orders VALUES (4, 'George', '');
