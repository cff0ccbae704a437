INSERT INTO inventory.purchaseorder VALUES (2, '2024-05-06');
INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000003', 'Order', '2', 'OrderCreated', '2024-05-06 08:00:00.5', '{"id": 2}', 'span');
DELETE FROM inventory.outboxevent WHERE aggregateid = '2';

INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000004', 'Order', '2', 'OrderLineUpdated', '2024-05-06 08:01:00', '{"lines": [1, null]}'),
    ('0d3a4b10-0000-4000-8000-000000000005', 'Customer', '7', 'InvoiceCreated', '2024-05-06 08:01:00', '');
DELETE FROM inventory.outboxevent;

INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000006', 'Order', '3', 'OrderCreated', '1970-01-01 00:00:00.001', '{"text": "ünï"}');
