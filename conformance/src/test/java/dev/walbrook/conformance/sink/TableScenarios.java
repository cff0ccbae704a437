package dev.walbrook.conformance.sink;

import static dev.walbrook.conformance.sink.SinkScenario.scenario;
import static org.apache.kafka.connect.data.Schema.BOOLEAN_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT64_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_STRING_SCHEMA;
import static org.apache.kafka.connect.data.Schema.STRING_SCHEMA;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** Which tables and columns are written, what they are called, and what happens where they are missing. */
final class TableScenarios {

    private static final Events ORDERS =
            Events.of("orders", "id", INT32_SCHEMA, "note", OPTIONAL_STRING_SCHEMA, "amount", OPTIONAL_INT32_SCHEMA);
    private static final Events MIXED =
            Events.of("Orders", "Id", INT32_SCHEMA, "userName", OPTIONAL_STRING_SCHEMA, "user", OPTIONAL_STRING_SCHEMA);

    private static final Events COLUMNS = Events.of("people", "id", INT32_SCHEMA, "userName", OPTIONAL_STRING_SCHEMA);

    private static final String TABLE =
            "CREATE TABLE server_{schema}_orders (id int PRIMARY KEY, note text, amount int)";

    private static final Schema DEFAULTED =
            SchemaBuilder.int32().optional().defaultValue(7).build();
    private static final Schema REQUIRED_DEFAULT =
            SchemaBuilder.string().defaultValue("new").build();

    private static final String QUOTED =
            "new tables and columns are called exactly what the source calls them, so that mixed case and reserved words work"
                    + " without a setting; columns that are there in lower case are found";

    private static final String KEY_FIELDS =
            "the key's fields are always written; Debezium's sink has no key then and stops";

    private TableScenarios() {}

    static List<SinkScenario> all() {
        List<SinkScenario> all = new ArrayList<>();
        all.addAll(evolution());
        all.addAll(names());
        all.addAll(fields());
        all.addAll(inputs());
        return all;
    }

    private static List<SinkScenario> evolution() {
        Events wider = Events.of(
                "orders",
                "id",
                INT32_SCHEMA,
                "note",
                OPTIONAL_STRING_SCHEMA,
                "amount",
                OPTIONAL_INT32_SCHEMA,
                "flag",
                Schema.OPTIONAL_BOOLEAN_SCHEMA,
                "defaulted",
                DEFAULTED);
        Events required =
                Events.of("orders", "id", INT32_SCHEMA, "note", OPTIONAL_STRING_SCHEMA, "state", REQUIRED_DEFAULT);
        Events strict = Events.of("orders", "id", INT32_SCHEMA, "note", OPTIONAL_STRING_SCHEMA, "flag", BOOLEAN_SCHEMA);
        Events narrow = Events.of("orders", "id", INT32_SCHEMA, "note", OPTIONAL_STRING_SCHEMA);
        return List.of(
                scenario("evolution/none", "a table that is there")
                        .with("schema.evolution", "none")
                        .using("insert.mode", "upsert")
                        .using("primary.key.mode", "record_key")
                        .before(TABLE)
                        .records(ORDERS.create(1, "a", 10), ORDERS.update(1, "b", 11))
                        .build(),
                scenario("evolution/none-missing-table", "a missing table")
                        .with("schema.evolution", "none")
                        .records(ORDERS.create(1, "a", 10))
                        .fails()
                        .build(),
                scenario("evolution/none-missing-column", "a missing column")
                        .with("schema.evolution", "none")
                        .before("CREATE TABLE server_{schema}_orders (id int PRIMARY KEY, note text)")
                        .records(ORDERS.create(1, "a", 10))
                        .fails()
                        .build(),
                scenario("evolution/none-more-columns", "a table with columns that records do not have")
                        .with("schema.evolution", "none")
                        .before("CREATE TABLE server_{schema}_orders (id int, note text, amount int,"
                                + " seen timestamptz, kind text NOT NULL DEFAULT 'x')")
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("evolution/create", "a table is created: types, nullability, defaults")
                        .with("schema.evolution", "basic")
                        .mirroring()
                        .records(wider.create(1, "a", 10, true, 3), wider.create(2, null, null, null, null))
                        .build(),
                scenario("evolution/add", "columns are added")
                        .with("schema.evolution", "basic")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), wider.create(2, "b", 20, true, 3))
                        .build(),
                scenario("evolution/add-required", "a required column with a default is added")
                        .with("schema.evolution", "basic")
                        .mirroring()
                        .records(narrow.create(1, "a"), required.create(2, "b", "done"))
                        .build(),
                scenario("evolution/add-strict", "a required column without default is added to a table with rows")
                        .with("schema.evolution", "basic")
                        .mirroring()
                        .records(narrow.create(1, "a"), strict.create(2, "b", true))
                        .differs(
                                "failure",
                                "a required column without default is added so that it takes nulls, which the rows have that"
                                        + " are there; Debezium's sink stops for good")
                        .build(),
                scenario("evolution/fewer", "later records lack a column")
                        .with("schema.evolution", "basic")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), narrow.create(2, "b"), narrow.update(1, "c"))
                        .build());
    }

    private static List<SinkScenario> names() {
        return List.of(
                scenario("name/topic", "the table is named after the topic")
                        .with("collection.name.format", "${topic}")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/prefix", "text around the topic")
                        .with("collection.name.format", "copy_${topic}_x")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/fixed", "one table for everything")
                        .with("collection.name.format", "{schema}_everything")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(2, "b", 20))
                        .build(),
                scenario("name/source", "fields of the source, in the scenario's schema")
                        .with("collection.name.format", "${source.schema}.${source.table}")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), ORDERS.delete(1, "a", 10), ORDERS.tombstone(1))
                        .build(),
                scenario("name/source-mixed", "several fields of the source")
                        .with("collection.name.format", "${source.db}_${source.connector}_${source.table}")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/alias", "the older name of the property")
                        .with("table.name.format", "old_${topic}")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/source-flattened", "fields of the source, which flattened records do not have")
                        .with("collection.name.format", "${source.table}")
                        .mirroring()
                        .records(ORDERS.flattened(1, "a", 10))
                        .differs(
                                "orders",
                                "a flattened record's table is told by its topic's name; Debezium's sink leaves the record"
                                        + " out, with a warning")
                        .build(),
                scenario("name/unquoted-columns", "mixed case in columns, identifiers not quoted")
                        .with("quote.identifiers", "false")
                        .mirroring()
                        .records(COLUMNS.create(1, "a"))
                        .differs("people.user[nN]ame.*|people\\[0].userName", QUOTED)
                        .build(),
                scenario("name/unquoted-columns-existing", "mixed case into lower-case columns, identifiers not quoted")
                        .with("quote.identifiers", "false")
                        .mirroring()
                        .before("CREATE TABLE server_{schema}_people (id int PRIMARY KEY, username text)")
                        .records(COLUMNS.create(1, "a"), COLUMNS.update(1, "b"))
                        .build(),
                scenario("name/unquoted", "mixed case and reserved words, identifiers not quoted")
                        .with("quote.identifiers", "false")
                        .mirroring()
                        .records(MIXED.create(1, "a", "b"))
                        .differs("failure", QUOTED)
                        .build(),
                scenario("name/quoted", "mixed case and reserved words, identifiers quoted")
                        .with("quote.identifiers", "true")
                        .mirroring()
                        .records(MIXED.create(1, "a", "b"), MIXED.update(1, "c", "d"))
                        .build(),
                scenario("name/column-strategy", "the default naming strategy of columns, by its name")
                        .with("column.naming.strategy", "io.debezium.connector.jdbc.naming.DefaultColumnNamingStrategy")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/table-format", "the format of a table's name, as it is by default")
                        .with("collection.table.format", "${table}")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/table-strategy", "the default naming strategy of tables, by its older name")
                        .with("table.naming.strategy", "io.debezium.connector.jdbc.naming.DefaultTableNamingStrategy")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("name/collection-strategy", "the default naming strategy of tables, by its name")
                        .with("collection.naming.strategy", "io.debezium.sink.naming.DefaultCollectionNamingStrategy")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build());
    }

    private static List<SinkScenario> fields() {
        return List.of(
                scenario("field/include", "some fields of a topic")
                        .with("field.include.list", "server.{schema}.orders:id,server.{schema}.orders:note")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), ORDERS.update(1, "b", 11))
                        .build(),
                scenario("field/include-without-key", "some fields of a topic, the key not among them")
                        .with("field.include.list", "server.{schema}.orders:note")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .differs("failure", KEY_FIELDS)
                        .build(),
                scenario("field/include-bare", "a field of any topic")
                        .with("field.include.list", "note,id")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .build(),
                scenario("field/exclude", "all but some fields of a topic")
                        .with("field.exclude.list", "server.{schema}.orders:amount")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), ORDERS.update(1, "b", 11))
                        .build(),
                scenario("field/exclude-key", "a key's field excluded")
                        .with("field.exclude.list", "server.{schema}.orders:id")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10))
                        .differs("failure", KEY_FIELDS)
                        .build());
    }

    private static List<SinkScenario> inputs() {
        Events nested = Events.of(
                "nested",
                "id",
                INT32_SCHEMA,
                "address",
                SchemaBuilder.struct().field("city", STRING_SCHEMA).optional().build());
        Events map = Events.of(
                "maps",
                "id",
                INT32_SCHEMA,
                "tags",
                SchemaBuilder.map(STRING_SCHEMA, STRING_SCHEMA).optional().build());
        Events arrays = Events.of(
                "arrays",
                "id",
                INT32_SCHEMA,
                "numbers",
                SchemaBuilder.array(OPTIONAL_INT32_SCHEMA).optional().build(),
                "words",
                SchemaBuilder.array(OPTIONAL_STRING_SCHEMA).optional().build());
        Events other = Events.of("other", "id", INT64_SCHEMA, "name", OPTIONAL_STRING_SCHEMA);
        return List.of(
                scenario("input/flattened", "flattened records")
                        .mirroring()
                        .records(ORDERS.flattened(1, "a", 10), ORDERS.flattened(2, null, null))
                        .build(),
                scenario("input/two-topics", "two topics, interleaved")
                        .mirroring()
                        .records(
                                ORDERS.create(1, "a", 10),
                                other.create(1L, "x"),
                                ORDERS.update(1, "b", 11),
                                other.create(2L, "y"))
                        .build(),
                scenario("input/two-topics-one-table", "two topics into one table")
                        .using("collection.name.format", "{schema}_all")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), other.create(2L, "x"))
                        .build(),
                scenario("input/schemaless", "JSON without schemas into a table that is there")
                        .using("insert.mode", "upsert")
                        .using("primary.key.mode", "record_key")
                        .using("key.converter.schemas.enable", "false")
                        .using("value.converter.schemas.enable", "false")
                        .before(TABLE)
                        .records(ORDERS.schemaless(1, "a", 10), ORDERS.schemaless(2, null, null))
                        .differs("failure", "records without schema take their types from the target's columns")
                        .build(),
                scenario("input/schemaless-new", "JSON without schemas, and no table")
                        .using("key.converter.schemas.enable", "false")
                        .using("value.converter.schemas.enable", "false")
                        .creating()
                        .records(ORDERS.schemaless(1, "a", 10))
                        .fails()
                        .build(),
                scenario("input/nested", "a structure inside a row")
                        .mirroring()
                        .records(nested.create(1, null))
                        .fails()
                        .build(),
                scenario("input/map", "a map inside a row")
                        .mirroring()
                        .records(map.create(1, Map.of("a", "b")))
                        .differs("failure", "a map is text where the target lacks hstore; Debezium's sink stops")
                        .build(),
                scenario("input/arrays", "arrays inside a row")
                        .mirroring()
                        .records(
                                arrays.create(1, List.of(1, 2), List.of("a", "b, c", "\"d\"")),
                                arrays.create(2, List.of(), null))
                        .build(),
                scenario("input/plain-text", "a value that is a plain text")
                        .using("value.converter", "org.apache.kafka.connect.storage.StringConverter")
                        .creating()
                        .records(SinkRecordText.text(Events.topic("texts"), "hello"))
                        .fails()
                        .build(),
                scenario("input/tombstone-first", "a tombstone of a topic that has nothing else yet")
                        .mirroring()
                        .records(ORDERS.tombstone(1), ORDERS.create(1, "a", 10))
                        .differs(
                                "failure",
                                "a delete of a row that cannot be there yet is nothing to do; Debezium's sink fails with a"
                                        + " NullPointerException")
                        .build());
    }
}
