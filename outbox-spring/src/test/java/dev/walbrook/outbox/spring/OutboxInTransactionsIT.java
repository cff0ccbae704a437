package dev.walbrook.outbox.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.outbox.OutboxEvent;
import dev.walbrook.outbox.OutboxTable;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.PersistenceContext;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The change and its event are one transaction, whoever opened it. */
class OutboxInTransactionsIT {

    private TestDatabase database;
    private ConfigurableApplicationContext context;

    @BeforeEach
    void createTables() {
        database = TestPostgres.source().createDatabase();
        database.execute(OutboxTable.standard().migration(), "CREATE TABLE customer (id int PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
        database.close();
    }

    /** Three ways to change a row in a Spring transaction. */
    enum Access {
        JDBC {
            @Override
            void insert(ConfigurableApplicationContext context, int id) {
                context.getBean(JdbcClient.class)
                        .sql("INSERT INTO customer VALUES (?)")
                        .param(id)
                        .update();
            }
        },
        JPA {
            @Override
            void insert(ConfigurableApplicationContext context, int id) {
                context.getBean(Customers.class).entities.persist(new Customer(id));
            }
        },
        JOOQ {
            @Override
            void insert(ConfigurableApplicationContext context, int id) {
                context.getBean(DSLContext.class).execute("INSERT INTO customer VALUES (?)", id);
            }
        };

        abstract void insert(ConfigurableApplicationContext context, int id);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void theRowAndItsEventAreCommittedOrRolledBackTogether(Access access) {
        start(access);

        inTransaction(() -> {
            access.insert(context, 1);
            outbox().append(event("1"));
        });
        assertThatThrownBy(() -> inTransaction(() -> {
                    access.insert(context, 2);
                    outbox().append(event("2"));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");

        assertThat(database.query("SELECT id FROM customer")).containsExactly(List.of("1"));
        assertThat(database.query("SELECT aggregateid FROM outbox")).containsExactly(List.of("1"));
        MeterRegistry registry = context.getBean(MeterRegistry.class);
        assertThat(registry.get("walbrook.outbox.events")
                        .tags("aggregate.type", "CUSTOMER", "outcome", "committed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("walbrook.outbox.events")
                        .tag("outcome", "rolled back")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusesToAppendOutsideATransaction() {
        start(Access.JDBC);

        assertThatThrownBy(() -> outbox().append(event("1")))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("There is no transaction for appending to the outbox table outbox")
                .hasMessageContaining("@Transactional");
    }

    @Test
    void refusesToAppendInATransactionOfAnotherDataSource() {
        start(Access.JDBC);
        TransactionTemplate other = new TransactionTemplate(new JdbcTransactionManager(
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password())));

        assertThatThrownBy(() -> other.executeWithoutResult(status -> outbox().append(event("1"))))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("not one of the data source");
    }

    @Test
    void messagesNeedNoTable() {
        database.execute("DROP TABLE outbox");
        database.execute("SELECT pg_create_logical_replication_slot('" + database.name() + "', 'test_decoding')");
        start(Access.JDBC, "walbrook.outbox.transport=message", "walbrook.outbox.message-prefix=shop");

        inTransaction(() -> outbox().append(event("1")));

        assertThat(database.query(
                        "SELECT data FROM pg_logical_slot_get_changes('" + database.name() + "', NULL, NULL)"))
                .anySatisfy(
                        row -> assertThat(row.get(0)).contains("prefix: shop").contains("\"CUSTOMER\""));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void anotherLayoutComesFromProperties() {
        database.execute(
                "CREATE SCHEMA legacy",
                "CREATE TABLE legacy.events (event_id uuid, aggregatetype text,"
                        + " aggregateid text, type text, body bytea, schema_version int, tenant_id text)");
        start(
                Access.JDBC,
                "walbrook.outbox.schema=legacy",
                "walbrook.outbox.table=events",
                "walbrook.outbox.payload=bytes",
                "walbrook.outbox.columns.id=event_id",
                "walbrook.outbox.columns.payload=body",
                "walbrook.outbox.columns.schema-version=schema_version",
                "walbrook.outbox.headers.tenant=tenant_id");

        inTransaction(() -> outbox().append(OutboxEvent.of("CUSTOMER", "1", "Created")
                .bytes(new byte[] {7})
                .schemaVersion(2)
                .header("tenant", "acme")
                .build()));

        assertThat(database.query("SELECT body, schema_version, tenant_id FROM legacy.events"))
                .containsExactly(List.of("\\x07", "2", "acme"));
    }

    @Test
    void healthNamesTheProblemAndItsCure() {
        start(Access.JDBC, "walbrook.outbox.slot=nobody");
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("slot", "there is no replication slot nobody");

        database.execute("DROP TABLE outbox");

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("problem", "there is no table outbox");
    }

    private Health health() {
        return context.getBean("outboxHealthIndicator", HealthIndicator.class).health();
    }

    private TransactionalOutbox outbox() {
        return context.getBean(TransactionalOutbox.class);
    }

    private static OutboxEvent event(String id) {
        return OutboxEvent.of("CUSTOMER", id, "Created").json("{}").build();
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> work.run());
    }

    private void start(Access access, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "spring.main.web-application-type=none",
                "spring.main.banner-mode=off",
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=" + database.user(),
                "spring.datasource.password=" + database.password(),
                "spring.datasource.hikari.maximum-pool-size=3",
                "logging.level.root=warn"));
        if (access != Access.JPA) {
            arguments.add("spring.autoconfigure.exclude="
                    + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration");
        }
        arguments.addAll(List.of(properties));
        SpringApplication application = new SpringApplication(access == Access.JPA ? JpaService.class : Service.class);
        context = application.run(
                arguments.stream().map(argument -> "--" + argument).toArray(String[]::new));
    }

    /** A service without JPA. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    /** A service with JPA. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class JpaService {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Customers customers() {
            return new Customers();
        }
    }

    /** Gives the test the entity manager of the current transaction. */
    static class Customers {

        @PersistenceContext
        private EntityManager entities;
    }

    /** A row. */
    @Entity(name = "customer")
    static class Customer {

        @Id
        private int id;

        Customer() {}

        Customer(int id) {
            this.id = id;
        }
    }
}
