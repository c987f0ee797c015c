package io.sluice.core.connection;

/** Where a connection stands with an option of TCP that is switched now and then (ngx_connection_tcp_nodelay_e, ngx_connection_tcp_nopush_e). */
public enum TcpSwitch {
    /** Off, and may be switched on. */
    UNSET,
    /** On. */
    SET,
    /** Off for good: a unix socket has no TCP, or a setting says so. */
    DISABLED
}
