package dev.walbrook.connect.sink.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "smallint | int4 | integer",
                "integer | bigint | bigint",
                "integer | numeric(3,1) | numeric",
                "bigint | int4 | -",
                "real | float8 | double precision",
                "integer | double precision | -",
                "character varying(3) | varchar(5) | character varying(5)",
                "character varying(5) | varchar(3) | -",
                "character varying(5) | varchar | character varying",
                "character varying(5) | text | text",
                "character varying | varchar(5) | -",
                "text | varchar(5) | -",
                "character(2) | bpchar(4) | character(4)",
                "numeric(5,2) | numeric(7,2) | numeric(7,2)",
                "numeric(5,2) | numeric(5,4) | numeric(7,4)",
                "numeric(5,2) | numeric | numeric",
                "numeric | numeric(5,2) | -",
                "numeric(5,2) | numeric(5) | numeric(7,2)",
                "timestamp(3) without time zone | timestamp | timestamp without time zone",
                "timestamp(3) with time zone | timestamptz(6) | timestamp(6) with time zone",
                "timestamp without time zone | timestamp(3) | -",
                "timestamp without time zone | timestamptz | -",
                "bit varying(3) | varbit(4) | bit varying(4)",
                "integer[] | bigint[] | -",
                "uuid | text | -"
            })
    void findsTheTypeThatHoldsBoth(String present, String wanted, String widened) {
        assertThat(Widening.of(present, wanted)).isEqualTo(widened);
    }
}
