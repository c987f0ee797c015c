/** Access logs, and which logs each place of a configuration has: for every plugin whose servers have places with logs of their own. */
@NullMarked
package io.sluice.core.accesslog;

import org.jspecify.annotations.NullMarked;
