/** Brings the requests of one client to one peer: by a cookie of ours, by what the request says, by a session of the application. */
@SuppressWarnings("requires-automatic")
module io.sluice.sticky {
    requires io.sluice.http;
    requires io.sluice.upstream;
    requires static org.jspecify;

    provides io.sluice.core.plugin.Plugin with
            io.sluice.sticky.cookie.CookiePlugin,
            io.sluice.sticky.learn.LearnPlugin,
            io.sluice.sticky.route.RoutePlugin;
}
