package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.Inbox;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/** The inbox, on the service's one data source and transaction manager. */
@AutoConfiguration(
        after = OutboxAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@ConditionalOnSingleCandidate(DataSource.class)
@EnableConfigurationProperties(InboxProperties.class)
public final class InboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
    TransactionalInbox transactionalInbox(
            InboxProperties properties,
            Environment environment,
            DataSource dataSource,
            PlatformTransactionManager transactionManager,
            ObjectProvider<EventMeters> meters) {
        String name = properties.consumer() != null
                ? properties.consumer()
                : environment.getProperty("spring.application.name", "application");
        return new TransactionalInbox(
                Inbox.in(properties.schema(), properties.table(), name),
                dataSource,
                transactionManager,
                meters.getIfAvailable(() -> EventMeters.NONE));
    }
}
