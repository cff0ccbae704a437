package dev.walbrook.postgres.pgoutput;

import static dev.walbrook.postgres.pgoutput.MessageBytes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.walbrook.postgres.pgoutput.SampleStream.Sample;
import dev.walbrook.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgOutputDecoderTest {

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,false", "4,false", "4,true"})
    void readsEveryMessageOfTheVersion(int version, boolean parallel) {
        PgOutputDecoder decoder = new PgOutputDecoder(version, parallel);

        for (Sample sample : SampleStream.of(version, parallel)) {
            assertThat(decode(decoder, sample.bytes())).isEqualTo(sample.expected());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "4,true"})
    void readsWhereTheMessageLiesInALargerBuffer(int version, boolean parallel) {
        PgOutputDecoder decoder = new PgOutputDecoder(version, parallel);

        for (Sample sample : SampleStream.of(version, parallel)) {
            byte[] buffer = new byte[sample.bytes().length + 24];
            Arrays.fill(buffer, (byte) 't');
            System.arraycopy(sample.bytes(), 0, buffer, 17, sample.bytes().length);

            PgOutputMessage message = decoder.decode(buffer, 17, sample.bytes().length);

            assertThat(Described.describe(message)).isEqualTo(sample.expected());
        }
    }

    @Test
    void tuplesReferToTheBufferTheyCameFrom() {
        byte[] bytes = message('I').int32(1).int8('N').int16(1).text("value").bytes();

        InsertMessage insert = (InsertMessage) new PgOutputDecoder(1, false).decode(bytes, 0, bytes.length);

        assertThat(insert.newTuple().buffer()).isSameAs(bytes);
        assertThat(insert.newTuple().offset(0)).isEqualTo(bytes.length - 5);
        assertThat(insert.newTuple().length(0)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,false", "4,false", "4,true"})
    void refusesEveryMessageCutShort(int version, boolean parallel) {
        List<Sample> samples = SampleStream.of(version, parallel);
        for (int i = 0; i < samples.size(); i++) {
            byte[] bytes = samples.get(i).bytes();
            for (int length = 0; length < bytes.length; length++) {
                PgOutputDecoder decoder = decoderAfter(samples.subList(0, i), version, parallel);
                // The bytes cut off are still in the array: only the length may count.
                assertMalformed(decoder, bytes, 0, length);
                assertMalformed(decoder, Arrays.copyOf(bytes, length), 0, length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "4,true"})
    void refusesEveryMessageWithAByteTooMany(int version, boolean parallel) {
        List<Sample> samples = SampleStream.of(version, parallel);
        for (int i = 0; i < samples.size(); i++) {
            byte[] bytes = samples.get(i).bytes();
            PgOutputDecoder decoder = decoderAfter(samples.subList(0, i), version, parallel);

            assertMalformed(decoder, Arrays.copyOf(bytes, bytes.length + 1), 0, bytes.length + 1);
        }
    }

    @Test
    void saysWhatWasExpectedWhereWithoutTheContent() {
        byte[] bytes = message('I')
                .int32(1)
                .int8('N')
                .int16(1)
                .int8('t')
                .int32(7)
                .raw("secret".getBytes(StandardCharsets.UTF_8))
                .bytes();

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> new PgOutputDecoder(1, false).decode(bytes, 0, bytes.length))
                .withMessage("malformed pgoutput message Insert: expected a column's value at byte 13")
                .satisfies(e -> {
                    assertThat(e.messageType()).isEqualTo("Insert");
                    assertThat(e.offset()).isEqualTo(13);
                });
    }

    @Test
    void refusesLettersAndValuesTheProtocolDoesNotHave() {
        assertMalformed(message('Z'));
        assertMalformed(message('\0'));
        assertMalformed(message('I').int32(1).int8('O').int16(0));
        assertMalformed(message('U').int32(1).int8('X').int16(0));
        assertMalformed(message('U').int32(1).int8('K').int16(0).int8('K').int16(0));
        assertMalformed(message('D').int32(1).int8('N').int16(0));
        assertMalformed(message('I').int32(1).int8('N').int16(1).int8('x'));
        assertMalformed(message('C').int8(1).int64(1).int64(2).int64(3));
        assertMalformed(message('R').int32(1).string("s").string("t").int8('x').int16(0));
    }

    @Test
    void refusesNegativeAndImpossibleCounts() {
        assertMalformed(message('I').int32(1).int8('N').int16(-1));
        assertMalformed(message('I').int32(1).int8('N').int16(Short.MAX_VALUE).int8('n'));
        assertMalformed(message('I').int32(1).int8('N').int16(1).int8('t').int32(-1));
        assertMalformed(message('I').int32(1).int8('N').int16(1).int8('b').int32(Integer.MIN_VALUE));
        assertMalformed(message('I').int32(1).int8('N').int16(1).int8('t').int32(Integer.MAX_VALUE));
        assertMalformed(message('R').int32(1).string("s").string("t").int8('d').int16(-1));
        assertMalformed(message('R').int32(1).string("s").string("t").int8('d').int16(Short.MAX_VALUE));
        assertMalformed(message('T').int32(-1).int8(0));
        assertMalformed(message('T').int32(Integer.MAX_VALUE).int8(0).int32(1));
        assertMalformed(message('M').int8(0).int64(1).string("p").int32(-1));
        assertMalformed(message('M').int8(0).int64(1).string("p").int32(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:SEcA", "1:bPKrp", "2:bPKrp"})
    void refusesMessagesOfLaterVersions(String versionAndLetters) {
        int version = versionAndLetters.charAt(0) - '0';
        String letters = versionAndLetters.substring(2);
        int refused = 0;
        for (Sample sample : SampleStream.of(4, false)) {
            if (letters.indexOf(sample.bytes()[0]) >= 0) {
                assertMalformed(new PgOutputDecoder(version, false), sample.bytes(), 0, sample.bytes().length);
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(letters.length());
    }

    @Test
    void refusesInsideAStreamBlockWhatBelongsOutside() {
        for (Sample sample : SampleStream.of(4, true)) {
            if ("BCSAcbPKrp".indexOf(sample.bytes()[0]) >= 0) {
                PgOutputDecoder decoder = new PgOutputDecoder(4, true);
                decode(decoder, message('S').int32(5).int8(1).bytes());

                assertMalformed(decoder, sample.bytes(), 0, sample.bytes().length);
            }
        }
    }

    @Test
    void refusesStreamStopWithoutStreamStart() {
        PgOutputDecoder decoder = new PgOutputDecoder(2, false);
        assertMalformed(decoder, message('E').bytes(), 0, 1);

        decode(decoder, message('S').int32(5).int8(1).bytes());
        decode(decoder, message('E').bytes());
        assertMalformed(decoder, message('E').bytes(), 0, 1);
    }

    @Test
    void refusesStreamedMessagesWithoutATransaction() {
        PgOutputDecoder decoder = new PgOutputDecoder(2, false);
        byte[] streamStart = message('S').int32(0).int8(1).bytes();
        assertMalformed(decoder, streamStart, 0, streamStart.length);
        byte[] streamStartOfNoKnownSegment = message('S').int32(1).int8(2).bytes();
        assertMalformed(decoder, streamStartOfNoKnownSegment, 0, streamStartOfNoKnownSegment.length);

        decode(decoder, message('S').int32(5).int8(1).bytes());
        byte[] insert = message('I').int32(0).int32(1).int8('N').int16(0).bytes();
        assertMalformed(decoder, insert, 0, insert.length);
    }

    @Test
    void abortsCarryPositionAndTimeOnlyInParallelStreams() {
        byte[] plain = message('A').int32(5).int32(6).bytes();
        byte[] parallel = message('A').int32(5).int32(6).int64(1).int64(2).bytes();

        assertMalformed(new PgOutputDecoder(4, true), plain, 0, plain.length);
        assertMalformed(new PgOutputDecoder(4, false), parallel, 0, parallel.length);
    }

    @Test
    void refusesVersionsThatDoNotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PgOutputDecoder(0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new PgOutputDecoder(5, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new PgOutputDecoder(3, true));
    }

    @Test
    void garbageIsAMessageOrMalformedAndNothingElse() {
        Random random = Seeds.random();
        List<Sample> samples = SampleStream.of(4, true);
        PgOutputDecoder decoder = new PgOutputDecoder(4, true);
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes;
            if (random.nextInt(4) == 0) {
                bytes = new byte[random.nextInt(64)];
                random.nextBytes(bytes);
                if (bytes.length > 0 && random.nextBoolean()) {
                    bytes[0] = (byte) "IUDBCRYTMOSEcAbPKrp".charAt(random.nextInt(19));
                }
            } else {
                // Nearly right messages reach further into the decoder than noise does.
                bytes = samples.get(random.nextInt(samples.size())).bytes().clone();
                for (int changes = random.nextInt(3); changes >= 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            try {
                Described.describe(decoder.decode(bytes, 0, bytes.length));
            } catch (MalformedMessageException e) {
                assertThat(e.offset()).isBetween(0, bytes.length);
                assertThat(e.messageType()).isNotEmpty();
            }
        }
    }

    @Test
    void readsTheSameThroughRandomShortReads() throws IOException {
        Random random = Seeds.random();
        List<Sample> samples = SampleStream.of(4, true);
        MessageBytes stream = new MessageBytes();
        for (Sample sample : samples) {
            stream.int32(sample.bytes().length).raw(sample.bytes());
        }
        for (int round = 0; round < 50; round++) {
            PgOutputDecoder decoder = new PgOutputDecoder(4, true);
            DataInputStream in = new DataInputStream(new ShortReads(new ByteArrayInputStream(stream.bytes()), random));
            for (Sample sample : samples) {
                int offset = random.nextInt(8);
                int length = in.readInt();
                byte[] buffer = new byte[offset + length + random.nextInt(8)];
                in.readFully(buffer, offset, length);

                PgOutputMessage message = decoder.decode(buffer, offset, length);

                assertThat(Described.describe(message)).isEqualTo(sample.expected());
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private static String decode(PgOutputDecoder decoder, byte[] bytes) {
        return Described.describe(decoder.decode(bytes, 0, bytes.length));
    }

    private static PgOutputDecoder decoderAfter(List<Sample> samples, int version, boolean parallel) {
        PgOutputDecoder decoder = new PgOutputDecoder(version, parallel);
        samples.forEach(sample -> decode(decoder, sample.bytes()));
        return decoder;
    }

    private static void assertMalformed(MessageBytes message) {
        byte[] bytes = message.bytes();
        assertMalformed(new PgOutputDecoder(1, false), bytes, 0, bytes.length);
    }

    private static void assertMalformed(PgOutputDecoder decoder, byte[] buffer, int offset, int length) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> decoder.decode(buffer, offset, length))
                .satisfies(e -> assertThat(e.offset()).isBetween(0, length));
    }

    /** A stream that gives as few bytes at once as a socket may. */
    private static final class ShortReads extends FilterInputStream {

        private final Random random;

        ShortReads(InputStream in, Random random) {
            super(in);
            this.random = random;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(5)));
        }
    }
}
