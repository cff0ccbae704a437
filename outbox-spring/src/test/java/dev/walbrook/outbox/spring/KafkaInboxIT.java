package dev.walbrook.outbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.outbox.Inbox;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;

/** A spring-kafka listener processes an event once, however often it is delivered and however often it fails. */
class KafkaInboxIT {

    private TestDatabase database;
    private ConfigurableApplicationContext context;

    @BeforeEach
    void startService() {
        database = TestPostgres.source().createDatabase();
        database.execute(
                Inbox.of("billing").migration(),
                "CREATE TABLE bill (number int GENERATED ALWAYS AS IDENTITY, customer text)");
        TestKafka.shared().createTopic(database.name(), 1);
        context = SpringApplication.run(
                Service.class,
                "--spring.application.name=billing",
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestKafka.shared().bootstrapServers(),
                "--spring.kafka.consumer.group-id=" + database.name(),
                "--spring.kafka.consumer.auto-offset-reset=earliest",
                "--test.topic=" + database.name(),
                "--logging.level.root=warn");
    }

    @AfterEach
    void close() {
        context.close();
        database.close();
    }

    @Test
    void duplicatesAreAbsorbedAndFailuresRepeated() throws Exception {
        send("first", "a");
        send("first", "a");
        send("second", "fails once");
        send("second", "fails once");
        send("third", "b");

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> database.query(
                        "SELECT customer FROM bill ORDER BY number")
                .equals(List.of(List.of("a"), List.of("fails once"), List.of("b"))));
        assertThat(context.getBean(Bills.class).attempts).hasValue(4);
        assertThat(database.query("SELECT event_id FROM inbox WHERE consumer = 'billing' ORDER BY 1"))
                .containsExactly(List.of("first"), List.of("second"), List.of("third"));

        assertThat(context.getBean(TransactionalInbox.class).forget(Duration.ZERO))
                .isEqualTo(3);
    }

    @Test
    void aRecordWithoutAnIdIsNoneOfAnOutbox() {
        KafkaInbox inbox = context.getBean(KafkaInbox.class);

        assertThatThrownBy(() -> inbox.eventId(new ConsumerRecord<>("orders", 2, 7, "key", "value")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset 7 of orders-2 has no header id");
    }

    private void send(String id, String value) throws Exception {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(database.name(), "key", value);
            record.headers().add("id", id.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }

    /** A service with a listener. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        Bills bills(KafkaInbox inbox, JdbcClient jdbc) {
            return new Bills(inbox, jdbc);
        }
    }

    /** Writes a bill per event, and fails at the first attempt with one of them, after having written. */
    static class Bills {

        private final KafkaInbox inbox;
        private final JdbcClient jdbc;
        private final AtomicInteger attempts = new AtomicInteger();
        private boolean failed;

        Bills(KafkaInbox inbox, JdbcClient jdbc) {
            this.inbox = inbox;
            this.jdbc = jdbc;
        }

        @KafkaListener(topics = "${test.topic}")
        void onEvent(ConsumerRecord<String, String> record) {
            inbox.once(record, this::write);
        }

        private void write(ConsumerRecord<String, String> record) {
            attempts.incrementAndGet();
            jdbc.sql("INSERT INTO bill (customer) VALUES (?)")
                    .param(record.value())
                    .update();
            if (record.value().equals("fails once") && !failed) {
                failed = true;
                throw new IllegalStateException("the first attempt fails");
            }
        }
    }
}
