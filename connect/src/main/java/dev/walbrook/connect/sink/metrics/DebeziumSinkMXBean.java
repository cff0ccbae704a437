package dev.walbrook.connect.sink.metrics;

/** What Debezium's MBean of a JDBC sink has. The names are the attributes' and may not change. */
public interface DebeziumSinkMXBean {

    /** Rows inserted or updated. */
    long getTotalNumberOfWrites();

    long getTotalNumberOfDeletes();

    long getTotalNumberOfTruncates();

    /** Records that want nothing done, or nothing that the configuration lets be done. */
    long getTotalNumberOfFilteredEvents();

    long getTotalNumberOfErrantRecords();

    long getTotalNumberOfTablesCreated();

    long getTotalNumberOfTablesAltered();
}
