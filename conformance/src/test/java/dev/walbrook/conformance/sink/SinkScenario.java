package dev.walbrook.conformance.sink;

import dev.walbrook.conformance.DeliberateDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Records and a configuration under which both sinks are to make the same tables.
 *
 * <p>In SQL, in the configuration's values and in the records, {@code {schema}} stands for the scenario's own schema, which
 * is also the search path of both. In a {@code connection.url}, {@code {url}}, {@code {user}} and {@code {password}} stand for
 * those of each sink's database.
 *
 * @param id unique, such as {@code insert.mode/upsert}
 * @param title what a reader of the page should know
 * @param covers the properties that this speaks for
 * @param configuration beside what every scenario has
 * @param before SQL that both databases run before the sinks start
 * @param records what the topics hold, in this order
 * @param topics what the sinks read; the records' topics if nothing else is said
 * @param differences what is meant to differ
 * @param fails whether both are to fail or to refuse the configuration
 */
record SinkScenario(
        String id,
        String title,
        Set<String> covers,
        Map<String, String> configuration,
        List<String> before,
        List<SinkRecordText> records,
        Set<String> topics,
        List<DeliberateDifference> differences,
        boolean fails) {

    /** The scenario's schema, as all its names begin. */
    String schema() {
        return id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    /** Whether a source has filled its topics. */
    boolean isRecorded() {
        return records.isEmpty();
    }

    String named(String text) {
        return text.replace("{schema}", schema());
    }

    static Builder scenario(String id, String title) {
        return new Builder(id, title);
    }

    /** Collects a scenario. */
    static final class Builder {

        private final String id;
        private final String title;
        private final Set<String> covers = new LinkedHashSet<>();
        private final Map<String, String> configuration = new LinkedHashMap<>();
        private final List<String> before = new ArrayList<>();
        private final List<SinkRecordText> records = new ArrayList<>();
        private final Set<String> topics = new LinkedHashSet<>();
        private final List<DeliberateDifference> differences = new ArrayList<>();
        private boolean fails;

        private Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        /** Sets a property of both sinks and lets the scenario speak for it. */
        Builder with(String property, String value) {
            covers.add(property);
            return using(property, value);
        }

        /** Sets a property that is not what the scenario is about. */
        Builder using(String property, String value) {
            configuration.put(property, value);
            return this;
        }

        /** The everyday configuration: rows are upserted and deleted by the record's key, and tables created. */
        Builder mirroring() {
            return using("insert.mode", "upsert")
                    .using("delete.enabled", "true")
                    .using("primary.key.mode", "record_key")
                    .using("schema.evolution", "basic");
        }

        /** Tables are created, and nothing else is said. */
        Builder creating() {
            return using("schema.evolution", "basic");
        }

        Builder before(String... sql) {
            before.addAll(List.of(sql));
            return this;
        }

        Builder records(SinkRecordText... more) {
            records.addAll(List.of(more));
            return this;
        }

        /** A topic that something else than this scenario has filled. */
        Builder reading(String topic) {
            topics.add(topic);
            return this;
        }

        /**
         * Declares a difference that is meant. The build fails when it no longer exists.
         *
         * @param where matches {@link dev.walbrook.conformance.Difference#place()} in whole
         */
        Builder differs(String where, String reason) {
            differences.add(new DeliberateDifference(Pattern.compile(where), true, reason));
            return this;
        }

        /** Both refuse or fail. */
        Builder fails() {
            fails = true;
            return this;
        }

        SinkScenario build() {
            records.forEach(record -> topics.add(record.topic()));
            return new SinkScenario(
                    id,
                    title,
                    Set.copyOf(covers),
                    Map.copyOf(configuration),
                    List.copyOf(before),
                    List.copyOf(records),
                    Set.copyOf(topics),
                    List.copyOf(differences),
                    fails);
        }
    }
}
