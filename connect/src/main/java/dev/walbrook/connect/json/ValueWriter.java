package dev.walbrook.connect.json;

import org.apache.kafka.connect.errors.DataException;

/** Writes values of one kind as JSON. */
sealed interface ValueWriter
        permits ArrayWriter,
                DateWriter,
                DecimalWriter,
                MapWriter,
                StructWriter,
                TimeWriter,
                TimestampWriter,
                UnschemedWriter {

    /**
     * Writes a value that is not null.
     *
     * @throws DataException if it is of a type that this kind cannot have
     */
    void write(JsonOutput out, Object value);
}
