CREATE TABLE IF NOT EXISTS outbox (
    id uuid NOT NULL,
    aggregatetype varchar(255) NOT NULL,
    aggregateid varchar(255) NOT NULL,
    type varchar(255) NOT NULL,
    payload json,
    PRIMARY KEY (id)
);
