INSERT INTO "order-line" VALUES (2, 1, NULL, NULL, '3rd');
INSERT INTO "2nd table" VALUES (2);

UPDATE "order-line" SET "ä" = 'ö' WHERE "order-id" = 1;
UPDATE "2nd table" SET "$id" = 3 WHERE "$id" = 2;

DELETE FROM "order-line" WHERE "order-id" = 1;
DELETE FROM "2nd table";

INSERT INTO "order-line" VALUES (9, 9);
