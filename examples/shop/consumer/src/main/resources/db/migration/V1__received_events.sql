CREATE TABLE received_events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id text NOT NULL,
    event_type text,
    topic text NOT NULL,
    kafka_partition integer NOT NULL,
    kafka_offset bigint NOT NULL,
    record_key text,
    payload text,
    received_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX ON received_events (topic, position);
CREATE INDEX ON received_events (event_id);
