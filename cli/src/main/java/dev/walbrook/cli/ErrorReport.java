package dev.walbrook.cli;

import dev.walbrook.admin.AdminException;
import dev.walbrook.postgres.error.WalbrookException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns a failure into one clear message on standard error, with the trace only if asked for. */
final class ErrorReport implements IExecutionExceptionHandler {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("walbrook: " + text(failure));
        if (Main.isDebug(command)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof UsageException ? USAGE : FAILED;
    }

    static String text(Throwable failure) {
        if (failure instanceof AdminException known) {
            return withCure(known.problem(), known.cure());
        }
        if (failure instanceof WalbrookException known) {
            return withCure(known.problem(), known.cure());
        }
        if (failure instanceof UsageException || failure instanceof dev.walbrook.local.StartException) {
            return String.valueOf(failure.getMessage());
        }
        return "this should not have happened: " + failure + " (--debug shows where)";
    }

    private static String withCure(String problem, String cure) {
        return cure.isEmpty() ? problem : problem + System.lineSeparator() + "  " + cure;
    }
}
