package dev.walbrook.conformance.sink;

import dev.walbrook.conformance.Catalogue;
import dev.walbrook.conformance.DeliberateDifference;
import dev.walbrook.conformance.PluginDefinitions;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes docs/reference/sink-compatibility.md from what a run of all scenarios has shown. */
final class SinkCompatibilityPage {

    /** Why a default of ours is not Debezium's. */
    static final Map<String, String> OTHER_DEFAULTS = Map.of(
            "quote.identifiers", "names are always quoted",
            "batch.size", "records of several polls are written together");

    private static final String ONE_CONNECTION =
            "how many connections Debezium's sink opens; ours has one for each task";
    private static final String NEWER = "newer than the release that was compared; ";

    private static final String PROPERTIES =
            """
            # Connection
            connection.url | every scenario
            connection.username | every scenario
            connection.password | every scenario
            connection.provider
            connection.pool.min_size | %1$s
            connection.pool.max_size | %1$s
            connection.pool.acquire_increment | %1$s
            connection.pool.timeout | %1$s
            connection.restart.on.errors | an outage is always survived
            hibernate.* | ours is written without Hibernate; no effect, with a warning
            # Rows
            insert.mode
            delete.enabled
            truncate.enabled
            primary.key.mode
            primary.key.fields
            field.include.list
            field.exclude.list
            use.time.zone
            database.time_zone
            # Tables
            schema.evolution
            collection.name.format
            table.name.format
            collection.naming.strategy
            table.naming.strategy
            collection.table.format
            column.naming.strategy
            quote.identifiers
            # How it is done
            batch.size
            use.reduction.buffer
            keyed.message.batch.mode | %2$sno effect: one change for each key is written, whatever it says
            dialect.postgres.unnest.insert.enabled
            dialect.postgres.postgis.schema | geometries are written as text that PostGIS reads, wherever it is
            dialect.sqlserver.identity.insert
            dialect.starrocks.catalog.name | of another database; no effect
            flush.max.retries | outages are retried until they are over
            flush.retry.delay.ms | the first pause; no table depends on it
            cloud.events.schema.name.pattern | CloudEvents are not told apart; no effect, with a warning
            internal.enable.sces | %2$srefused rows are always set aside where errors.tolerance=all
            """
                    .formatted(ONE_CONNECTION, NEWER);

    private final Collection<SinkOutcome> outcomes;
    private final PluginDefinitions definitions;
    private final StringBuilder page = new StringBuilder();

    private SinkCompatibilityPage(Collection<SinkOutcome> outcomes, PluginDefinitions definitions) {
        this.outcomes = outcomes;
        this.definitions = definitions;
    }

    static String of(Collection<SinkOutcome> outcomes, PluginDefinitions definitions) {
        SinkCompatibilityPage page = new SinkCompatibilityPage(outcomes, definitions);
        page.write();
        return page.page.toString();
    }

    private void write() {
        page.append("# Compatibility with Debezium's JDBC sink\n\n")
                .append("<!-- Written by SinkConformanceIT from what it found; do not edit. -->\n\n")
                .append("Walbrook's sink connector and Debezium's JDBC sink ")
                .append(definitions.debeziumVersion())
                .append(", the newest release in Maven Central, read the same topics side by side, through ")
                .append(outcomes.size())
                .append(
                        " scenarios, each into a PostgreSQL database of its own. The tables were compared: columns, types,")
                .append(
                        " nullability, defaults, primary keys, and every value of every row. **Same** means that nothing")
                .append(
                        " differed. The topics hold what Debezium's PostgreSQL source and Walbrook's wrote, and records made")
                .append(" by hand.\n");
        properties();
        scenarios();
        deliberate();
        page.append("\n## What is not compared\n\n")
                .append(
                        "The order of a table's columns and rows; Walbrook's own table of offsets; what a sink that fails has")
                .append(" written before it failed: Debezium's some of the batch, Walbrook's nothing of it.\n");
    }

    private void properties() {
        page.append("\n## Properties\n");
        Map<String, List<Catalogue.Property>> sections = Catalogue.sections(PROPERTIES);
        sections.forEach((section, properties) -> {
            page.append("\n### ").append(section).append("\n\n| property | state |\n|---|---|\n");
            properties.forEach(property -> row('`' + property.name() + '`', stateOf(property)));
        });
        List<String> missing = definitions.debeziumNames().stream()
                .filter(name ->
                        sections.values().stream().flatMap(List::stream).noneMatch(property -> property.covers(name)))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("The page lacks properties of Debezium's sink: " + missing);
        }
    }

    private String stateOf(Catalogue.Property property) {
        List<SinkOutcome> speaking = outcomes.stream()
                .filter(outcome -> outcome.scenario().covers().stream().anyMatch(property::covers))
                .toList();
        String refusal = definitions.refusal(property.name().replace("*", "x"));
        if (!refusal.isEmpty()) {
            return (speaking.isEmpty() ? "" : "the default is accepted; others are ") + "refused: "
                    + refusal.replaceFirst("^[a-z._]+: ", "");
        }
        String state = !speaking.isEmpty()
                ? state(speaking)
                : property.note().isEmpty() ? "**nothing speaks for it**" : "accepted (" + property.note() + ")";
        return state + definitions.otherDefault(property.name());
    }

    private static String state(List<SinkOutcome> speaking) {
        Set<String> reasons = speaking.stream()
                .flatMap(outcome -> outcome.scenario().differences().stream())
                .map(DeliberateDifference::reason)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        long red = speaking.stream().filter(outcome -> !outcome.isGreen()).count();
        if (red > 0) {
            return "not yet (" + red + " of " + speaking.size() + " scenarios differ)";
        }
        return reasons.isEmpty() ? "same" : "same, but " + String.join("; ", reasons);
    }

    private void scenarios() {
        page.append("\n## Scenarios\n\n| scenario | what happens | state |\n|---|---|---|\n");
        for (SinkOutcome outcome : outcomes) {
            SinkScenario scenario = outcome.scenario();
            String state = !outcome.isGreen()
                    ? "not yet"
                    : !scenario.differences().isEmpty() ? "differs" : scenario.fails() ? "both fail" : "same";
            row('`' + scenario.id() + '`', scenario.title() + " | " + state);
        }
    }

    private void deliberate() {
        page.append("\n## Deliberate differences\n\n| scenario | reason |\n|---|---|\n");
        Map<String, Set<String>> titles = new TreeMap<>();
        for (SinkOutcome outcome : outcomes) {
            for (DeliberateDifference difference : outcome.scenario().differences()) {
                titles.computeIfAbsent(difference.reason(), reason -> new LinkedHashSet<>())
                        .add('`' + outcome.scenario().id() + '`');
            }
        }
        titles.forEach((reason, scenarios) -> row(String.join(", ", scenarios), reason));
    }

    private void row(String name, String state) {
        page.append("| ")
                .append(name)
                .append(" | ")
                .append(state.replace("\n", " "))
                .append(" |\n");
    }
}
