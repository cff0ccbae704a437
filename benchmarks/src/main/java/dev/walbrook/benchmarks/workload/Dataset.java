package dev.walbrook.benchmarks.workload;

import java.util.List;

/**
 * A table and the changes to it, in SQL, the same bytes on every machine. The table is {@code public.orders} whatever it
 * looks like, published as {@code bench}.
 *
 * @param description what it is, for the report
 * @param setUp what is executed before the slot exists
 * @param load what is executed after, statement by statement
 * @param changes how many rows the load inserts, updates and deletes, or how many rows the set-up leaves to snapshot
 * @param deletes how many of the changes are deletes, each of which brings a tombstone too
 * @param weight how much work a row is, roughly, in rows of orders: only for plans
 */
public record Dataset(
        String description, List<String> setUp, List<String> load, long changes, long deletes, double weight) {

    public static final String TABLE = "public.orders";
    public static final String PUBLICATION = "bench";

    private static final String PUBLISH = "CREATE PUBLICATION bench FOR TABLE public.orders";

    /** Inserts are 60 of 100 changes, updates 30, deletes 10. */
    public static final int GROUP = 100;

    /**
     * How many rows are there before the changes. The first group updates and deletes some of them; the others are there so
     * that no plan made early, and kept, reads the whole table because it was small.
     */
    private static final int PRESENT = 10_000;

    private static final String ORDERS =
            """
            CREATE TABLE public.orders (
              id bigint PRIMARY KEY, customer_id bigint NOT NULL, status text NOT NULL, amount numeric(12,2) NOT NULL,
              created_at timestamptz NOT NULL, updated_at timestamptz, note text, attributes jsonb)""";

    /** A row's values as a function of {@code i}; about 60 characters of text and 150 bytes of jsonb. */
    private static final String ORDER_VALUES =
            """
            i, i * 7919 % 100000, (ARRAY['new','paid','packed','shipped'])[1 + abs(i) % 4],
            (abs(i) * 31 % 10000000)::numeric / 100,
            timestamptz '2025-01-01 00:00:00.123456+00' + i * interval '1.000731 s',
            timestamptz '2025-01-01 00:00:02.5+00' + i * interval '1.000731 s',
            'left at the door of number ' || i || ', as on ' || md5(i::text),
            jsonb_build_object('channel', 'web', 'campaign', md5((i * 3)::text), 'items', abs(i) % 9, 'gift', i % 5 = 0,
              'tags', jsonb_build_array('a' || i % 13, 'b' || i % 17), 'city', 'London', 'weight', i % 100 / 8.0)""";

    /**
     * 60 % inserts, 30 % updates, 10 % deletes of orders.
     *
     * @param changes how many; rounded down to whole groups of a hundred, of which there is one at least
     * @param perTransaction 100 or 1
     */
    public static Dataset orders(long changes, int perTransaction) {
        long groups = Math.max(1, changes / GROUP);
        String load = perTransaction == 1 ? singleRows(groups) : groupsOfAHundred(groups);
        return new Dataset(
                "orders, eight columns, 60 % insert, 30 % update, 10 % delete, transactions of " + perTransaction
                        + (perTransaction == 1 ? " row" : " rows"),
                List.of(ORDERS, PUBLISH, insertOrders(1 - PRESENT, 0), "VACUUM ANALYZE public.orders"),
                // Nobody waits for these commits, and there may be a million of them.
                List.of("SET synchronous_commit = off", load, "CHECKPOINT"),
                groups * GROUP,
                groups * GROUP / 10,
                1);
    }

    private static String groupsOfAHundred(long groups) {
        return """
            DO $$
            BEGIN
              FOR g IN 0..%d LOOP
                INSERT INTO public.orders SELECT %s FROM generate_series(g::bigint * 60 + 1, g::bigint * 60 + 60) AS i;
                UPDATE public.orders SET status = 'paid', amount = amount + 1, updated_at = updated_at + interval '1 h'
                  WHERE id BETWEEN g * 60 - 59 AND g * 60 - 30;
                DELETE FROM public.orders WHERE id BETWEEN g * 60 - 29 AND g * 60 - 20;
                COMMIT;
              END LOOP;
            END $$"""
                .formatted(groups - 1, ORDER_VALUES);
    }

    private static String singleRows(long groups) {
        return """
            DO $$
            DECLARE i bigint;
            BEGIN
              FOR g IN 0..%d LOOP
                FOR j IN 1..60 LOOP
                  i := g * 60 + j;
                  INSERT INTO public.orders SELECT %s;
                  COMMIT;
                  i := g * 60 + j - 60;
                  IF j <= 30 THEN
                    UPDATE public.orders
                      SET status = 'paid', amount = amount + 1, updated_at = updated_at + interval '1 h' WHERE id = i;
                    COMMIT;
                  ELSIF j <= 40 THEN
                    DELETE FROM public.orders WHERE id = i;
                    COMMIT;
                  END IF;
                END LOOP;
              END LOOP;
            END $$"""
                .formatted(groups - 1, ORDER_VALUES);
    }

    /** Rows that are there before anything else. */
    public static Dataset snapshot(long rows) {
        return new Dataset(
                "a table of orders, eight columns",
                List.of(ORDERS, PUBLISH, insertOrders(1, rows), "VACUUM ANALYZE public.orders", "CHECKPOINT"),
                List.of(),
                rows,
                0,
                1);
    }

    /** All rows in one transaction. */
    public static Dataset oneTransaction(long rows) {
        return new Dataset(
                "orders, eight columns, " + rows + " rows inserted in one transaction",
                List.of(ORDERS, PUBLISH),
                List.of(insertOrders(1, rows), "CHECKPOINT"),
                rows,
                0,
                1);
    }

    private static String insertOrders(long first, long last) {
        return "INSERT INTO public.orders SELECT " + ORDER_VALUES
                + " FROM generate_series(%d::bigint, %d::bigint) AS i".formatted(first, last);
    }

    /** Orders that are inserted, nothing else. */
    public static Dataset inserts(long rows) {
        return inserted(
                "orders, eight columns, inserts alone, transactions of 100 rows", ORDERS, ORDER_VALUES, rows, 1);
    }

    /** An empty table of orders, whose rows somebody writes while they are read. */
    public static Dataset empty() {
        return new Dataset(
                "orders, eight columns, single-row transactions", List.of(ORDERS, PUBLISH), List.of(), 0, 0, 1);
    }

    /** Sixty columns of six types, inserts in transactions of 100 rows. */
    public static Dataset wide(long rows) {
        StringBuilder columns = new StringBuilder("id bigint PRIMARY KEY");
        StringBuilder values = new StringBuilder("i");
        String[][] kinds = {
            {"bigint", "i * %d"},
            {"integer", "(i %% 1000000 + %d)::int"},
            {"text", "'value ' || i + %d"},
            {"numeric(12,2)", "(i %% 1000000 + %d)::numeric / 100"},
            {"timestamptz", "timestamptz '2025-01-01 00:00:00.5+00' + (i + %d) * interval '1 s'"},
            {"boolean", "(i + %d) %% 2 = 0"}
        };
        for (int column = 1; column < 60; column++) {
            String[] kind = kinds[column % kinds.length];
            columns.append(", c").append(column).append(' ').append(kind[0]);
            values.append(", ").append(kind[1].formatted(column));
        }
        return inserted(
                "a table of 60 columns, transactions of 100 rows",
                "CREATE TABLE public.orders (" + columns + ")",
                values,
                rows,
                5);
    }

    /** Events in an outbox: a payload of about 200 bytes, all of one type of aggregate, inserted a hundred a transaction. */
    public static Dataset outbox(long rows) {
        return inserted(
                "an outbox table, inserts alone, transactions of 100 rows",
                """
                CREATE TABLE public.orders (
                  id uuid PRIMARY KEY, aggregatetype text NOT NULL, aggregateid text NOT NULL, type text NOT NULL,
                  payload jsonb NOT NULL)""",
                """
                md5(i::text)::uuid, 'orders', (i * 7919 % 100000)::text, 'OrderPlaced',
                jsonb_build_object('order', i, 'campaign', md5((i * 3)::text), 'items', abs(i) % 9, 'gift', i % 5 = 0,
                  'note', 'left at the door of number ' || i, 'city', 'London', 'weight', i % 100 / 8.0)""",
                rows,
                1);
    }

    /** A text of 100 kB that does not compress, inserts in transactions of 100 rows. */
    public static Dataset large(long rows) {
        return inserted(
                "a table with text of 100 kB, transactions of 100 rows",
                "CREATE TABLE public.orders (id bigint PRIMARY KEY, document text)",
                "i, (SELECT string_agg(md5((i * 3200 + part)::text), '') FROM generate_series(1, 3200) AS part)",
                rows,
                50);
    }

    private static Dataset inserted(String what, String table, CharSequence values, long rows, double weight) {
        long groups = Math.max(1, rows / GROUP);
        return new Dataset(
                what,
                List.of(table, PUBLISH),
                List.of(
                        """
                        DO $$
                        BEGIN
                          FOR g IN 0..%d LOOP
                            INSERT INTO public.orders
                              SELECT %s FROM generate_series(g::bigint * 100 + 1, g::bigint * 100 + 100) AS i;
                            COMMIT;
                          END LOOP;
                        END $$"""
                                .formatted(groups - 1, values),
                        "CHECKPOINT"),
                groups * GROUP,
                0,
                weight);
    }

    /** Whether the load changes rows that were there before it, so that who replays it has to start from these. */
    public boolean changesRows() {
        return deletes > 0;
    }

    /** What makes the table that the changes can be applied to. */
    public List<String> targetSetUp() {
        return changesRows() ? setUp : setUp.subList(0, 1);
    }

    /**
     * A condition in SQL, which costs next to nothing, for a table to which the changes have been applied, of each key in their
     * order. Once it is true it stays so while more are applied.
     *
     * @param events after how many; whole groups of a hundred
     */
    public String reached(long events) {
        if (!changesRows()) {
            return hasAll(events - GROUP + 1, events);
        }
        // The group's last inserts, which no later one deletes, and its deletes.
        long last = events / GROUP * 60;
        return hasAll(last - 19, last) + " AND NOT EXISTS (SELECT FROM public.orders WHERE id BETWEEN " + (last - 89)
                + " AND " + (last - 80) + ")";
    }

    private static String hasAll(long first, long last) {
        return "(SELECT count(*) FROM public.orders WHERE id BETWEEN %d AND %d) = %d"
                .formatted(first, last, last - first + 1);
    }

    /** How many records a connector writes of it. */
    public long records() {
        return changes + deletes;
    }
}
