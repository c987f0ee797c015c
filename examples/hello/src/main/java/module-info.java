/** An HTTP location of its own. */
module io.sluice.examples.hello {
    requires io.sluice.http;
}
