package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes and a configuration under which both connectors are to write the same.
 *
 * <p>In SQL and in the configuration's names and values, {@code {schema}} stands for the scenario's own schema, which is
 * also the search path, and {@code {prefix}}, {@code {slot}} and {@code {publication}} for the names of each connector;
 * SQL that has one of these three runs once for each.
 *
 * @param id unique, such as {@code type-numeric/double}
 * @param title what a reader of the page should know
 * @param covers the properties and types that this speaks for, as the page names them
 * @param group scenarios of the same group share connectors, database and configuration; null to have them alone
 * @param configuration beside what every scenario has
 * @param before runs before the connectors start
 * @param steps happen, in this order, while both stream
 * @param differences what is meant to differ
 * @param marker writes the last change, instead of the harness's own marker table; null for that
 * @param ending how the end is known
 */
record Scenario(
        String id,
        String title,
        Set<String> covers,
        @Nullable String group,
        Map<String, String> configuration,
        List<String> before,
        List<Step> steps,
        List<DeliberateDifference> differences,
        @Nullable String marker,
        Ending ending) {

    /** What a scenario ends with. */
    enum Ending {
        /** Both stream until they have written the marker. */
        STREAMED,
        /** Both read a snapshot and do not stream. */
        SNAPSHOT_ONLY,
        /** Both refuse to start, or stop with a failure. */
        FAILURE
    }

    /** The name of the scenario's schema. */
    String schema() {
        return group == null ? "public" : id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    static Builder scenario(String id, String title) {
        return new Builder(id, title);
    }

    /** Collects a scenario. */
    static final class Builder {

        private static final String COMMIT_BY_ITS_BEGINNING =
                "the first transaction after a restart names the last commit by the beginning of its record, not by its end, if"
                        + " that was delivered whole before: the server does not send it again";

        private final String id;
        private final String title;
        private final Set<String> covers = new LinkedHashSet<>();
        private final Map<String, String> configuration = new LinkedHashMap<>();
        private final List<String> before = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final List<DeliberateDifference> differences = new ArrayList<>();
        private @Nullable String group;
        private @Nullable String marker;
        private Ending ending = Ending.STREAMED;

        private Builder(String id, String title) {
            this.id = id;
            this.title = title;
        }

        /** Properties and types, as the page names them. */
        Builder covers(String... rows) {
            covers.addAll(List.of(rows));
            return this;
        }

        /**
         * Shares the connectors with the scenarios of the same group. Their configurations must not contradict each
         * other. Topics that are the whole connector's, and its offsets, are not compared.
         */
        Builder sharing(String name) {
            group = name;
            return this;
        }

        /** Sets a property of both connectors and lets the scenario speak for it. */
        Builder with(String property, String value) {
            configuration.put(property, value);
            covers.add(property);
            return this;
        }

        /** Sets a property that is not what the scenario is about. */
        Builder using(String property, String value) {
            configuration.put(property, value);
            return this;
        }

        /** SQL before the connectors start; each argument is one script. */
        Builder before(String... sql) {
            before.addAll(List.of(sql));
            return this;
        }

        /** One transaction of these statements. */
        Builder transaction(String... statements) {
            steps.add(new Step.Transaction(List.of(statements)));
            return this;
        }

        /** One transaction for each statement. */
        Builder then(String... statements) {
            for (String statement : statements) {
                steps.add(new Step.Transaction(List.of(statement)));
            }
            return this;
        }

        /** A script that begins and ends its own transactions. */
        Builder script(String sql) {
            steps.add(new Step.Script(sql));
            return this;
        }

        /** Waits until both connectors have written everything so far. */
        Builder settle() {
            steps.add(new Step.Settle());
            return this;
        }

        /** Waits until both have written to a topic whose name has this in it. */
        Builder await(String topic) {
            steps.add(new Step.Await(topic));
            return this;
        }

        /** Stops both connectors when they have written everything so far; they start again with {@link #resume()}. */
        Builder stop() {
            steps.add(new Step.Stop());
            return this;
        }

        /** Starts both again. */
        Builder resume() {
            steps.add(new Step.Resume());
            return mayDiffer(".* value\\.source\\.sequence|offset offset\\.lsn_commit", COMMIT_BY_ITS_BEGINNING);
        }

        /**
         * Declares a difference that is meant. The build fails when it no longer exists.
         *
         * @param where matches {@link Difference#place()} in whole
         */
        Builder differs(String where, String reason) {
            differences.add(new DeliberateDifference(Pattern.compile(where), true, reason));
            return this;
        }

        /** Declares a difference that is meant, and that is not there in every run. */
        Builder mayDiffer(String where, String reason) {
            differences.add(new DeliberateDifference(Pattern.compile(where), false, reason));
            return this;
        }

        /** The statement that writes the last change, if the marker table cannot be captured. */
        Builder marker(String sql) {
            marker = sql;
            return this;
        }

        /** Neither connector streams. */
        Builder snapshotOnly() {
            ending = Ending.SNAPSHOT_ONLY;
            return this;
        }

        /** Both refuse or fail. */
        Builder fails() {
            ending = Ending.FAILURE;
            return this;
        }

        Scenario build() {
            return new Scenario(
                    id,
                    title,
                    Set.copyOf(covers),
                    group,
                    Map.copyOf(configuration),
                    List.copyOf(before),
                    List.copyOf(steps),
                    List.copyOf(differences),
                    marker,
                    ending);
        }
    }
}
