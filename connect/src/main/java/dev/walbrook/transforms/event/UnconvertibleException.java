package dev.walbrook.transforms.event;

import org.apache.kafka.connect.errors.DataException;

/**
 * What is wrong with a record, without the place where it came from; {@link Conversion} adds that.
 *
 * <p>The texts never hold values of a row: they end up in logs, in Connect's status and in the headers of dead letters.
 */
public final class UnconvertibleException extends DataException {

    private static final long serialVersionUID = 1L;

    /**
     * @param problem what is wrong, as the rest of a sentence
     * @param cure what the operator can do, as sentences
     */
    public UnconvertibleException(String problem, String cure) {
        super(problem + ". " + cure);
    }
}
