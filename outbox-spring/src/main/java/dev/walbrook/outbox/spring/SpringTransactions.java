package dev.walbrook.outbox.spring;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Work on the connection that Spring has bound to the current transaction, whoever opened it. */
final class SpringTransactions {

    private final JdbcTemplate jdbc;
    private final DataSource dataSource;

    SpringTransactions(DataSource dataSource) {
        DataSource target = dataSource;
        if (dataSource instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            // Transactions are bound to the proxy's target.
            target = proxy.getTargetDataSource();
        }
        this.dataSource = target;
        // Eager: the exceptions' translation must not ask the database for its product while a transaction fails.
        this.jdbc = new JdbcTemplate(target);
    }

    /** Something done with a connection. */
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * @param what is done, for the error's text
     * @throws IllegalTransactionStateException if there is no transaction of this data source
     */
    <T> T inCurrent(String what, Work<T> work) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("There is no transaction for " + what
                    + ". It must be part of the transaction that makes the change: annotate the calling method"
                    + " @Transactional and call it through its bean, or use a TransactionTemplate");
        }
        if (!TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new IllegalTransactionStateException(
                    "The current transaction is not one of the data source that is used"
                            + " for " + what
                            + ". Name the right transaction manager in @Transactional, or give the outbox or"
                            + " inbox the data source whose transactions the service uses");
        }
        T result = jdbc.execute((ConnectionCallback<T>) work::run);
        if (result == null) {
            throw new IllegalStateException("no result of " + what);
        }
        return result;
    }
}
