package dev.walbrook.connect.source;

import dev.walbrook.capture.Acknowledgements;
import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.capture.Operation;
import dev.walbrook.capture.RowChange;
import dev.walbrook.capture.SnapshotMarker;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.json.JsonConverter;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The way of a change through our code in the worker: from the bytes PostgreSQL sent to the bytes Kafka gets. In the source
 * connector's package, because what makes records is no business of anybody else.
 */
@NullUnmarked // JMH fills the fields.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class ChangeToJsonBenchmark {

    private static final int CHANGES = 1000;

    @Param({"walbrook", "kafka"})
    String converter;

    @Param({"false", "true"})
    String schemas;

    private final List<RowChange> changes = new ArrayList<>();
    private Converter keys;
    private Converter values;
    private EventRecords records;
    private Acknowledgements acknowledgements;

    @Setup
    public void prepare() {
        keys = make();
        keys.configure(Map.of("schemas.enable", schemas), true);
        values = make();
        values.configure(Map.of("schemas.enable", schemas), false);
        Map<String, String> properties = new HashMap<>(Map.of(
                "database.hostname", "localhost",
                "database.user", "u",
                "database.password", "p",
                "database.dbname", "shop",
                "topic.prefix", "shop"));
        records = SourceConfig.parse("orders", "0", properties).eventRecords(null, null);
        acknowledgements = new Acknowledgements(Lsn.INVALID);
        Random random = new Random(7);
        Transaction transaction =
                new Transaction(4711, Lsn.parse("1/23456789"), Lsn.parse("1/23450000"), 1_760_000_000_123_456L, null);
        TableSchema table = table();
        for (int i = 0; i < CHANGES; i++) {
            int kind = i % 10;
            Operation operation = kind < 6 ? Operation.CREATE : kind < 9 ? Operation.UPDATE : Operation.DELETE;
            TupleData row = operation == Operation.DELETE ? key(i) : row(i, random);
            changes.add(new RowChange(
                    table,
                    operation,
                    operation == Operation.DELETE ? OldTupleKind.KEY : OldTupleKind.NONE,
                    operation == Operation.DELETE ? row : null,
                    operation == Operation.DELETE ? null : row,
                    new Lsn(transaction.commitLsn().value() - 1_000_000 + i * 300L),
                    1,
                    transaction,
                    i + 1,
                    SnapshotMarker.NONE,
                    600));
        }
    }

    private Converter make() {
        return converter.equals("walbrook") ? new JsonConverter() : new org.apache.kafka.connect.json.JsonConverter();
    }

    /** A thousand changes; divide by that. */
    @Benchmark
    public long thousandChanges() {
        long bytes = 0;
        List<SourceRecord> made = new ArrayList<>(CHANGES * 2);
        for (RowChange change : changes) {
            records.append(change, acknowledgements, made);
        }
        for (SourceRecord made1 : made) {
            byte[] key = keys.fromConnectData(made1.topic(), made1.keySchema(), made1.key());
            byte[] value = values.fromConnectData(made1.topic(), made1.valueSchema(), made1.value());
            bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        }
        acknowledgements.progress(new Lsn(bytes));
        return bytes;
    }

    private static TableSchema table() {
        List<CapturedColumn> columns = List.of(
                column("id", 20, "int8", -1, false),
                column("customer_id", 20, "int8", -1, false),
                column("status", 25, "text", -1, false),
                column("total", 1700, "numeric", (12 << 16 | 2) + 4, false),
                column("created_at", 1184, "timestamptz", -1, false),
                column("updated_at", 1184, "timestamptz", -1, false),
                column("note", 25, "text", -1, true),
                column("details", 3802, "jsonb", -1, true));
        return new TableSchema(16400, new TableId("public", "orders"), columns, List.of(0), false);
    }

    private static CapturedColumn column(String name, int oid, String type, int modifier, boolean optional) {
        PgType pgType = new PgType(oid, "pg_catalog", type, PgType.Kind.BASE, 0, 0, -1, List.of(), List.of());
        return new CapturedColumn(name, pgType, pgType, modifier, null, optional, null, null);
    }

    private static TupleData row(int i, Random random) {
        return tuple(
                Integer.toString(1_000_000 + i),
                Integer.toString(random.nextInt(100_000)),
                List.of("new", "paid", "shipped", "delivered").get(random.nextInt(4)),
                random.nextInt(10_000) + "." + (10 + random.nextInt(90)),
                "2026-11-0" + (1 + random.nextInt(9)) + " 12:34:56." + (100_000 + random.nextInt(900_000)) + "+00",
                "2026-11-1" + random.nextInt(10) + " 01:02:03." + (100_000 + random.nextInt(900_000)) + "+00",
                "A note of about sixty characters, as people write them: " + random.nextInt(10_000),
                "{\"items\": [{\"sku\": \"A-" + random.nextInt(1000)
                        + "\", \"price\": 12.50, \"quantity\": 2}, {\"sku\":"
                        + " \"B-" + random.nextInt(1000)
                        + "\", \"price\": 3.99, \"quantity\": 1}], \"channel\": \"web\", \"coupon\": null}");
    }

    private static TupleData key(int i) {
        return tuple(Integer.toString(1_000_000 + i), null, null, null, null, null, null, null);
    }

    private static TupleData tuple(String... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] kinds = new byte[values.length];
        int[] spans = new int[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value == null) {
                kinds[i] = TupleData.NULL;
                continue;
            }
            byte[] text = value.getBytes(StandardCharsets.UTF_8);
            kinds[i] = TupleData.TEXT;
            spans[2 * i] = bytes.size();
            spans[2 * i + 1] = text.length;
            bytes.writeBytes(text);
        }
        return new TupleData(bytes.toByteArray(), kinds, spans);
    }
}
