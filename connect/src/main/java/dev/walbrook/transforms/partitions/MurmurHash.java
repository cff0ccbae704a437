package dev.walbrook.transforms.partitions;

import java.nio.charset.StandardCharsets;

/**
 * The hash that Debezium's {@code partition.hash.function=murmur} computes: an early form of MurmurHash3 (x64, 128 bits, of
 * which 32 are used) whose constants change from block to block. Rows keep their partitions only if every bit is the same.
 */
final class MurmurHash {

    private static final long SEED = 9001;

    private long h1 = 0x9368e53c2f6af274L ^ SEED;
    private long h2 = 0x586dcd208f7cd3fdL ^ SEED;
    private long c1 = 0x87c37b91114253d5L;
    private long c2 = 0x4cf5ad432745937fL;

    private MurmurHash() {}

    /** The hash of a text or of bytes by their content, of anything else by its own hash code. */
    static int of(Object value) {
        if (value instanceof String text) {
            return new MurmurHash().hash(text.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof byte[] bytes) {
            return new MurmurHash().hash(bytes);
        }
        int code = value.hashCode();
        return new MurmurHash()
                .hash(new byte[] {(byte) code, (byte) (code >>> 8), (byte) (code >>> 16), (byte) (code >>> 24)});
    }

    private int hash(byte[] bytes) {
        int blocks = bytes.length / 16;
        for (int i = 0; i < blocks; i++) {
            mix(block(bytes, 16 * i), block(bytes, 16 * i + 8));
        }
        if (bytes.length % 16 > 0) {
            mix(tail(bytes, 16 * blocks), tail(bytes, 16 * blocks + 8));
        }
        h2 ^= bytes.length;
        h1 += h2;
        h2 += h1;
        h1 = finish(h1);
        h2 = finish(h2);
        h1 += h2;
        return (int) (h1 >>> 32);
    }

    private static long block(byte[] bytes, int from) {
        long block = 0;
        for (int i = 7; i >= 0; i--) {
            block = block << 8 | bytes[from + i] & 0xff;
        }
        return block;
    }

    /** Up to eight bytes from a place. Their signs spill into the bytes above, as in the function this one follows. */
    private static long tail(byte[] bytes, int from) {
        long tail = 0;
        for (int i = Math.min(7, bytes.length - 1 - from); i >= 0; i--) {
            tail ^= (long) bytes[from + i] << (8 * i);
        }
        return tail;
    }

    private void mix(long block1, long block2) {
        h1 ^= Long.rotateLeft(block1 * c1, 23) * c2;
        h1 += h2;
        h2 = Long.rotateLeft(h2, 41);
        h2 ^= Long.rotateLeft(block2 * c2, 23) * c1;
        h2 += h1;
        h1 = h1 * 3 + 0x52dce729;
        h2 = h2 * 3 + 0x38495ab5;
        c1 = c1 * 5 + 0x7b7d159c;
        c2 = c2 * 5 + 0x6bce6396;
    }

    private static long finish(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
