package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.capture.SnapshotPolicy.Reads;
import dev.walbrook.capture.SnapshotPolicy.Step;
import dev.walbrook.capture.SnapshotPolicy.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotPolicyTest {

    /** One column for each thing that may be stored, and COMPLETE again for a connection that was only interrupted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
                    mode         | streams | NOTHING | INTERRUPTED | COMPLETE | reconnected | LOST
                    ALWAYS       | true    | READ    | READ        | READ     | GO_ON       | FAIL_LOST
                    INITIAL      | true    | READ    | READ        | GO_ON    | GO_ON       | FAIL_LOST
                    INITIAL_ONLY | false   | READ    | READ        | GO_ON    | GO_ON       | FAIL_LOST
                    NO_DATA      | true    | GO_ON   | GO_ON       | GO_ON    | GO_ON       | FAIL_LOST
                    WHEN_NEEDED  | true    | READ    | READ        | GO_ON    | GO_ON       | READ
                    """)
    void theModes(
            SnapshotMode mode,
            boolean streams,
            Step nothing,
            Step interrupted,
            Step complete,
            Step reconnected,
            Step lost) {
        SnapshotPolicy policy = SnapshotPolicy.of(mode);

        assertThat(policy.streams()).isEqualTo(streams);
        assertThat(policy.at(Stored.NOTHING, true)).isEqualTo(nothing);
        assertThat(policy.at(Stored.INTERRUPTED, true)).isEqualTo(interrupted);
        assertThat(policy.at(Stored.COMPLETE, true)).isEqualTo(complete);
        assertThat(policy.at(Stored.COMPLETE, false)).isEqualTo(reconnected);
        assertThat(policy.at(Stored.LOST, true)).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            useHeadersInDisplayName = true,
            textBlock =
                    """
                    data  | schema | data error | NOTHING | INTERRUPTED      | COMPLETE | LOST
                    false | false  | false      | GO_ON   | FAIL_INTERRUPTED | GO_ON    | FAIL_LOST
                    false | true   | false      | GO_ON   | GO_ON            | GO_ON    | FAIL_LOST
                    false | false  | true       | GO_ON   | READ             | GO_ON    | READ
                    true  | false  | false      | READ    | READ             | READ     | FAIL_LOST
                    true  | true   | true       | READ    | READ             | READ     | READ
                    """)
    void configurationBased(
            boolean data, boolean schema, boolean afterLoss, Step nothing, Step interrupted, Step complete, Step lost) {
        SnapshotPolicy policy = new SnapshotPolicy(data ? Reads.EVERY_START : Reads.NEVER, true, afterLoss, schema);

        assertThat(policy.at(Stored.NOTHING, true)).isEqualTo(nothing);
        assertThat(policy.at(Stored.INTERRUPTED, true)).isEqualTo(interrupted);
        assertThat(policy.at(Stored.COMPLETE, true)).isEqualTo(complete);
        assertThat(policy.at(Stored.LOST, true)).isEqualTo(lost);
    }

    @Test
    void configurationBasedHasNoPolicyOfItsOwn() {
        assertThatThrownBy(() -> SnapshotPolicy.of(SnapshotMode.CONFIGURATION_BASED))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
