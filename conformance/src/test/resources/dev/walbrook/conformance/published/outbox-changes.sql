INSERT INTO inventory.purchaseorder VALUES (2, '2024-05-06');
INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000003', 'Order', '2', 'OrderCreated', now() AT TIME ZONE 'UTC', '{"id": 2}', 'span');
DELETE FROM inventory.outboxevent WHERE aggregateid = '2';

INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000004', 'Order', '2', 'OrderLineUpdated', now() AT TIME ZONE 'UTC', '{"lines": [1, null]}'),
    ('0d3a4b10-0000-4000-8000-000000000005', 'Customer', '7', 'InvoiceCreated', now() AT TIME ZONE 'UTC', '');
DELETE FROM inventory.outboxevent;

INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000006', 'Order', '3', 'OrderCreated', now() AT TIME ZONE 'UTC', '{"text": "ünï"}');
