package dev.walbrook.admin.load;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.postgres.ConnectionSettings;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Writes inserts, updates and deletes into the sample tables, in transactions of random size.
 *
 * <p>Six of ten changes insert, three update, one deletes; a product with orders is updated instead of deleted.
 */
public final class LoadGenerator {

    private static final List<String> WORDS = List.of(
            "river",
            "bridge",
            "lantern",
            "harbour",
            "compass",
            "anchor",
            "tide",
            "ledger",
            "cistern",
            "culvert",
            "Fluß",
            "rivière",
            "川",
            "Темза",
            "naïve",
            "o'clock",
            "back\\slash",
            "\"quoted\"",
            "comma, space",
            "🛶");
    private static final List<String> STATUSES = List.of("new", "paid", "shipped", "cancelled");
    private static final int REMEMBERED_KEYS = 20_000;

    private final LoadPlan plan;
    private final Random random;
    private final KeySample products = new KeySample(REMEMBERED_KEYS);
    private final KeySample orders = new KeySample(REMEMBERED_KEYS);
    private long inserts;
    private long updates;
    private long deletes;
    private long transactions;

    private LoadGenerator(LoadPlan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
    }

    /**
     * Runs until the plan's number of changes is committed or {@code stop} says so.
     *
     * @param progress told after transactions, at most a few times a second
     * @throws AdminException if the sample tables are not there or the database refuses a change
     */
    public static LoadCounts run(
            ConnectionSettings database, LoadPlan plan, BooleanSupplier stop, Consumer<LoadCounts> progress) {
        try (Connection connection = DatabaseConnection.open(database)) {
            LoadGenerator generator = new LoadGenerator(plan);
            generator.prepare(connection);
            generator.loop(connection, stop, progress);
            return generator.counts();
        } catch (SQLException e) {
            if ("42P01".equals(e.getSQLState())) {
                throw new AdminException(
                        database + " does not have the sample tables products and orders",
                        "The load generator writes into the tables that walbrook up creates without --sql and --source.",
                        e);
            }
            throw new AdminException("the load stopped: " + e.getMessage(), "", e);
        }
    }

    private LoadCounts counts() {
        return new LoadCounts(inserts, updates, deletes, transactions);
    }

    private void prepare(Connection connection) throws SQLException {
        fill(connection, "products", products);
        fill(connection, "orders", orders);
        connection.setAutoCommit(false);
    }

    private static void fill(Connection connection, String table, KeySample keys) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id FROM " + table + " ORDER BY id DESC LIMIT " + REMEMBERED_KEYS)) {
            while (row.next()) {
                keys.add(row.getLong(1));
            }
        }
    }

    private void loop(Connection connection, BooleanSupplier stop, Consumer<LoadCounts> progress) throws SQLException {
        long begin = System.nanoTime();
        long told = begin;
        long changes = 0;
        try (SampleStatements sql = new SampleStatements(connection)) {
            while ((plan.changes() == 0 || changes < plan.changes()) && !stop.getAsBoolean()) {
                long left = plan.changes() == 0 ? Long.MAX_VALUE : plan.changes() - changes;
                int size = (int) Math.min(left, 1 + random.nextInt(plan.statementsPerTransaction()));
                if (plan.perSecond() > 0) {
                    // At low rates a big transaction would make long silences.
                    size = (int) Math.max(1, Math.min(size, Math.ceil(plan.perSecond() / 4)));
                }
                for (int i = 0; i < size; i++) {
                    change(sql);
                }
                connection.commit();
                transactions++;
                changes += size;
                if (System.nanoTime() - told > 250_000_000L) {
                    told = System.nanoTime();
                    progress.accept(counts());
                }
                pace(begin, changes, stop);
            }
        }
        progress.accept(counts());
    }

    private void pace(long begin, long changes, BooleanSupplier stop) {
        if (plan.perSecond() <= 0) {
            return;
        }
        long due = begin + (long) (changes * 1e9 / plan.perSecond());
        long wait = due - System.nanoTime();
        while (wait > 0 && !stop.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(wait, 100_000_000L));
            wait = due - System.nanoTime();
        }
    }

    /** Exactly one row. */
    private void change(SampleStatements sql) throws SQLException {
        boolean order = plan.tables().contains("orders")
                && !products.isEmpty()
                && (!plan.tables().contains("products") || random.nextInt(3) > 0);
        int dice = random.nextInt(10);
        if (order) {
            changeOrder(sql, dice);
        } else {
            changeProduct(sql, dice);
        }
    }

    private void changeProduct(SampleStatements sql, int dice) throws SQLException {
        if (dice >= 6 && !products.isEmpty()) {
            long id = products.any(random);
            if (dice == 9 && sql.deleteProduct(id)) {
                products.remove(id);
                deletes++;
                return;
            }
            if (sql.updateProduct(id, money(), random.nextInt(5) > 0, word())) {
                updates++;
                return;
            }
            products.remove(id);
        }
        products.add(sql.insertProduct(
                new UUID(random.nextLong(), random.nextLong()),
                word() + ' ' + word(),
                random.nextInt(4) == 0 ? null : word().repeat(1 + random.nextInt(20)),
                money(),
                new String[] {word(), word()},
                "{\"size\": " + random.nextInt(100) + ", \"origin\": \"" + STATUSES.get(random.nextInt(4)) + "\"}"));
        inserts++;
    }

    private void changeOrder(SampleStatements sql, int dice) throws SQLException {
        if (dice >= 6 && !orders.isEmpty()) {
            long id = orders.any(random);
            if (dice == 9 && sql.deleteOrder(id)) {
                orders.remove(id);
                deletes++;
                return;
            }
            if (sql.updateOrder(id, STATUSES.get(random.nextInt(STATUSES.size())), money())) {
                updates++;
                return;
            }
            orders.remove(id);
        }
        long product = products.any(random);
        Long id = sql.insertOrder(
                product,
                new UUID(random.nextLong(), random.nextLong()),
                new Integer[] {1 + random.nextInt(9), random.nextInt(5)},
                money(),
                random.nextInt(3) == 0 ? null : "{\"note\": \"order " + random.nextInt() + "\"}",
                random.nextBoolean());
        if (id == null) {
            // Somebody else has deleted the product.
            products.remove(product);
            changeProduct(sql, 0);
            return;
        }
        orders.add(id);
        inserts++;
    }

    private BigDecimal money() {
        return BigDecimal.valueOf(random.nextInt(10_000_000), 2);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
