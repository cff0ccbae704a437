package dev.walbrook.examples.shop.publisher;

import dev.walbrook.outbox.OutboxEvent;
import dev.walbrook.outbox.Payload;
import dev.walbrook.outbox.spring.TransactionalOutbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Stores payments, each with its event. */
@Service
public class Payments {

    private final JdbcClient jdbc;
    private final TransactionalOutbox outbox;
    private final JsonMapper json;

    public Payments(JdbcClient jdbc, TransactionalOutbox outbox, JsonMapper json) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.json = json;
    }

    /** Stores a payment and its event, both or neither. */
    @Transactional
    public Payment make(long orderId, PaymentMethod paymentMethod) {
        Payment payment = jdbc.sql("INSERT INTO payments (order_id, payment_method) VALUES (?, ?) RETURNING *")
                .params(orderId, paymentMethod.name())
                .query(Payments::read)
                .single();
        outbox.append(OutboxEvent.of("PAYMENT", Long.toString(payment.id()), "PaymentMade")
                .payload(payment, value -> new Payload.Json(json.writeValueAsString(value)))
                .build());
        return payment;
    }

    /** @param id of a payment that may not be there */
    @Transactional(readOnly = true)
    public Optional<Payment> find(long id) {
        return jdbc.sql("SELECT * FROM payments WHERE id = ?")
                .param(id)
                .query(Payments::read)
                .optional();
    }

    /** A page of all, the newest first. */
    @Transactional(readOnly = true)
    public Page<Payment> list(int page, int size) {
        long total = jdbc.sql("SELECT count(*) FROM payments").query(Long.class).single();
        return new Page<>(
                jdbc.sql("SELECT * FROM payments ORDER BY id DESC LIMIT ? OFFSET ?")
                        .params(size, (long) page * size)
                        .query(Payments::read)
                        .list(),
                page,
                size,
                total);
    }

    private static Payment read(ResultSet row, int number) throws SQLException {
        return new Payment(
                row.getLong("id"),
                row.getLong("order_id"),
                PaymentMethod.valueOf(row.getString("payment_method")),
                row.getTimestamp("created_at").toInstant());
    }
}
