package dev.walbrook.capture.preflight;

/** Whether a finding keeps a capture from running. */
public enum Severity {
    /** The capture cannot run. */
    ERROR,
    /** The capture runs, but perhaps not as somebody expects. */
    WARNING
}
