package dev.walbrook.postgres.pgoutput;

/** One message of the {@code pgoutput} plugin. Immutable, except that tuples share the bytes they were read from. */
public sealed interface PgOutputMessage
        permits BeginMessage,
                CommitMessage,
                OriginMessage,
                RelationMessage,
                TypeMessage,
                InsertMessage,
                UpdateMessage,
                DeleteMessage,
                TruncateMessage,
                LogicalMessage,
                StreamStartMessage,
                StreamStopMessage,
                StreamCommitMessage,
                StreamAbortMessage,
                BeginPrepareMessage,
                PrepareMessage,
                CommitPreparedMessage,
                RollbackPreparedMessage,
                StreamPrepareMessage {}
