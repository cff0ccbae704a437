package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.Inbox;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Processes every event once, in Spring transactions.
 *
 * <p>Either a listener method is {@code @Transactional} itself and returns when {@link #firstTime} says no, or it leaves
 * the transaction to {@link #once}. May be called from any thread.
 */
public final class TransactionalInbox {

    private final Inbox inbox;
    private final SpringTransactions transactions;
    private final TransactionTemplate template;
    private final EventMeters meters;

    TransactionalInbox(
            Inbox inbox, DataSource dataSource, PlatformTransactionManager transactionManager, EventMeters meters) {
        this.inbox = inbox;
        this.transactions = new SpringTransactions(dataSource);
        this.template = new TransactionTemplate(transactionManager);
        this.meters = meters;
    }

    /**
     * Notes the event in the current transaction and says whether it is new.
     *
     * @param eventId the event's id
     * @return false if the event was processed before and shall be skipped
     * @throws IllegalTransactionStateException outside a transaction
     */
    public boolean firstTime(String eventId) {
        boolean first = transactions.inCurrent("noting an event in the " + inbox, c -> inbox.firstTime(c, eventId));
        meters.received(inbox.consumer(), first);
        return first;
    }

    /** Notes the event and says whether it is new; see {@link #firstTime(String)}. */
    public boolean firstTime(UUID eventId) {
        return firstTime(eventId.toString());
    }

    /**
     * Processes the event unless it was processed before, in the current transaction or, if there is none, in one of its
     * own that is committed when this returns.
     *
     * @param processing if it fails, nothing is noted and the event may come again
     * @return whether it was processed now
     */
    public boolean once(String eventId, Runnable processing) {
        return Boolean.TRUE.equals(template.execute(status -> {
            if (!firstTime(eventId)) {
                return false;
            }
            processing.run();
            return true;
        }));
    }

    /**
     * Forgets all events that were noted longer ago than the age, in transactions of its own. Call it now and then, for
     * example by {@code @Scheduled}, with an age longer than the topics keep their records.
     *
     * @return how many were forgotten
     */
    public int forget(Duration age) {
        int all = 0;
        int some;
        do {
            Integer forgotten = template.execute(
                    status -> transactions.inCurrent("cleaning the " + inbox, c -> inbox.forget(c, age)));
            some = forgotten == null ? 0 : forgotten;
            all += some;
        } while (some > 0);
        return all;
    }
}
