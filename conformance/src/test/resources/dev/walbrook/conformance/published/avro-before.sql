CREATE TYPE state AS ENUM ('ENABLED', 'DISABLED');
CREATE TABLE artifacts (
    "groupId" varchar(512),
    "artifactId" varchar(512),
    type varchar(32) NOT NULL,
    "createdOn" timestamp NOT NULL DEFAULT '2024-01-01 10:00:00',
    state state,
    PRIMARY KEY ("groupId", "artifactId"));
CREATE TABLE content (
    "contentId" bigint PRIMARY KEY,
    hash bytea,
    size numeric(10, 3),
    anything numeric,
    labels text[],
    properties jsonb,
    at timestamptz,
    token uuid,
    span interval,
    place point,
    flag boolean NOT NULL DEFAULT true);
CREATE TABLE log ("time" time, line text);
INSERT INTO artifacts VALUES ('default', 'one', 'AVRO', '2024-02-03 04:05:06.789', 'ENABLED');
INSERT INTO content VALUES
    (1, '\x00ff', 1.5, 12345678901234567890.5, '{a,NULL,"b c"}', '{"k": [1, 2]}', '2024-02-03 04:05:06+02',
     '0d3a4b10-0000-4000-8000-000000000001', '1 year 2 days 3 seconds', '(1,2.5)', false);
INSERT INTO content VALUES (2);
INSERT INTO log VALUES ('23:59:59.999', 'started');
