CREATE TABLE IF NOT EXISTS inbox (
    consumer varchar(255) NOT NULL,
    event_id varchar(255) NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX IF NOT EXISTS inbox_received_at ON inbox USING brin (received_at);
