package dev.walbrook.connect.source.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameAdjustmentTest {

    @ParameterizedTest
    @CsvSource({
        "AVRO, a.b, a_b",
        "AVRO, $x, _x",
        "AVRO, 9, _9",
        "AVRO, 1st, _1st",
        "AVRO, a b-c.d, a_b_c_d",
        "AVRO, _u, _u",
        "AVRO, \u00fcn\u00ef, _n_",
        "AVRO, \ud83d\ude00, __",
        "AVRO_UNICODE, a.b, a_u002eb",
        "AVRO_UNICODE, 1st, _u0031st",
        "AVRO_UNICODE, _u, _u005fu",
        "AVRO_UNICODE, \u00fcn\u00ef, _u00fcn_u00ef",
        "NONE, a.b, a.b",
    })
    void fields(NameAdjustment mode, String name, String expected) {
        assertThat(mode.fieldName(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "AVRO, p.Sche-ma.Tab.le-1.Value, p.Sche_ma.Tab.le_1.Value",
        "AVRO, p.9s._t_.Key, p.9s._t_.Key",
        "AVRO_UNICODE, p.public.tab_x.Value, p.public.tab_u005fx.Value",
    })
    void schemas(NameAdjustment mode, String name, String expected) {
        assertThat(mode.schemaName(name)).isEqualTo(expected);
    }
}
