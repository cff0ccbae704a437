package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The outbox, on the service's one data source; a service with several defines a {@link TransactionalOutbox} itself. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
        })
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(OutboxProperties.class)
public final class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Outbox walbrookOutbox(OutboxProperties properties) {
        return properties.outbox();
    }

    @Bean
    @ConditionalOnMissingBean
    TransactionalOutbox transactionalOutbox(
            Outbox outbox,
            DataSource dataSource,
            ObjectProvider<EventMeters> meters,
            ObjectProvider<TraceparentSource> traceparent) {
        TraceparentSource source = traceparent.getIfAvailable(() -> new TraceparentSource(() -> null));
        return new TransactionalOutbox(
                outbox, dataSource, meters.getIfAvailable(() -> EventMeters.NONE), source.current());
    }

    /** The bean that knows the current trace, in a type of its own. */
    record TraceparentSource(Supplier<@Nullable String> current) {}

    /** Counters, where there is a registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        EventMeters walbrookEventMeters(MeterRegistry registry) {
            return new MicrometerMeters(registry);
        }
    }

    /** The current trace, where there is a tracer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    static class Tracing {

        @Bean
        @ConditionalOnBean(Tracer.class)
        TraceparentSource walbrookTraceparent(Tracer tracer) {
            return new TraceparentSource(new CurrentTraceparent(tracer));
        }
    }
}
