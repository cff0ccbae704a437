package dev.walbrook.connect.sink.write;

/** In what order changes reach the target: {@code apply.mode}. */
public enum ApplyMode {
    /** Each table's by themselves, one change per key. */
    TABLE,
    /** As the source made them, its transactions whole. */
    TRANSACTION
}
