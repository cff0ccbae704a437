CREATE TYPE "order-state" AS ENUM ('new', 'in-progress', '3rd');
CREATE TABLE "order-line" (
    "order-id" int,
    "1st" int,
    "ä" text,
    "two words" numeric(5, 1) DEFAULT 1.5,
    "state" "order-state" DEFAULT 'in-progress',
    PRIMARY KEY ("order-id", "1st"));
CREATE TABLE "2nd table" ("$id" int PRIMARY KEY, "a.b" int[], _ok text);
INSERT INTO "order-line" VALUES (1, 1, 'ä', 2.5, 'new');
INSERT INTO "order-line" VALUES (1, 2);
INSERT INTO "2nd table" VALUES (1, '{1,2}', 'x');
