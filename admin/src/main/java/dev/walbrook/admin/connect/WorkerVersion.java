package dev.walbrook.admin.connect;

/**
 * What a worker runs.
 *
 * @param version Kafka's version
 * @param kafkaClusterId the cluster it belongs to
 */
public record WorkerVersion(String version, String kafkaClusterId) {}
