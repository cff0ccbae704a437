package dev.walbrook.capture;

import java.util.Map;

/**
 * How the position in the WAL is kept.
 *
 * @param lostPolicy what to do when the changes after the stored position can no longer be read
 * @param confirms whether the slot is told what was delivered; if not, somebody else must advance it
 * @param pluginOptions further options of pgoutput, by name
 */
public record PositionSettings(LostPositionPolicy lostPolicy, boolean confirms, Map<String, String> pluginOptions) {

    /** Fail on a lost position, confirm to the slot, no further options. */
    public static final PositionSettings DEFAULT = new PositionSettings(LostPositionPolicy.FAIL, true, Map.of());
}
