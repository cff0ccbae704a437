package dev.walbrook.connect.source.type;

import java.util.List;
import java.util.regex.Pattern;

/** Debezium's defaults, and what a test chooses otherwise. */
final class Choices {

    private CompatibilityLevel level = CompatibilityLevel.newest();
    private Representation.Decimals decimals = Representation.Decimals.PRECISE;
    private Representation.Times times = Representation.Times.ADAPTIVE;
    private Representation.Intervals intervals = Representation.Intervals.NUMERIC;
    private Representation.Binaries binaries = Representation.Binaries.BYTES;
    private Representation.Hstores hstores = Representation.Hstores.JSON;
    private boolean unknownTypes;
    private boolean comments;
    private boolean strictElements;
    private String unavailable = "?";
    private List<Pattern> propagated = List.of();

    Choices level(CompatibilityLevel value) {
        level = value;
        return this;
    }

    Choices decimals(Representation.Decimals value) {
        decimals = value;
        return this;
    }

    Choices times(Representation.Times value) {
        times = value;
        return this;
    }

    Choices intervals(Representation.Intervals value) {
        intervals = value;
        return this;
    }

    Choices binaries(Representation.Binaries value) {
        binaries = value;
        return this;
    }

    Choices hstores(Representation.Hstores value) {
        hstores = value;
        return this;
    }

    Choices unknownTypes() {
        unknownTypes = true;
        return this;
    }

    Choices comments() {
        comments = true;
        return this;
    }

    Choices strictElements() {
        strictElements = true;
        return this;
    }

    Choices unavailable(String value) {
        unavailable = value;
        return this;
    }

    Choices propagated() {
        propagated = List.of(Pattern.compile(".*"));
        return this;
    }

    Representation build() {
        return new Representation(
                level,
                decimals,
                times,
                intervals,
                binaries,
                hstores,
                2,
                unknownTypes,
                new Placeholder(unavailable),
                comments,
                propagated,
                List.of(),
                strictElements);
    }
}
