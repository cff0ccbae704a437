package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.walbrook.postgres.copy.CopyTextReader;
import dev.walbrook.postgres.pgoutput.OldTupleKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a snapshot share what is the same for all of them, and nothing else. */
class SnapshotSourceBlockTest {

    private static final Map<String, String> PROPERTIES = Map.of(
            "database.hostname", "localhost",
            "database.user", "u",
            "database.password", "p",
            "database.dbname", "shop",
            "topic.prefix", "shop");

    private final EventRecords records =
            SourceConfig.parse("orders", "0", PROPERTIES).eventRecords(null, null);
    private final Acknowledgements acknowledgements = new Acknowledgements(Lsn.INVALID);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theJsonOfEachRowIsItsOwn(boolean schemas) {
        JsonConverter ours = new JsonConverter();
        org.apache.kafka.connect.json.JsonConverter kafkas = new org.apache.kafka.connect.json.JsonConverter();
        ours.configure(Map.of("schemas.enable", schemas), false);
        kafkas.configure(Map.of("schemas.enable", schemas), false);
        List<SourceRecord> made = new ArrayList<>();
        for (int snapshot = 0; snapshot < 3; snapshot++) {
            Transaction transaction = new Transaction(
                    100 + snapshot, new Lsn(1000 + snapshot), new Lsn(900), 1_760_000_000_123_456L + snapshot, null);
            for (SnapshotMarker marker : List.of(
                    SnapshotMarker.FIRST,
                    SnapshotMarker.MIDDLE,
                    SnapshotMarker.MIDDLE,
                    SnapshotMarker.LAST_IN_TABLE,
                    SnapshotMarker.MIDDLE,
                    SnapshotMarker.LAST)) {
                records.append(row(1, "a", transaction, marker), acknowledgements, made);
                records.append(row(2, "b", transaction, marker), acknowledgements, made);
            }
        }
        Struct changed = ((Struct) made.get(5).value()).getStruct("source");
        changed.put("name", "another");

        for (SourceRecord row : made) {
            byte[] json = ours.fromConnectData(row.topic(), row.valueSchema(), row.value());

            assertThat(new String(json, StandardCharsets.UTF_8))
                    .isEqualTo(new String(
                            kafkas.fromConnectData(row.topic(), row.valueSchema(), row.value()),
                            StandardCharsets.UTF_8));
        }
        assertThat(made).hasSize(36).allSatisfy(row -> {
            boolean last =
                    "last".equals(((Struct) row.value()).getStruct("source").getString("snapshot"));
            assertThat(row.sourceOffset().get("snapshot_completed")).isEqualTo(last);
        });
    }

    private static RowChange row(int oid, String table, Transaction transaction, SnapshotMarker marker) {
        PgType type = new PgType(23, "pg_catalog", "int4", PgType.Kind.BASE, 0, 0, -1, List.of(), List.of());
        CapturedColumn id = new CapturedColumn("id", type, type, -1, null, false, null, null);
        TableSchema schema = new TableSchema(oid, new TableId("public", table), List.of(id), List.of(0), false);
        byte[] line = "42\n".getBytes(StandardCharsets.UTF_8);
        return new RowChange(
                schema,
                Operation.READ,
                OldTupleKind.NONE,
                null,
                CopyTextReader.read(line, 1),
                transaction.commitLsn(),
                1,
                transaction,
                0,
                marker,
                100);
    }
}
