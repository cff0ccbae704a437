package dev.walbrook.conformance.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Debezium's transform and Walbrook's of the same name, with the same options. */
final class TransformPair {

    private final String name;
    private final Map<String, String> options;
    private final Transformation<SourceRecord> debezium;
    private final Transformation<SourceRecord> walbrook;

    /** @param name of the class, without {@code io.debezium} */
    TransformPair(String name, Map<String, String> options) {
        this.name = name;
        this.options = options;
        debezium = transformation("io.debezium." + name);
        walbrook = transformation("dev.walbrook." + name);
        debezium.configure(options);
        walbrook.configure(options);
    }

    /** The transform of a class. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static <R extends ConnectRecord<R>> Transformation<R> transformation(String className) {
        try {
            return (Transformation<R>) Class.forName(className)
                    .asSubclass(Transformation.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("There is no transform " + className, e);
        }
    }

    Outcome debezium(SourceRecord record) {
        // Debezium's transforms change the record they are given.
        SourceRecord copy = copy(record);
        return Outcome.of(() -> debezium.apply(copy));
    }

    Outcome walbrook(SourceRecord record) {
        SourceRecord copy = copy(record);
        Outcome before = Outcome.of(() -> copy);
        Outcome outcome = Outcome.of(() -> walbrook.apply(copy));
        assertThat(Outcome.of(() -> copy).text())
                .as("%s %s leaves the record it is given as it was", name, options)
                .isEqualTo(before.text());
        if (outcome.failure() != null) {
            assertThat(outcome.failure())
                    .as("%s %s refuses %s", name, options, record)
                    .isExactlyInstanceOf(DataException.class)
                    .hasMessageContaining("topic " + record.topic())
                    .hasMessageContaining("source offset {lsn=");
        }
        return outcome;
    }

    /** Asserts that both make the same of the records, one after the other, and refuse none. */
    void assertSame(List<SourceRecord> records) {
        for (SourceRecord record : records) {
            assertSame(record, debezium(record), walbrook(record));
        }
    }

    /** Asserts that both refuse at least one of the records and make the same of the others. */
    void assertSameRefusals(List<SourceRecord> records) {
        int refusals = 0;
        for (SourceRecord record : records) {
            Outcome theirs = debezium(record);
            Outcome ours = walbrook(record);
            if (theirs.isRefusal() && ours.isRefusal()) {
                refusals++;
            } else {
                assertSame(record, theirs, ours);
            }
        }
        assertThat(refusals).as("%s %s refuses records", name, options).isPositive();
    }

    private void assertSame(SourceRecord record, Outcome theirs, Outcome ours) {
        assertThat(difference(theirs, ours))
                .as("%s %s of the record %s", name, options, describe(record))
                .isEmpty();
        assertThat(ours.isRefusal())
                .as("%s %s of the record %s is refused", name, options, describe(record))
                .isFalse();
    }

    /** The lines that only one has: with - Debezium's, with + ours. */
    private static List<String> difference(Outcome theirs, Outcome ours) {
        List<String> theirLines = theirs.toString().lines().toList();
        List<String> ourLines = ours.toString().lines().toList();
        if (theirLines.equals(ourLines)) {
            return List.of();
        }
        if (theirs.isRefusal() || ours.isRefusal()) {
            return List.of("- " + brief(theirs), "+ " + brief(ours));
        }
        List<String> difference = new ArrayList<>();
        theirLines.stream().filter(line -> !ourLines.contains(line)).forEach(line -> difference.add("- " + line));
        ourLines.stream().filter(line -> !theirLines.contains(line)).forEach(line -> difference.add("+ " + line));
        return difference.isEmpty() ? List.of("the order of", ours.toString()) : difference;
    }

    private static String brief(Outcome outcome) {
        return outcome.isRefusal() || outcome.record() == null ? outcome.toString() : "a record";
    }

    private static SourceRecord copy(SourceRecord record) {
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                copy(record.key()),
                record.valueSchema(),
                copy(record.value()),
                record.timestamp(),
                record.headers().duplicate());
    }

    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof Struct struct) {
            Struct copy = new Struct(struct.schema());
            for (Field field : struct.schema().fields()) {
                copy.put(field, copy(struct.getWithoutDefault(field.name())));
            }
            return copy;
        }
        return value;
    }

    /** Every combination of one value of each option; null leaves the option out. */
    static List<Map<String, String>> combinations(Map<String, List<@Nullable String>> values) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<@Nullable String>> option : values.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> combination : combinations) {
                for (String value : option.getValue()) {
                    Map<String, String> extended = new HashMap<>(combination);
                    if (value != null) {
                        extended.put(option.getKey(), value);
                    }
                    longer.add(extended);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /** Enough to know it by. */
    private static String describe(SourceRecord record) {
        return record.topic() + " "
                + (record.value() instanceof Struct value && value.schema().field("op") != null
                        ? value.getString("op") + " after "
                                + value.schema().fields().stream()
                                        .filter(field -> field.name().equals("after"))
                                        .map(value::get)
                                        .toList()
                        : String.valueOf(record.value()));
    }
}
