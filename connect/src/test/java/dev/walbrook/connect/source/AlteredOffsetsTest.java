package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlteredOffsetsTest {

    private static final Map<String, Object> PARTITION = Map.of("server", "shop");

    @ParameterizedTest
    @MethodSource("right")
    void whatCanBeContinuedFromIsAccepted(Map<String, Object> offset) {
        assertThatCode(() -> AlteredOffsets.require("shop", Map.of(PARTITION, offset)))
                .doesNotThrowAnyException();
    }

    static Stream<Map<String, Object>> right() {
        return Stream.of(
                Map.of("lsn_commit", 26226560),
                Map.of("lsn", 26226560L, "snapshot", "INITIAL", "snapshot_completed", true),
                Map.of("lsn", 26226560L, "snapshot", true, "last_snapshot_record", false),
                Map.of(
                        "lsn",
                        26226688L,
                        "lsn_proc",
                        26226688L,
                        "lsn_commit",
                        26226560L,
                        "lsn_events_processed",
                        1L,
                        "txId",
                        743L,
                        "messageType",
                        "UPDATE",
                        "ts_usec",
                        1795242518152841L,
                        "transaction_id",
                        "743:26226688"));
    }

    @Test
    void anOffsetMayBeRemoved() {
        Map<Map<String, ?>, Map<String, ?>> reset = new HashMap<>();
        reset.put(PARTITION, null);

        assertThatCode(() -> AlteredOffsets.require("shop", reset)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void nonsenseIsRefusedWithTheReason(Map<String, Object> partition, Map<String, Object> offset, String reason) {
        assertThatThrownBy(() -> AlteredOffsets.require("shop", Map.of(partition, offset)))
                .hasMessageContaining(reason);
    }

    static Stream<Arguments> wrong() {
        Map<String, Object> good = Map.of("lsn_commit", 1L);
        return Stream.of(
                Arguments.of(Map.of("server", "other"), good, "topic.prefix is \"shop\""),
                Arguments.of(Map.of("file", "shop"), good, "{\"server\": \"shop\"}"),
                Arguments.of(Map.of("server", 5), good, "{\"server\": \"shop\"}"),
                Arguments.of(Map.of("server", "shop", "more", "x"), good, "{\"server\": \"shop\"}"),
                Arguments.of(PARTITION, Map.of("lsn_commit", "0/1902D80"), "26226048 for 0/1902D80"),
                Arguments.of(PARTITION, Map.of("lsn_commit", "yesterday"), "which \"yesterday\" is not"),
                Arguments.of(PARTITION, Map.of("lsn_commit", -5L), "positive"),
                Arguments.of(PARTITION, Map.of("lsn_commit", 1.5), "positive"),
                Arguments.of(PARTITION, Map.of("lsn_commit", 1L, "txId", "743"), "txId is \"743\""),
                Arguments.of(PARTITION, Map.of("lsn_commit", 1L, "messageType", "insert"), "TRUNCATE"),
                Arguments.of(PARTITION, Map.of("lsn", 1L, "snapshot", "half"), "INITIAL"),
                Arguments.of(PARTITION, Map.of("lsn", 1L, "snapshot_completed", "yes"), "true or false"),
                Arguments.of(PARTITION, Map.of("LSN", 1L), "neither this connector nor Debezium"),
                Arguments.of(PARTITION, Map.of("txId", 5L), "names no position"));
    }
}
