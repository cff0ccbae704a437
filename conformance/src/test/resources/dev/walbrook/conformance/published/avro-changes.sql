INSERT INTO artifacts VALUES ('default', 'two', 'JSON');
INSERT INTO log VALUES (NULL, NULL);

UPDATE artifacts SET state = 'DISABLED';
UPDATE content SET anything = 0.00001, labels = '{}' WHERE "contentId" = 2;

ALTER TABLE artifacts ADD COLUMN description text DEFAULT 'none';
UPDATE artifacts SET "artifactId" = 'three' WHERE "artifactId" = 'two';

DELETE FROM artifacts WHERE "artifactId" = 'one';
DELETE FROM content;

INSERT INTO artifacts VALUES ('default', 'four', 'PROTOBUF', '2030-01-01', NULL, 'ä');
