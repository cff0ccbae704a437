package dev.walbrook.admin.sql;

/** A script that cannot be cut into statements. */
public final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param problem what is wrong
     * @param line where, from 1
     */
    public ScriptException(String problem, int line) {
        super(problem);
        this.line = line;
    }

    /** The line of the trouble, from 1. */
    public int line() {
        return line;
    }
}
