package dev.walbrook.capture;

/** What to do when the changes after the stored position can no longer be read ({@code position.lost.policy}). */
public enum LostPositionPolicy {
    /** Stop and say which changes are missing. */
    FAIL,
    /** Read the tables again, then stream. */
    RESNAPSHOT,
    /** Go on from the slot's position, without the changes between. */
    CONTINUE
}
