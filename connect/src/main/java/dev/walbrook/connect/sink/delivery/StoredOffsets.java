package dev.walbrook.connect.sink.delivery;

import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** Moves the offsets that a target holds, for an operator who moves the consumer group's. */
public final class StoredOffsets {

    private StoredOffsets() {}

    /**
     * Sets them.
     *
     * @param offsets by partition; null to forget a partition's; empty, as Connect calls it where the group knows
     *     none, to forget all
     * @throws ConnectException if the target cannot be reached; nothing was moved then
     */
    public static void alter(
            TargetSession.Settings target, OffsetsTable table, Map<TopicPartition, @Nullable Long> offsets) {
        try (TargetSession session = new TargetSession(target)) {
            Connection connection = session.connection();
            table.create(connection);
            if (offsets.isEmpty()) {
                table.forget(connection);
            } else {
                table.alter(connection, offsets);
            }
            connection.commit();
        } catch (SQLException e) {
            WalbrookException failure =
                    SqlErrors.translate(e, "cannot move the offsets in " + table.name(), target.connection(), Map.of());
            throw new ConnectException(failure.getMessage(), failure);
        } catch (WalbrookException e) {
            throw new ConnectException(e.getMessage(), e);
        }
    }
}
