/** HTTP/1 for clients and what handles, filters and answers it. */
module io.sluice.http {
    requires transitive io.sluice.upstream;
}
