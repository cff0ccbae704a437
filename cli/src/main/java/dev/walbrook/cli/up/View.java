package dev.walbrook.cli.up;

import dev.walbrook.admin.pipeline.PipelineSample;

/** How a running pipeline is shown. */
sealed interface View permits Panel, PlainLines {

    /** Before the first sample. */
    void open();

    /** The pipeline now. */
    void show(PipelineSample sample);

    /** Leaves the terminal as it was found. */
    void close();
}
