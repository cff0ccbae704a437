package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties that the compatibility page speaks of, in its order. A property that no scenario sets has a note that says why
 * and who else tests it.
 */
public final class Catalogue {

    /**
     * A property or a family of them.
     *
     * @param name what a scenario covers; {@code *} stands for a variable part
     * @param note what there is to say if no scenario speaks for it; empty if one has to
     */
    public record Property(String name, String note) {

        public boolean covers(String property) {
            return name.contains("*") ? property.matches(expression()) : property.equals(name);
        }

        private String expression() {
            return name.replace(".", "\\.").replace("*", ".+");
        }
    }

    private static final String TEXT =
            """
            # Connection
            database.hostname | every scenario
            database.port | every scenario
            database.user | every scenario
            database.password | every scenario
            database.dbname | every scenario
            database.include.list | a connector captures one database; unknown to Walbrook, which warns
            database.exclude.list | a connector captures one database; unknown to Walbrook, which warns
            database.query.timeout.ms
            database.initial.statements
            database.tcpKeepAlive | reaches the JDBC driver as it is
            database.sslmode | reaches the JDBC driver as it is
            database.sslcert | reaches the JDBC driver as it is
            database.sslkey | reaches the JDBC driver as it is
            database.sslpassword | reaches the JDBC driver as it is
            database.sslrootcert | reaches the JDBC driver as it is
            database.sslfactory | reaches the JDBC driver as it is
            database.connection.factory.class
            read.only
            connection.validation.timeout.ms | bounds validation; no record depends on it
            executor.shutdown.timeout.ms | bounds stopping; no record depends on it
            driver.* | reach the JDBC driver as they are
            # Replication
            plugin.name | every scenario
            slot.name | every scenario
            slot.drop.on.stop
            slot.failover | an option of the slot, which no record shows
            slot.stream.params
            slot.max.retries | every scenario that stops and resumes
            slot.retry.delay.ms | every scenario that stops and resumes
            publication.name | every scenario
            publication.autocreate.mode
            publish.via.partition.root
            replica.identity.autoset.values
            status.update.interval.ms
            flush.lsn.source | the older name of lsn.flush.mode
            lsn.flush.mode
            lsn.flush.timeout.ms | bounds an acknowledgement; no record depends on it
            lsn.flush.timeout.action | what to do after that bound
            offset.mismatch.strategy | only with a slot that is not where the offset is; see LostPositionIT
            xmin.fetch.interval.ms
            # What is captured
            table.include.list
            table.exclude.list
            schema.include.list
            schema.exclude.list
            column.include.list
            column.exclude.list
            table.ignore.builtin
            message.prefix.include.list
            message.prefix.exclude.list
            skipped.operations
            skip.messages.without.change
            guardrail.collections.max
            guardrail.collections.limit.action
            # Representation
            decimal.handling.mode
            time.precision.mode
            interval.handling.mode
            hstore.handling.mode
            binary.handling.mode
            money.fraction.digits
            include.unknown.datatypes
            unavailable.value.placeholder
            tombstones.on.delete
            message.key.columns
            column.mask.with.*.chars
            column.mask.hash.*.with.salt.*
            column.mask.hash.v2.*.with.salt.*
            column.truncate.to.*.chars
            column.propagate.source.type
            datatype.propagate.source.type
            schema.refresh.mode
            schema.name.adjustment.mode
            field.name.adjustment.mode
            include.schema.comments
            converters
            post.processors
            event.converting.failure.handling.mode
            sourceinfo.struct.maker | Debezium's own class, in every scenario; another is refused
            custom.sanitize.pattern | what Debezium's log hides; unknown to Walbrook, which warns
            # Snapshot
            snapshot.mode
            snapshot.mode.custom.name
            snapshot.mode.configuration.based.snapshot.data
            snapshot.mode.configuration.based.snapshot.schema
            snapshot.mode.configuration.based.start.stream
            snapshot.mode.configuration.based.snapshot.on.schema.error | asked of a schema history, which PostgreSQL needs none of
            snapshot.mode.configuration.based.snapshot.on.data.error | only when the stored position is gone; see LostPositionIT
            snapshot.isolation.mode
            snapshot.locking.mode
            snapshot.locking.mode.custom.name
            snapshot.lock.timeout.ms
            snapshot.query.mode
            snapshot.query.mode.custom.name
            snapshot.fetch.size
            snapshot.delay.ms
            streaming.delay.ms
            snapshot.include.collection.list
            snapshot.select.statement.overrides
            snapshot.select.statement.overrides.*
            snapshot.max.threads
            snapshot.max.threads.multiplier
            legacy.snapshot.max.threads
            snapshot.tables.order.by.row.count
            incremental.snapshot.chunk.size
            incremental.snapshot.watermarking.strategy
            incremental.snapshot.allow.schema.changes
            query.fetch.size
            # Signals and notifications
            signal.data.collection
            signal.enabled.channels
            signal.poll.interval.ms | an option of the refused signals
            signal.kafka.topic
            signal.kafka.bootstrap.servers
            signal.kafka.groupId
            signal.kafka.poll.timeout.ms
            signal.consumer.* | options of the refused signals; unknown to Walbrook, which warns
            signal.file
            signal.emit.failure.max.retries | an option of the refused signals
            signal.emit.failure.backoff.ms | an option of the refused signals
            notification.enabled.channels
            notification.sink.topic.name
            notification.http.url
            notification.http.* | options of the refused notifications; unknown to Walbrook, which warns
            # Topics, heartbeats and transactions
            topic.prefix
            topic.naming.strategy
            topic.delimiter
            topic.cache.size | how many names are remembered; no record depends on it
            topic.regex
            topic.replacement
            topic.key.enforce.uniqueness
            topic.key.field.name
            topic.key.field.regex
            topic.key.field.replacement
            topic.heartbeat.prefix
            topic.heartbeat.name
            heartbeat.topics.prefix | the old name of topic.heartbeat.prefix; TopicNamingTest
            heartbeat.interval.ms
            heartbeat.action.query
            provide.transaction.metadata
            topic.transaction
            transaction.metadata.factory | Debezium's own class, in every scenario; another is refused
            # Runtime
            max.batch.size
            max.queue.size
            max.queue.size.in.bytes
            poll.interval.ms
            poll.dispatch.interval.ms | moments, on which no record depends
            queue.provider.type | Debezium's own queue, in every scenario; another is refused
            errors.max.retries | every scenario
            retriable.restart.connector.wait.ms | the pause between attempts; no record depends on it
            event.processing.failure.handling.mode | only when a change cannot be processed; see DeadLettersIT
            extended.headers.enabled
            custom.metric.tags | names of MBeans; no record depends on it
            statistics.metrics.enabled | attributes of MBeans; no record depends on it
            openlineage.integration.enabled
            openlineage.integration.* | options of the refused integration; unknown to Walbrook, which warns
            memory.management.*.class | how Debezium keeps its schemas; unknown to Walbrook, which warns
            """;

    private Catalogue() {}

    /** The properties by the page's section. */
    static Map<String, List<Property>> sections() {
        return sections(TEXT);
    }

    /**
     * Properties by section.
     *
     * @param text a line for each: {@code # section}, or a property with its note after a bar
     */
    public static Map<String, List<Property>> sections(String text) {
        Map<String, List<Property>> sections = new LinkedHashMap<>();
        List<Property> section = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("# ")) {
                section = new ArrayList<>();
                sections.put(line.substring(2), section);
            } else {
                int bar = line.indexOf(" | ");
                section.add(
                        bar < 0
                                ? new Property(line, "")
                                : new Property(line.substring(0, bar), line.substring(bar + 3)));
            }
        }
        return sections;
    }
}
