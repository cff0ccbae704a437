package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of one statement.
 *
 * @param table the table it writes
 * @param sql the statement
 * @param columns the columns its parameters are for, in the parameters' order
 * @param parameters the parameters' text
 * @param origin the record that wants it; where several were merged, the last
 * @param ifNoRow what to do when it has touched no row; null for nothing
 */
record Step(
        TargetTable table,
        String sql,
        List<TargetColumn> columns,
        List<@Nullable String> parameters,
        Origin origin,
        @Nullable Step ifNoRow) {}
