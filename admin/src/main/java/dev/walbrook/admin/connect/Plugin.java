package dev.walbrook.admin.connect;

/**
 * A plugin a worker has found.
 *
 * @param className its class
 * @param type Connect's word for its kind, such as {@code source} or {@code sink}
 * @param version its version
 */
public record Plugin(String className, String type, String version) {}
