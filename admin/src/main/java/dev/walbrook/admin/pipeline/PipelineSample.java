package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.connect.ConnectorStatus;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline at one moment.
 *
 * @param connectors the source and the sink connector; one that is not registered is missing
 * @param tables the captured tables, by name
 * @param events all records in the pipeline's topics
 * @param eventsPerSecond how many came per second since the sample before; 0 in the first
 * @param slot how far the source connector is; empty before it has a slot
 * @param sinkLag records that the sink connector has not committed yet
 * @param trouble why something could not be found out, one line each; usually empty
 */
public record PipelineSample(
        List<ConnectorStatus> connectors,
        List<TableProgress> tables,
        long events,
        double eventsPerSecond,
        Optional<SlotProgress> slot,
        long sinkLag,
        List<String> trouble) {}
