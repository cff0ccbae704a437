package dev.walbrook.connect.sink;

import dev.walbrook.connect.metrics.MetricTags;
import dev.walbrook.connect.sink.delivery.DeliveryGuarantee;
import dev.walbrook.connect.sink.record.FieldFilter;
import dev.walbrook.connect.sink.record.PrimaryKeyMode;
import dev.walbrook.connect.sink.record.RecordReader;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.record.TableNaming;
import dev.walbrook.connect.sink.session.ReplicationRole;
import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.connect.sink.table.EvolutionAction;
import dev.walbrook.connect.sink.table.SchemaEvolution;
import dev.walbrook.connect.sink.transaction.Subscription;
import dev.walbrook.connect.sink.write.ApplyMode;
import dev.walbrook.connect.sink.write.InsertMode;
import dev.walbrook.connect.sink.write.SinkWriter;
import dev.walbrook.postgres.ConnectionSettings;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The sink's configuration, with the property names of Debezium's JDBC sink.
 *
 * @param connector the connector's name
 * @param task which of its tasks, from 0
 * @param reader what reading records has to know
 * @param session what the session with the target has to know
 * @param writer what writing rows has to know
 * @param offsets the table for the consumed offsets; null if the target holds none
 * @param consumerGroup the group that Connect's consumer is in
 * @param verifiesTopics whether to look, when a partition is taken over, at the record that was written last
 * @param batchSize how many records are written together at most
 * @param lingerMs how long a record may wait for others, in milliseconds
 * @param subscription which topics are read
 * @param transactionBufferBytes how much of transactions may be held at most, roughly, in bytes
 * @param metricTags further keys of the metrics' names, in order
 * @param tableMetrics whether the metrics count by table, too
 * @param tolerant whether records that cannot be written are left behind
 * @param retryDelayMs the first pause after an outage, in milliseconds; the following ones grow
 */
record SinkConfig(
        String connector,
        int task,
        RecordReader.Settings reader,
        TargetSession.Settings session,
        SinkWriter.Settings writer,
        @Nullable TableName offsets,
        String consumerGroup,
        boolean verifiesTopics,
        int batchSize,
        long lingerMs,
        Subscription subscription,
        long transactionBufferBytes,
        Map<String, String> metricTags,
        boolean tableMetrics,
        boolean tolerant,
        long retryDelayMs) {

    /**
     * Reads properties that {@link SinkConfigCheck} has found nothing wrong with.
     *
     * @throws org.apache.kafka.common.config.ConfigException if there is something wrong all the same
     */
    static SinkConfig parse(Map<String, String> properties) {
        AbstractConfig config =
                new AbstractConfig(SinkProperties.DEFINITION, SinkProperties.canonical(properties), false);
        String connector = properties.getOrDefault("name", "walbrook-sink");
        ConnectionSettings connection = TargetUrl.parse(
                config.getString(SinkProperties.URL),
                config.getString(SinkProperties.USERNAME),
                password(config.getPassword(SinkProperties.PASSWORD)));
        RecordReader.Settings reader = new RecordReader.Settings(
                TableNaming.parse(config.getString(SinkProperties.COLLECTION_NAME_FORMAT)),
                PrimaryKeyMode.valueOf(upper(config.getString(SinkProperties.PRIMARY_KEY_MODE))),
                config.getList(SinkProperties.PRIMARY_KEY_FIELDS),
                FieldFilter.of(
                        config.getList(SinkProperties.FIELD_INCLUDE_LIST),
                        config.getList(SinkProperties.FIELD_EXCLUDE_LIST)),
                config.getBoolean(SinkProperties.DELETE_ENABLED),
                config.getBoolean(SinkProperties.TRUNCATE_ENABLED),
                config.getString(SinkProperties.UNAVAILABLE_VALUE));
        TargetSession.Settings session = new TargetSession.Settings(
                connection,
                "walbrook sink " + connector,
                config.getString(SinkProperties.TIME_ZONE),
                ReplicationRole.valueOf(upper(config.getString(SinkProperties.REPLICATION_ROLE))));
        SinkWriter.Settings writer = new SinkWriter.Settings(
                InsertMode.valueOf(upper(config.getString(SinkProperties.INSERT_MODE))),
                evolution(config),
                ApplyMode.valueOf(upper(config.getString(SinkProperties.APPLY_MODE))));
        boolean once = DeliveryGuarantee.valueOf(upper(config.getString(SinkProperties.DELIVERY_GUARANTEE)))
                == DeliveryGuarantee.EXACTLY_ONCE;
        return new SinkConfig(
                connector,
                Integer.parseInt(properties.getOrDefault(SinkProperties.TASK, "0")),
                reader,
                session,
                writer,
                once ? TableName.parse(config.getString(SinkProperties.OFFSETS_TABLE)) : null,
                properties.getOrDefault("consumer.override.group.id", "connect-" + connector),
                // Where that record has expired, the consumer would go to the end and skip what came since.
                !"latest".equals(properties.get("consumer.override.auto.offset.reset")),
                config.getInt(SinkProperties.BATCH_SIZE),
                config.getLong(SinkProperties.LINGER),
                Subscription.of(properties),
                bufferBytes(config.getLong(SinkProperties.TRANSACTION_BUFFER)),
                MetricTags.parse(config.getString(SinkProperties.METRIC_TAGS)),
                config.getBoolean(SinkProperties.TABLE_METRICS),
                "all".equals(properties.get("errors.tolerance")),
                config.getLong(SinkProperties.FLUSH_RETRY_DELAY));
    }

    private static SchemaEvolution evolution(AbstractConfig config) {
        return switch (config.getString(SinkProperties.SCHEMA_EVOLUTION)) {
            case "basic" -> SchemaEvolution.BASIC;
            case "full" ->
                new SchemaEvolution(
                        true,
                        action(config, SinkProperties.EVOLUTION_ADD),
                        action(config, SinkProperties.EVOLUTION_WIDEN),
                        action(config, SinkProperties.EVOLUTION_NULLABILITY),
                        action(config, SinkProperties.EVOLUTION_DROP));
            // What is missing is always looked for, so that validate-only has nothing more to validate.
            default -> SchemaEvolution.NONE;
        };
    }

    private static long bufferBytes(long configured) {
        return configured > 0 ? configured : Runtime.getRuntime().maxMemory() / 4;
    }

    private static EvolutionAction action(AbstractConfig config, String property) {
        return EvolutionAction.valueOf(upper(config.getString(property)));
    }

    private static @Nullable String password(@Nullable Password password) {
        return password == null ? null : password.value();
    }

    private static String upper(String value) {
        return value.toUpperCase(Locale.ROOT);
    }
}
