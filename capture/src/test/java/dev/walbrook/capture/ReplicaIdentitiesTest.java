package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaIdentitiesTest {

    @Test
    void nothingIsSetWithoutAList() {
        assertThat(ReplicaIdentities.parse(null).isEmpty()).isTrue();
        assertThat(ReplicaIdentities.parse(" ").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.*:FULL", "s.t:default, s.u:NOTHING", "s.t:INDEX my_index"})
    void readsWhatDebeziumReads(String list) {
        assertThat(ReplicaIdentities.parse(list).isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.t", "public.t:SOMETIMES", "public.t:INDEX", "a(:FULL", "s.t:FULL,"})
    void refusesWhatItCannotRead(String list) {
        assertThatThrownBy(() -> ReplicaIdentities.parse(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
