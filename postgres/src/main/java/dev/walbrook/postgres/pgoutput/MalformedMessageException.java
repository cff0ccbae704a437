package dev.walbrook.postgres.pgoutput;

/**
 * Bytes that are no message of the protocol version in use.
 *
 * <p>The text says where the message departs from the protocol; it never holds the message's content.
 */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String messageType;
    private final int offset;

    /**
     * @param messageType the message by the protocol page's name, such as {@code Insert}
     * @param offset where reading stopped, in bytes from the message's first
     * @param expected what the protocol has there, such as {@code int32 relation OID}
     */
    public MalformedMessageException(String messageType, int offset, String expected) {
        super("malformed pgoutput message " + messageType + ": expected " + expected + " at byte " + offset);
        this.messageType = messageType;
        this.offset = offset;
    }

    /** The message by the protocol page's name, or its letter if that is unknown. */
    public String messageType() {
        return messageType;
    }

    /** Where reading stopped, in bytes from the message's first. */
    public int offset() {
        return offset;
    }
}
