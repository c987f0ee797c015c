/** Answers HTTP requests with files. */
@SuppressWarnings("requires-automatic")
module io.sluice.files {
    requires io.sluice.http;
    requires static org.jspecify;
}
