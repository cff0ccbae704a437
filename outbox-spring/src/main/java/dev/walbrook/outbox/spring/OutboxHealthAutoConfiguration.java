package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.Outbox;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health endpoint's entry {@code outbox}; {@code management.health.outbox.enabled=false} leaves it out. */
@AutoConfiguration(after = OutboxAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnBean(TransactionalOutbox.class)
@ConditionalOnProperty(name = "management.health.outbox.enabled", matchIfMissing = true)
public final class OutboxHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "outboxHealthIndicator")
    HealthIndicator outboxHealthIndicator(DataSource dataSource, Outbox outbox, OutboxProperties properties) {
        return new OutboxHealthIndicator(dataSource, outbox, properties.slot());
    }
}
