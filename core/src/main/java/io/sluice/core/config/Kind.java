package io.sluice.core.config;

/** What a component of a settings record holds. */
sealed interface Kind {

    /** One plain value. */
    record Plain(Scalar scalar) implements Kind {}

    /** A list of plain values. */
    record Plains(Scalar scalar) implements Kind {}

    /** A group of settings, a record of its own. */
    record Group(RecordShape shape) implements Kind {}

    /** A list of records. */
    record Groups(RecordShape shape) implements Kind {}

    /** See {@link io.sluice.core.config.Here}. */
    record Here() implements Kind {}

    /** An object that the plugin reads on its own. */
    record Below() implements Kind {}

    /** A list of objects that the plugin reads on its own. */
    record Belows() implements Kind {}
}
