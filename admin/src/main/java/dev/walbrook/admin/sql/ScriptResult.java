package dev.walbrook.admin.sql;

import java.util.List;

/**
 * What running a script did.
 *
 * @param statements how many statements the server ran
 * @param copiedRows how many rows came in through COPY
 * @param warnings what was left out and why, as {@code file:line: reason}
 */
public record ScriptResult(int statements, long copiedRows, List<String> warnings) {}
