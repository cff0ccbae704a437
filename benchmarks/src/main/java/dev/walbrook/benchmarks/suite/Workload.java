package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.report.Section;
import java.sql.SQLException;
import java.util.List;

/** A question and how it is put to the contenders. */
interface Workload {

    /** As on the command line. */
    String name();

    /** The contenders that take part unless others are named. */
    List<String> contenders();

    /** Those of them that need not take part in every round: what they show is not one of the questions. */
    default List<String> once() {
        return List.of();
    }

    /** The formats that make a difference worth the time. */
    default List<Format> formats() {
        return List.of(Format.JSON);
    }

    /** About how many seconds it takes. */
    double estimate(Suite suite);

    /** Puts the question to all, in each of the formats asked for. */
    List<Section> run(Suite suite) throws SQLException;
}
