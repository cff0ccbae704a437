package dev.walbrook.admin.load;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the sample tables, prepared once for one connection. */
final class SampleStatements implements AutoCloseable {

    private final PreparedStatement insertProduct;
    private final PreparedStatement updateProduct;
    private final PreparedStatement deleteProduct;
    private final PreparedStatement insertOrder;
    private final PreparedStatement updateOrder;
    private final PreparedStatement deleteOrder;
    private final Connection connection;

    SampleStatements(Connection connection) throws SQLException {
        this.connection = connection;
        insertProduct = connection.prepareStatement(
                "INSERT INTO products (sku, name, description, price, tags, attributes, released)"
                        + " VALUES (?, ?, ?, ?, ?, ?::jsonb, current_date) RETURNING id");
        updateProduct = connection.prepareStatement(
                "UPDATE products SET price = ?, in_stock = ?, attributes = attributes || jsonb_build_object('note', ?::text),"
                        + " updated_at = clock_timestamp() WHERE id = ?");
        deleteProduct = connection.prepareStatement(
                "DELETE FROM products p WHERE id = ? AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.product_id = p.id)");
        insertOrder = connection.prepareStatement(
                "INSERT INTO orders (product_id, reference, quantities, total, details, gift, created_at)"
                        + " SELECT id, ?, ?, ?, ?::jsonb, ?, clock_timestamp() FROM products WHERE id = ? FOR KEY SHARE"
                        + " RETURNING id");
        updateOrder = connection.prepareStatement("UPDATE orders SET status = ?::order_status, total = ? WHERE id = ?");
        deleteOrder = connection.prepareStatement("DELETE FROM orders WHERE id = ?");
    }

    long insertProduct(
            UUID sku, String name, @Nullable String description, BigDecimal price, String[] tags, String attributes)
            throws SQLException {
        insertProduct.setObject(1, sku);
        insertProduct.setString(2, name);
        insertProduct.setString(3, description);
        insertProduct.setBigDecimal(4, price);
        insertProduct.setArray(5, connection.createArrayOf("text", tags));
        insertProduct.setString(6, attributes);
        try (ResultSet row = insertProduct.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    boolean updateProduct(long id, BigDecimal price, boolean inStock, String note) throws SQLException {
        updateProduct.setBigDecimal(1, price);
        updateProduct.setBoolean(2, inStock);
        updateProduct.setString(3, note);
        updateProduct.setLong(4, id);
        return updateProduct.executeUpdate() == 1;
    }

    boolean deleteProduct(long id) throws SQLException {
        deleteProduct.setLong(1, id);
        return deleteProduct.executeUpdate() == 1;
    }

    @Nullable
    Long insertOrder(
            long product,
            UUID reference,
            Integer[] quantities,
            BigDecimal total,
            @Nullable String details,
            boolean gift)
            throws SQLException {
        insertOrder.setObject(1, reference);
        insertOrder.setArray(2, connection.createArrayOf("integer", quantities));
        insertOrder.setBigDecimal(3, total);
        insertOrder.setString(4, details);
        insertOrder.setBoolean(5, gift);
        insertOrder.setLong(6, product);
        try (ResultSet row = insertOrder.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    boolean updateOrder(long id, String status, BigDecimal total) throws SQLException {
        updateOrder.setString(1, status);
        updateOrder.setBigDecimal(2, total);
        updateOrder.setLong(3, id);
        return updateOrder.executeUpdate() == 1;
    }

    boolean deleteOrder(long id) throws SQLException {
        deleteOrder.setLong(1, id);
        return deleteOrder.executeUpdate() == 1;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement :
                List.of(insertProduct, updateProduct, deleteProduct, insertOrder, updateOrder, deleteOrder)) {
            statement.close();
        }
    }
}
