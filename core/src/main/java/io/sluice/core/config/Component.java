package io.sluice.core.config;

/**
 * One component of a settings record.
 *
 * @param key in kebab case; empty if it is no setting
 */
record Component(String key, Kind kind, Rule rule, Presence presence) {

    /** Which levels count. */
    enum Rule {
        /** See {@link Inherited}. */
        INHERITED,
        /** See {@link Replaced}. */
        REPLACED,
        /** See {@link Local}. */
        LOCAL
    }

    /** What stands for it when no level sets it and reference.conf has no default. */
    enum Presence {
        /** Nothing: that is a problem, but for a list, which is empty. */
        REQUIRED,
        /** Null. */
        NULLABLE,
        /** An empty Optional. */
        OPTIONAL
    }
}
