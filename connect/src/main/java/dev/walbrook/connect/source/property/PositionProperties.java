package dev.walbrook.connect.source.property;

import dev.walbrook.capture.LostPositionPolicy;
import dev.walbrook.capture.PositionSettings;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** How the position in the WAL is kept, in the slot and in Kafka. */
public final class PositionProperties {

    public static final String LOST_POLICY = "position.lost.policy";
    public static final String MISMATCH_STRATEGY = "offset.mismatch.strategy";
    public static final String FLUSH_MODE = "lsn.flush.mode";
    public static final String FLUSH_SOURCE = "flush.lsn.source";
    public static final String FLUSH_TIMEOUT = "lsn.flush.timeout.ms";
    public static final String FLUSH_TIMEOUT_ACTION = "lsn.flush.timeout.action";
    public static final String STREAM_PARAMETERS = "slot.stream.params";
    public static final String TRANSACTION_LIMIT = "exactly.once.transaction.limit.ms";

    private static final String MANUAL = "manual";
    /** Options that the connector sets itself, or that would change what it has to read. */
    private static final Set<String> OWN_OPTIONS =
            Set.of("proto_version", "publication_names", "messages", "binary", "streaming", "two_phase");

    private PositionProperties() {}

    static void define(Definition definition) {
        definition.group("Position");
        definition.optional(
                LOST_POLICY,
                Type.STRING,
                "fail",
                CaseInsensitiveValidString.in(Definition.names(LostPositionPolicy.values())),
                "What to do when the changes after the stored position can no longer be read, because the slot was dropped"
                        + " or created again, the server was restored from a backup, a standby that was behind was promoted,"
                        + " or it is another cluster: fail (stop and name the gap), resnapshot (read the tables again), or"
                        + " continue (go on from the slot without the changes between). snapshot.mode=when_needed means"
                        + " resnapshot.");
        definition.optional(
                MISMATCH_STRATEGY,
                Type.STRING,
                "no_validation",
                CaseInsensitiveValidString.in("no_validation", "trust_offset", "trust_slot", "trust_greater_lsn"),
                "Debezium's name for the choice between the stored offset and the slot. The slot is always advanced to the"
                        + " offset; trust_slot and trust_greater_lsn mean position.lost.policy=continue unless that is set.");
        definition.optional(
                FLUSH_MODE,
                Type.STRING,
                "connector",
                CaseInsensitiveValidString.in("connector", MANUAL, "connector_and_driver"),
                "Who tells the slot how far changes are delivered: the connector, or, with manual, somebody else. The"
                        + " connector also confirms what the server says it has passed without a change, so connector and"
                        + " connector_and_driver are the same.");
        definition.optional(
                FLUSH_SOURCE,
                Type.BOOLEAN,
                true,
                null,
                "Older name of lsn.flush.mode: false is manual. lsn.flush.mode wins if both are set.");
        definition.optional(
                FLUSH_TIMEOUT,
                Type.LONG,
                30_000L,
                Range.atLeast(1),
                "Accepted for compatibility with Debezium. Positions are confirmed without waiting for the server, so there"
                        + " is nothing to time out.");
        definition.optional(
                FLUSH_TIMEOUT_ACTION,
                Type.STRING,
                "fail",
                CaseInsensitiveValidString.in("fail", "warn", "ignore"),
                "Accepted for compatibility with Debezium, see lsn.flush.timeout.ms.");
        definition.optional(
                STREAM_PARAMETERS,
                Type.STRING,
                null,
                PositionProperties::requireParameters,
                "Further options of pgoutput as name=value, separated by semicolons, such as origin=none. Those that the"
                        + " connector sets itself cannot be given.");
        definition.optional(
                TRANSACTION_LIMIT,
                Type.LONG,
                20_000L,
                Range.atLeast(100),
                "With transaction.boundary=connector on a worker with exactly-once support: after how many milliseconds a"
                        + " PostgreSQL transaction is split into several Kafka transactions. Keep it well below the"
                        + " producer's transaction.timeout.ms, 60000 by default. A snapshot is never split.");
    }

    /** The settings that these properties make. */
    public static PositionSettings settings(AbstractConfig config) {
        Map<String, Object> given = config.originals();
        LostPositionPolicy policy =
                LostPositionPolicy.valueOf(config.getString(LOST_POLICY).toUpperCase(Locale.ROOT));
        String strategy = config.getString(MISMATCH_STRATEGY).toLowerCase(Locale.ROOT);
        if (!given.containsKey(LOST_POLICY)
                && (strategy.equals("trust_slot") || strategy.equals("trust_greater_lsn"))) {
            policy = LostPositionPolicy.CONTINUE;
        }
        boolean confirms = given.containsKey(FLUSH_MODE)
                ? !config.getString(FLUSH_MODE).equalsIgnoreCase(MANUAL)
                : config.getBoolean(FLUSH_SOURCE);
        return new PositionSettings(policy, confirms, parameters(config.getString(STREAM_PARAMETERS)));
    }

    private static Map<String, String> parameters(@Nullable String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text != null) {
            for (String parameter : text.split(";")) {
                if (!parameter.isBlank()) {
                    int equals = parameter.indexOf('=');
                    if (equals < 1) {
                        throw new IllegalArgumentException("'" + parameter.strip() + "' is not name=value");
                    }
                    parameters.put(
                            parameter.substring(0, equals).strip(),
                            parameter.substring(equals + 1).strip());
                }
            }
        }
        return Map.copyOf(parameters);
    }

    private static void requireParameters(String name, @Nullable Object value) {
        try {
            for (String option : parameters((String) value).keySet()) {
                if (OWN_OPTIONS.contains(option)) {
                    throw new IllegalArgumentException("the connector sets " + option + " itself");
                }
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }
}
