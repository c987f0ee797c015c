package io.sluice.bench.interop;

import java.util.List;

/** What is asked, a line each: a name, then the request with a backslash and a bar between its lines. */
final class Cases {

    private static final String TABLE = """
            a file                              : GET /t.txt HTTP/1.1
            a file to an old client             : GET /t.txt HTTP/1.0
            a large file                        : GET /big.bin HTTP/1.1
            an empty file                       : GET /empty.txt HTTP/1.1
            a file of the default type          : GET /noextension HTTP/1.1
            a name with escapes                 : GET /a%20b%25c.txt HTTP/1.1
            the head of a file                  : HEAD /t.txt HTTP/1.1
            the head of a large file            : HEAD /big.bin HTTP/1.1
            a query                             : GET /t.txt?a=b HTTP/1.1
            a path with dots                    : GET /folder/.././t.txt HTTP/1.1
            a path with doubled slashes         : GET //t.txt HTTP/1.1
            a path above the root               : GET /../t.txt HTTP/1.1
            an escaped path above the root      : GET /%2e%2e/t.txt HTTP/1.1
            an escaped zero byte                : GET /t.txt%00.html HTTP/1.1
            a file with a slash behind it       : GET /t.txt/ HTTP/1.1
            a missing file                      : GET /missing.txt HTTP/1.1
            the head of a missing file          : HEAD /missing.txt HTTP/1.1
            a missing folder                    : GET /missing/ HTTP/1.1
            a folder with an index              : GET /folder/ HTTP/1.1
            the head of a folder with an index  : HEAD /folder/ HTTP/1.1
            a folder without its slash          : GET /folder HTTP/1.1
            a folder without its slash, a query : GET /folder?a=b HTTP/1.1
            a folder without an index           : GET /bare/ HTTP/1.1
            a list of a folder                  : GET /list/ HTTP/1.1
            the head of a list                  : HEAD /list/ HTTP/1.1
            a list, to a folder below           : GET /list/below HTTP/1.1
            an alias                            : GET /other/t.txt HTTP/1.1
            something missing under an alias    : GET /other/missing HTTP/1.1
            a link where links are refused      : GET /link/to.txt HTTP/1.1
            no link where links are refused     : GET /link/target.txt HTTP/1.1
            try: the first                      : GET /try/found.txt HTTP/1.1
            try: the fallback                   : GET /try/nothing HTTP/1.1
            try: a status                       : GET /gone/nothing HTTP/1.1
            posting to a file                   : POST /t.txt HTTP/1.1\\|Content-Length: 0
            posting a body to a file            : POST /t.txt HTTP/1.1\\|Content-Length: 3\\|\\|abc
            putting a file                      : PUT /t.txt HTTP/1.1\\|Content-Length: 0
            deleting a file                     : DELETE /t.txt HTTP/1.1
            options of a file                   : OPTIONS /t.txt HTTP/1.1
            an unknown method                   : BREW /t.txt HTTP/1.1
            getting with a body                 : GET /t.txt HTTP/1.1\\|Content-Length: 3\\|\\|abc
            a range                             : GET /t.txt HTTP/1.1\\|Range: bytes=10-19
            the head of a range                 : HEAD /t.txt HTTP/1.1\\|Range: bytes=10-19
            a range to the end                  : GET /t.txt HTTP/1.1\\|Range: bytes=990-
            the last bytes                      : GET /t.txt HTTP/1.1\\|Range: bytes=-5
            more last bytes than there are      : GET /t.txt HTTP/1.1\\|Range: bytes=-5000
            no last bytes                       : GET /t.txt HTTP/1.1\\|Range: bytes=-0
            a range past the end                : GET /t.txt HTTP/1.1\\|Range: bytes=990-5000
            a range behind the end              : GET /t.txt HTTP/1.1\\|Range: bytes=1000-
            a range of all                      : GET /t.txt HTTP/1.1\\|Range: bytes=0-
            a range of an empty file            : GET /empty.txt HTTP/1.1\\|Range: bytes=0-
            a range backwards                   : GET /t.txt HTTP/1.1\\|Range: bytes=20-10
            a range of something else           : GET /t.txt HTTP/1.1\\|Range: lines=1-2
            a range that is none                : GET /t.txt HTTP/1.1\\|Range: bytes=a-b
            a range with spaces                 : GET /t.txt HTTP/1.1\\|Range: bytes= 10 - 19 , 30 - 39
            a range too large for a number      : GET /t.txt HTTP/1.1\\|Range: bytes=99999999999999999999-
            two ranges                          : GET /t.txt HTTP/1.1\\|Range: bytes=0-4,10-14
            two ranges, one behind the end      : GET /t.txt HTTP/1.1\\|Range: bytes=0-4,5000-
            two ranges that overlap             : GET /t.txt HTTP/1.1\\|Range: bytes=0-9,5-14
            two ranges larger than the file     : GET /t.txt HTTP/1.1\\|Range: bytes=0-900,100-999
            the head of two ranges              : HEAD /t.txt HTTP/1.1\\|Range: bytes=0-4,10-14
            a range of a missing file           : GET /missing HTTP/1.1\\|Range: bytes=0-4
            more ranges than allowed            : GET /ranges/t.txt HTTP/1.1\\|Range: bytes=0-0,2-2,4-4
            as many ranges as allowed           : GET /ranges/t.txt HTTP/1.1\\|Range: bytes=0-0,2-2
            if this tag, a range                : GET /t.txt HTTP/1.1\\|Range: bytes=0-4\\|If-Range: ETAG
            if another tag, a range             : GET /t.txt HTTP/1.1\\|Range: bytes=0-4\\|If-Range: "other"
            if this weak tag, a range           : GET /t.txt HTTP/1.1\\|Range: bytes=0-4\\|If-Range: W/ETAG
            if of this date, a range            : GET /t.txt HTTP/1.1\\|Range: bytes=0-4\\|If-Range: MODIFIED
            if of another date, a range         : GET /t.txt HTTP/1.1\\|Range: bytes=0-4\\|If-Range: LATER
            if newer, same date                 : GET /t.txt HTTP/1.1\\|If-Modified-Since: MODIFIED
            if newer, later date                : GET /t.txt HTTP/1.1\\|If-Modified-Since: LATER
            if newer, earlier date              : GET /t.txt HTTP/1.1\\|If-Modified-Since: EARLIER
            if newer, no date                   : GET /t.txt HTTP/1.1\\|If-Modified-Since: yesterday
            if newer, the head                  : HEAD /t.txt HTTP/1.1\\|If-Modified-Since: MODIFIED
            if unchanged, same date             : GET /t.txt HTTP/1.1\\|If-Unmodified-Since: MODIFIED
            if unchanged, earlier date          : GET /t.txt HTTP/1.1\\|If-Unmodified-Since: EARLIER
            if none of this tag                 : GET /t.txt HTTP/1.1\\|If-None-Match: ETAG
            if none of this weak tag            : GET /t.txt HTTP/1.1\\|If-None-Match: W/ETAG
            if none of several tags             : GET /t.txt HTTP/1.1\\|If-None-Match: "a", ETAG, "b"
            if none of other tags               : GET /t.txt HTTP/1.1\\|If-None-Match: "a", "b"
            if none at all                      : GET /t.txt HTTP/1.1\\|If-None-Match: *
            if this tag                         : GET /t.txt HTTP/1.1\\|If-Match: ETAG
            if this weak tag                    : GET /t.txt HTTP/1.1\\|If-Match: W/ETAG
            if another tag                      : GET /t.txt HTTP/1.1\\|If-Match: "other"
            if any tag                          : GET /t.txt HTTP/1.1\\|If-Match: *
            if other tag, but not newer         : GET /t.txt HTTP/1.1\\|If-None-Match: "a"\\|If-Modified-Since: MODIFIED
            if not newer, and a range           : GET /t.txt HTTP/1.1\\|If-Modified-Since: MODIFIED\\|Range: bytes=0-4
            conditions on a missing file        : GET /missing HTTP/1.1\\|If-None-Match: *
            compressed                          : GET /gz/page.html HTTP/1.1\\|Accept-Encoding: gzip
            compressed, to an old client        : GET /gz/page.html HTTP/1.0\\|Accept-Encoding: gzip
            compressed, not wanted              : GET /gz/page.html HTTP/1.1\\|Accept-Encoding: gzip;q=0
            compressed, wanted by nobody        : GET /gz/page.html HTTP/1.1
            compressed, only the head           : HEAD /gz/page.html HTTP/1.1\\|Accept-Encoding: gzip
            compressed, too small               : GET /gz/small.html HTTP/1.1\\|Accept-Encoding: gzip
            compressed, and a range             : GET /gz/page.html HTTP/1.1\\|Accept-Encoding: gzip\\|Range: bytes=0-4
            compressed, if none of this tag     : GET /gz/page.html HTTP/1.1\\|Accept-Encoding: gzip\\|If-None-Match: W/PAGETAG
            for a day                           : GET /expires/t.txt HTTP/1.1
            for a day, but missing              : GET /expires/missing HTTP/1.1
            for a day, not newer                : GET /expires/t.txt HTTP/1.1\\|If-Modified-Since: MODIFIED
            """;

    private Cases() {}

    static List<Case> all() {
        return TABLE.lines().map(Cases::read).toList();
    }

    private static Case read(String line) {
        int colon = line.indexOf(" : ");
        String request = line.substring(colon + 3)
                .replace("\\|", "\n")
                .replace("PAGETAG", Site.PAGE_ETAG)
                .replace("ETAG", Site.ETAG)
                .replace("MODIFIED", Site.MODIFIED)
                .replace("EARLIER", Site.EARLIER)
                .replace("LATER", Site.LATER);
        return new Case(line.substring(0, colon).strip(), request);
    }
}
