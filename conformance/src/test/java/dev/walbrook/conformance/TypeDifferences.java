package dev.walbrook.conformance;

import java.util.List;
import java.util.regex.Pattern;

/** What is meant to differ in the scenarios of {@link TypeScenarios}. */
final class TypeDifferences {

    /**
     * @param scenarios matches the scenarios' ids in whole
     * @param where matches, behind the topic and the record's number, the lines that differ
     */
    private record Meant(Pattern scenarios, String where, String reason) {}

    private static final String ANY_VALUE = " value\\.(before|after)\\.[vdr]";
    private static final String ANY_LINE = " value(-schema)?\\.(before|after)(\\.[vdr])?";
    private static final String NOT_TOLD = " value\\.before\\.r(\\..*)?";

    private static final List<Meant> ALL = List.of(
            new Meant(
                    Pattern.compile("type-date(|-array|-BC-and-after-9999)/.*"),
                    " value\\.after\\.v(\\..*)?",
                    "dates before 1582-10-15, and BC, are the days that PostgreSQL means; Debezium takes them through the"
                            + " Julian calendar, and an array's through a year without era"),
            new Meant(
                    Pattern.compile("type-date-infinity/(?!structured).*"),
                    " value\\.after\\.v",
                    "an infinite date is PostgreSQL's own first or last day; Debezium's is some day that overflowed"),
            new Meant(
                    Pattern.compile("type-time-array/.*"),
                    ANY_VALUE,
                    "times in arrays keep their microseconds, and 24:00; Debezium cuts them to milliseconds"),
            new Meant(
                    Pattern.compile("type-time(-3)?-24-00/structured"),
                    " value\\.after\\.v",
                    "24:00 is a time; Debezium has null for it"),
            new Meant(
                    Pattern.compile("type-interval-infinity/.*"),
                    " value\\.after\\.v",
                    "an infinite interval is null, with a warning; Debezium's is 0, which looks like a value"),
            new Meant(
                    Pattern.compile("type-numeric-3--2/(defaults|propagated|string)"),
                    ANY_LINE,
                    "a numeric of negative scale has that scale; Debezium takes it for 2046 digits"),
            new Meant(
                    Pattern.compile("type-numeric(-NaN-and-infinities)?/propagated"),
                    " value-schema\\.(before|after)\\.[vdr]",
                    "a numeric without precision has the same length and scale in a snapshot's schema as in a stream's;"
                            + " Debezium's schema changes between the two"),
            new Meant(
                    Pattern.compile("type-(integer|text)-array/.*"),
                    " value\\.after\\.v",
                    "an array of several dimensions becomes a list of its elements; Debezium's elements are null or"
                            + " the name of a Java class"),
            new Meant(
                    Pattern.compile("type-(bit-3--array|int2vector)/.*"),
                    ANY_LINE,
                    "the type is unknown, left out or written as its text; Debezium writes nulls or empty lists"),
            new Meant(
                    Pattern.compile("type-(interval|money|name|point|xml)-array/(iso|propagated)"),
                    ANY_LINE,
                    "include.unknown.datatypes includes arrays; Debezium leaves these out"),
            new Meant(
                    Pattern.compile("type-name/defaults"),
                    ANY_VALUE,
                    "values of type name are there in the stream, too; Debezium has null for them"),
            new Meant(
                    Pattern.compile("type-(enum|ltree)-array/.*"),
                    "failure",
                    "a required array of this type is written; Debezium's task fails at the first one"),
            new Meant(
                    Pattern.compile("type-interval-extremes/.*"),
                    "failure",
                    "every interval is written; Debezium's task fails at one of more than 2147483647 hours"),
            new Meant(
                    Pattern.compile("type-refcursor/.*"),
                    "failure",
                    "a column of type refcursor is its text; Debezium's task fails at the first one"),
            new Meant(
                    Pattern.compile("type-timestamp-BC-and-after-9999/nanoseconds"),
                    "failure",
                    "a required timestamp that nanoseconds cannot hold is written as optional; Debezium's task fails"),
            // What a delete does not tell: the server sends the key alone, and required fields need some value.
            new Meant(
                    Pattern.compile("type-timestamp(|-0|-3|-5|-infinity|-3-infinity)/nanoseconds"),
                    NOT_TOLD,
                    "a required column that a delete does not tell has its default; Debezium leaves the field empty"),
            new Meant(
                    Pattern.compile("type-domain-over-timestamptz/.*"),
                    NOT_TOLD,
                    "what stands for a timestamp that a delete does not tell has six digits like every other"),
            new Meant(
                    Pattern.compile("type-timestamp(-3)?-with-time-zone(|-infinity|-BC-and-after-9999)/structured"),
                    NOT_TOLD,
                    "what stands for a timestamp that a delete does not tell has a zone like every other"),
            new Meant(
                    Pattern.compile("type-path/.*"),
                    NOT_TOLD,
                    "what stands for a path that a delete does not tell says whether it is closed like every other"));

    private TypeDifferences() {}

    static void declare(String id, Scenario.Builder scenario) {
        for (Meant meant : ALL) {
            if (meant.scenarios().matcher(id).matches()) {
                scenario.differs(
                        meant.where().equals("failure") ? "failure" : ".*\\[\\d+]" + meant.where(), meant.reason());
            }
        }
    }
}
