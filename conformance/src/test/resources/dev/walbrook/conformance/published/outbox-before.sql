CREATE SCHEMA inventory;
CREATE TABLE inventory.purchaseorder (id bigint PRIMARY KEY, orderdate timestamp);
CREATE TABLE inventory.outboxevent (
    id uuid PRIMARY KEY,
    aggregatetype varchar(255) NOT NULL,
    aggregateid varchar(255) NOT NULL,
    type varchar(255) NOT NULL,
    timestamp timestamp NOT NULL,
    payload varchar(8000),
    tracingspancontext varchar(256));
-- Not long ago: the event's time is the record's, and Kafka removes records that are too old.
INSERT INTO inventory.outboxevent VALUES
    ('0d3a4b10-0000-4000-8000-000000000001', 'Order', '1', 'OrderCreated', now() AT TIME ZONE 'UTC', '{"id": 1}'),
    ('0d3a4b10-0000-4000-8000-000000000002', 'Customer', '7', 'InvoiceCreated', now() AT TIME ZONE 'UTC', '{"total": 2.50}');
