package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.replication.SlotState;
import dev.walbrook.postgres.replication.SlotUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the slot can be read, or created. */
public final class SlotChecks {

    private SlotChecks() {}

    /** Whether an existing slot is one of pgoutput for this database whose changes are still there. */
    public static List<Finding> readable(CaptureSettings settings, SlotState slot) {
        if (!slot.isPgoutputOf(settings.connection().database())) {
            String belongs = slot.plugin() == null
                    ? "is a physical slot, which has no changes of tables in it"
                    : "belongs to plugin " + slot.plugin() + " and database " + slot.database()
                            + ", not to pgoutput and " + settings.connection().database();
            return List.of(Finding.error(
                    Subject.SLOT,
                    ErrorKind.SLOT_WRONG,
                    "slot " + settings.slot() + " " + belongs,
                    CaptureFacts.of(settings)));
        }
        if (slot.lost()) {
            return List.of(Finding.error(
                    Subject.SLOT,
                    ErrorKind.SLOT_LOST,
                    "slot " + settings.slot() + " was invalidated by the server: the WAL it needs is gone",
                    CaptureFacts.of(settings)));
        }
        return List.of();
    }

    /**
     * Whether an existing slot can be used by a capture that is yet to start or already runs.
     *
     * @param slot the slot as it is
     */
    static List<Finding> usable(CaptureSettings settings, SlotState slot, SlotUse use) {
        List<Finding> findings = readable(settings, slot);
        boolean begunAnew = slot.lost() && settings.snapshot().policy().afterLoss();
        if (!findings.isEmpty()) {
            return begunAnew
                    ? findings.stream()
                            .map(finding -> new Finding(finding.subject(), Severity.WARNING, finding.failure(), null))
                            .toList()
                    : findings;
        }
        return active(settings, slot, use);
    }

    /**
     * A slot somebody reads. That is how it must be if this very capture runs, and may be so if it cannot be seen who reads;
     * only a reader of another name is a mistake for certain.
     */
    private static List<Finding> active(CaptureSettings settings, SlotState slot, SlotUse use) {
        Integer pid = slot.activePid();
        String reader = pid == null ? null : use.applicationName(pid);
        if (pid == null || settings.applicationName().equals(reader)) {
            return List.of();
        }
        String problem = "slot " + settings.slot() + " is being read by "
                + (isName(reader) ? "'" + reader + "'" : "a process whose name cannot be seen");
        return List.of(
                isStranger(settings, reader)
                        ? Finding.error(Subject.SLOT, ErrorKind.SLOT_IN_USE, problem, CaptureFacts.of(settings))
                        : Finding.warning(Subject.SLOT, ErrorKind.SLOT_IN_USE, problem, CaptureFacts.of(settings)));
    }

    /** Whether a process that is certainly not this capture reads the slot. */
    static boolean readByStranger(CaptureSettings settings, SlotState slot, SlotUse use) {
        Integer pid = slot.activePid();
        return pid != null && isStranger(settings, use.applicationName(pid));
    }

    private static boolean isStranger(CaptureSettings settings, @Nullable String reader) {
        return isName(reader)
                && !settings.name().isEmpty()
                && !settings.applicationName().equals(reader);
    }

    private static boolean isName(@Nullable String reader) {
        return reader != null && !reader.isEmpty();
    }

    /** Whether there is room for a slot that does not exist yet. */
    static List<Finding> room(CaptureSettings settings, SlotUse.Room room) {
        if (!room.full()) {
            return List.of();
        }
        return List.of(Finding.error(
                Subject.SLOT,
                ErrorKind.NO_FREE_SLOT,
                "slot " + settings.slot() + " cannot be created: all " + room.limit()
                        + " slots that max_replication_slots allows are taken",
                CaptureFacts.of(settings)));
    }
}
