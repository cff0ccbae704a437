package dev.walbrook.local;

import java.nio.file.Path;

/** Another living process, or another server of this process, works in the data directory. */
public final class DataDirectoryInUseException extends StartException {

    private static final long serialVersionUID = 1L;

    DataDirectoryInUseException(Path directory, String owner) {
        super("The data directory " + directory + " is in use by process " + owner
                + ". Stop that process first, or name another data directory.");
    }
}
