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

/** Stores orders, each with its event. */
@Service
public class Orders {

    private final JdbcClient jdbc;
    private final TransactionalOutbox outbox;
    private final JsonMapper json;

    public Orders(JdbcClient jdbc, TransactionalOutbox outbox, JsonMapper json) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.json = json;
    }

    /** Stores an order and its event, both or neither. */
    @Transactional
    public Order place(int quantity, DeliveryMethod deliveryMethod) {
        Order order = jdbc.sql("INSERT INTO orders (quantity, delivery_method) VALUES (?, ?) RETURNING *")
                .params(quantity, deliveryMethod.name())
                .query(Orders::read)
                .single();
        outbox.append(OutboxEvent.of("ORDER", Long.toString(order.id()), "OrderPlaced")
                .payload(order, value -> new Payload.Json(json.writeValueAsString(value)))
                .build());
        return order;
    }

    /** @param id of an order that may not be there */
    @Transactional(readOnly = true)
    public Optional<Order> find(long id) {
        return jdbc.sql("SELECT * FROM orders WHERE id = ?")
                .param(id)
                .query(Orders::read)
                .optional();
    }

    /** A page of all, the newest first. */
    @Transactional(readOnly = true)
    public Page<Order> list(int page, int size) {
        long total = jdbc.sql("SELECT count(*) FROM orders").query(Long.class).single();
        return new Page<>(
                jdbc.sql("SELECT * FROM orders ORDER BY id DESC LIMIT ? OFFSET ?")
                        .params(size, (long) page * size)
                        .query(Orders::read)
                        .list(),
                page,
                size,
                total);
    }

    private static Order read(ResultSet row, int number) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getInt("quantity"),
                DeliveryMethod.valueOf(row.getString("delivery_method")),
                row.getTimestamp("created_at").toInstant());
    }
}
