package dev.walbrook.connect.sink.table;

/**
 * What happens when the target lacks a table, or a table of it is not like the source's: {@code schema.evolution} and the
 * properties that begin like it.
 *
 * @param creates whether missing tables are created
 * @param add for columns that the target lacks
 * @param widen for columns whose type holds less than the source's
 * @param nullability for columns that refuse nulls where the source's take them
 * @param drop for columns that the source does not have any more
 */
public record SchemaEvolution(
        boolean creates,
        EvolutionAction add,
        EvolutionAction widen,
        EvolutionAction nullability,
        EvolutionAction drop) {

    /** Nothing is created, and what is missing is an error. */
    public static final SchemaEvolution NONE = new SchemaEvolution(
            false, EvolutionAction.FAIL, EvolutionAction.IGNORE, EvolutionAction.IGNORE, EvolutionAction.IGNORE);

    /** What is missing is created. Nothing is ever dropped, renamed or given another type. */
    public static final SchemaEvolution BASIC = new SchemaEvolution(
            true, EvolutionAction.APPLY, EvolutionAction.IGNORE, EvolutionAction.IGNORE, EvolutionAction.IGNORE);

    /** Whether more is compared than which columns there are. */
    boolean comparesColumns() {
        return widen != EvolutionAction.IGNORE
                || nullability != EvolutionAction.IGNORE
                || drop != EvolutionAction.IGNORE;
    }
}
