package dev.walbrook.outbox.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where a consumer notes what it has processed.
 *
 * @param consumer who processes every event once; spring.application.name if not set
 * @param schema schema of the inbox table; the connection's search path if not set
 * @param table name of the inbox table
 * @param header the record's header that holds the event's id
 */
@ConfigurationProperties("walbrook.inbox")
public record InboxProperties(
        @Nullable String consumer,
        @Nullable String schema,
        @DefaultValue("inbox") String table,
        @DefaultValue("id") String header) {}
