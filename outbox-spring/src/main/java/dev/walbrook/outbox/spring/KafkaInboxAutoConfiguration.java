package dev.walbrook.outbox.spring;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The inbox for Kafka's records, where Kafka's client is there. */
@AutoConfiguration(after = InboxAutoConfiguration.class)
@ConditionalOnClass(ConsumerRecord.class)
@ConditionalOnBean(TransactionalInbox.class)
public final class KafkaInboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KafkaInbox kafkaInbox(TransactionalInbox inbox, InboxProperties properties) {
        return new KafkaInbox(inbox, properties.header());
    }
}
